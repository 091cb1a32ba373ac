using FriendCity.Messages;
using FriendCity.Records;
using FriendCity.Records.Schemas;

namespace FriendCity.Registry;

/// <summary>A standing platform, such as an expo or a reception hall, in which friend cities can take part.</summary>
public sealed class Platform : Record
{
    private static readonly Fields<Platform> F = new();

    internal static readonly RecordType<Platform> Type = new("platforms", new("Platforms", "平台"), () => new Platform(),
    [
        F.Text("nameEn", "Name (English)", "英文名称", p => p.NameEn, (p, v) => p.NameEn = v!, required: true),
        F.Text("nameZh", "Name (Chinese)", "中文名称", p => p.NameZh, (p, v) => p.NameZh = v!, required: true),
        F.Text("kind", "Kind", "类型", p => p.Kind, (p, v) => p.Kind = v),
        F.Text("articleParagraph", "Paragraph in the article", "文章段落", p => p.ArticleParagraph, (p, v) => p.ArticleParagraph = v),
        F.Flag("embeddingCalledFor", "Friend-city elements called for", "要求植入友城元素", p => p.EmbeddingCalledFor, (p, v) => p.EmbeddingCalledFor = v),
        F.References("organisationIds", "Organisations", "机构", "organisations", p => p.OrganisationIds, (p, v) => p.OrganisationIds = v),
        F.References("tagIds", "Tags", "标签", "tags", p => p.TagIds, (p, v) => p.TagIds = v),
        F.Entries("editions", "Editions", "届次", PlatformEdition.Schema, p => p.Editions, (p, v) => p.Editions = v),
        F.Entries("members", "Members", "成员", PlatformMember.Schema, p => p.Members, (p, v) => p.Members = v),
        F.Entries("embeddings", "Friend-city elements", "友城元素", PlatformEmbedding.Schema, p => p.Embeddings, (p, v) => p.Embeddings = v),
        F.Note(p => p.Note, (p, v) => p.Note = v),
    ],
    EditionsAreInOrder, MembersStandOnce, ElementsStandOnce);

    public string NameEn { get; private set; } = "";

    public string NameZh { get; private set; } = "";

    public string? Kind { get; private set; }

    public string? ArticleParagraph { get; private set; }

    public bool? EmbeddingCalledFor { get; private set; }

    public IReadOnlyList<string> OrganisationIds { get; private set; } = [];

    public IReadOnlyList<string> TagIds { get; private set; } = [];

    public IReadOnlyList<PlatformEdition> Editions { get; private set; } = [];

    public IReadOnlyList<PlatformMember> Members { get; private set; } = [];

    public IReadOnlyList<PlatformEmbedding> Embeddings { get; private set; } = [];

    public string? Note { get; private set; }

    private static void EditionsAreInOrder(Platform platform, RegistrySnapshot registry, ValidationContext validation)
    {
        for (var i = 0; i < platform.Editions.Count; i++)
        {
            Periods.CheckDays(validation, $"/editions/{i}/endDate", platform.Editions[i].StartDate, platform.Editions[i].EndDate);
            if (i > 0 && platform.Editions[i].StartDate < platform.Editions[i - 1].StartDate)
                validation.Refuse($"/editions/{i}/startDate", "date_order",
                    "Editions stand in date order: this one is earlier than the one above it.",
                    "届次须按日期先后排列：此项早于上一项。");
        }
    }

    private static void MembersStandOnce(Platform platform, RegistrySnapshot registry, ValidationContext validation)
    {
        for (var i = 0; i < platform.Members.Count; i++)
        {
            var member = platform.Members[i];
            Periods.Check(validation, $"/members/{i}/until", member.Since, member.Until);
            if (platform.Members.Take(i).Any(other => other.CityId == member.CityId
                && Periods.Overlap(other.Since, other.Until, member.Since, member.Until)))
                validation.Refuse($"/members/{i}/cityId", "duplicate", "The city is a member twice at the same time.", "该城市在同一时期重复列为成员。");
        }
    }

    private static void ElementsStandOnce(Platform platform, RegistrySnapshot registry, ValidationContext validation)
    {
        for (var i = 0; i < platform.Embeddings.Count; i++)
        {
            var element = platform.Embeddings[i];
            Periods.Check(validation, $"/embeddings/{i}/until", element.Since, element.Until);
            Periods.CheckDays(validation, $"/embeddings/{i}/renewedOn", element.Since, element.RenewedOn);
            if (platform.Embeddings.Take(i).Any(other => other.CityId == element.CityId && other.ElementEn == element.ElementEn
                && Periods.Overlap(other.Since, other.Until, element.Since, element.Until)))
                validation.Refuse($"/embeddings/{i}/elementEn", "duplicate", "The city's element is listed twice for the same time.",
                    "同一时期该城市的同一元素重复列出。");
        }
    }
}
