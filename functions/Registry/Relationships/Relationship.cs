using FriendCity.Messages;
using FriendCity.Records;
using FriendCity.Records.Schemas;

namespace FriendCity.Registry;

/// <summary>The tie between the home city and another, as a row of dated stages.</summary>
public sealed class Relationship : Record
{
    internal static readonly CodeList Channels = new(
        ("embassy_consulate", "Embassy or consulate", "使领馆"), ("international_friends", "International friends", "国际友人"),
        ("high_level_delegation", "High-level delegation", "高层代表团"), ("other", "Other", "其他"));

    internal static readonly CodeList HomeLevels = new(("city", "City", "市级"), ("district", "District", "区级"));

    private static readonly Fields<Relationship> F = new();

    internal static readonly RecordType<Relationship> Type = new("relationships", new("Relationships", "友城关系"), () => new Relationship(),
    [
        F.Reference("homeCityId", "Home city", "本市", "cities", r => r.HomeCityId, (r, v) => r.HomeCityId = v!, required: true),
        F.Code("homeEntityLevel", "Home level", "本市层级", HomeLevels, r => r.HomeEntityLevel, (r, v) => r.HomeEntityLevel = v!, required: true),
        F.Reference("cityId", "City", "对方城市", "cities", r => r.CityId, (r, v) => r.CityId = v!, required: true),
        F.Code("openingChannel", "Opening channel", "开启渠道", Channels, r => r.OpeningChannel, (r, v) => r.OpeningChannel = v),
        F.Code("channelSource", "Source of the channel", "渠道来源", Provenance.Sources, r => r.ChannelSource, (r, v) => r.ChannelSource = v),
        F.Flag("articleNamed", "Named in the article", "文章提及", r => r.ArticleNamed, (r, v) => r.ArticleNamed = v),
        F.Text("evidence", "Evidence", "依据", r => r.Evidence, (r, v) => r.Evidence = v),
        F.Entries("stages", "Stages", "阶段", StageEvent.Schema, r => r.Stages, (r, v) => r.Stages = v),
        F.Note(r => r.Note, (r, v) => r.Note = v),
    ],
    StagesAreInOrder, StagesAreComplete, NotWithItself)
    {
        // Of a pair, whichever of the two is the home city.
        Keys = [new("cityId", new("two cities", "两个城市"), r => UniqueKeys.Of([.. new[] { r.HomeCityId, r.CityId }.Order(StringComparer.Ordinal)]),
            CanBeReal: true)],
    };

    public string HomeCityId { get; private set; } = "";

    public string HomeEntityLevel { get; private set; } = "";

    public string CityId { get; private set; } = "";

    public string? OpeningChannel { get; private set; }

    public string? ChannelSource { get; private set; }

    public bool? ArticleNamed { get; private set; }

    public string? Evidence { get; private set; }

    public IReadOnlyList<StageEvent> Stages { get; private set; } = [];

    public string? Note { get; private set; }

    private static void StagesAreInOrder(Relationship tie, RegistrySnapshot registry, ValidationContext validation)
    {
        for (var i = 1; i < tie.Stages.Count; i++)
            if (tie.Stages[i].Day < tie.Stages[i - 1].Day)
                validation.Refuse($"/stages/{i}/date", "stage_order", "Stages stand in date order: this one is earlier than the one above it.",
                    "阶段须按日期先后排列：此项早于上一项。");
    }

    private static void StagesAreComplete(Relationship tie, RegistrySnapshot registry, ValidationContext validation)
    {
        for (var i = 0; i < tie.Stages.Count; i++)
        {
            var stage = tie.Stages[i];
            if (stage.IsFormal && stage.DocumentType is null)
                validation.Refuse($"/stages/{i}/documentType", "document_required", "A formal stage needs its document.", "正式阶段必须注明文件类型。");
            if (stage.IsEnd && stage.Reason is null)
                validation.Refuse($"/stages/{i}/reason", "reason_required", "A tie that is suspended or ended needs the reason.", "中止或结束的关系必须说明原因。");
        }
    }

    private static void NotWithItself(Relationship tie, RegistrySnapshot registry, ValidationContext validation)
    {
        if (tie.CityId == tie.HomeCityId)
            validation.Refuse("/cityId", "self_reference", "A city has no relationship with itself.", "城市不能与自身建立关系。");
    }
}
