using FriendCity.Kpis.Model;
using FriendCity.Records;
using FriendCity.Registry;
using FriendCity.Snapshots.Contracts;

namespace FriendCity.Snapshots.Tables;

/// <param name="Number">Position among the relationship's stages, from 1.</param>
/// <param name="IsCurrent">Whether it is the latest stage on the day of the snapshot.</param>
internal sealed record StageRow(Relationship Relationship, StageEvent Stage, int Number, City? Home, City? City, bool IsCurrent);

internal static class StageTable
{
    private static readonly Columns<StageRow> C = new();

    public static readonly SnapshotTable Table = new SnapshotTable<StageRow>(
        "fact_relationship_stage", new("Stages of relationships", "友城关系阶段"), ["relationship_id", "stage_number"],
    [
        C.Text("relationship_id", "Relationship", "关系编号", r => r.Relationship.Id),
        C.Integer("stage_number", "Position among the relationship's stages, from 1", "阶段序号(自 1 起)", r => r.Number),
        C.Text("event_id", "Event", "事件编号", r => r.Stage.Id, nullable: true),
        C.Text("home_city_id", "Home city", "本市", r => r.Relationship.HomeCityId),
        C.Text("home_entity_level", "City or district; district ties count in no figure of the city", "本市层级(区级不计入市级指标)",
            r => r.Relationship.HomeEntityLevel),
        C.Text("city_id", "City", "对方城市", r => r.Relationship.CityId),
        C.Text("country_id", "Country of the city; null when the city is missing", "对方国家(城市缺失时为空)", r => r.City?.CountryId, nullable: true),
        C.Text("opening_channel", "Channel by which the tie was opened", "开启渠道", r => r.Relationship.OpeningChannel, nullable: true),
        C.Text("stage", "Stage", "阶段", r => r.Stage.Stage),
        C.Date("stage_date", "Date", "日期", r => r.Stage.Date),
        C.Text("date_precision", "How exactly the date is known: day, month, year", "日期精度", r => r.Stage.DatePrecision, nullable: true),
        C.Text("document_type", "Document", "文件类型", r => r.Stage.DocumentType, nullable: true),
        C.Flag("is_formal", "Friendly cooperation or friend city", "正式阶段(友好合作城市、友好城市)", r => r.Stage.IsFormal),
        C.Flag("is_end", "Suspended or ended: not counted from that date", "中止或结束(自该日起不计)", r => r.Stage.IsEnd),
        C.Flag("is_current", "The latest stage on the day of the snapshot", "快照日的当前阶段", r => r.IsCurrent),
        .. C.Provenance(r => r.Stage),
        C.Text("evidence", "Weakest source the row rests on", "最弱来源", Evidence),
        .. C.Labels("home_city", "Home city", "本市", r => r.Home is { } home ? new(home.NameEn, home.NameZh) : null),
        .. C.Labels("home_entity_level", "City or district", "本市层级", Relationship.HomeLevels, r => r.Relationship.HomeEntityLevel),
        .. C.Labels("opening_channel", "Channel by which the tie was opened", "开启渠道", Relationship.Channels, r => r.Relationship.OpeningChannel),
        .. C.Labels("stage", "Stage", "阶段", StageEvent.Stages, r => r.Stage.Stage),
        .. C.Labels("date_precision", "How exactly the date is known", "日期精度", Provenance.Precisions, r => r.Stage.DatePrecision),
        .. C.Labels("document_type", "Document", "文件类型", CodeTable.Documents, r => r.Stage.DocumentType),
        .. C.ProvenanceLabels(r => r.Stage),
        .. C.Labels("evidence", "Weakest source the row rests on", "最弱来源", Provenance.Sources, Evidence),
    ],
    day => day.Registry.Of(Relationship.Type).Live.SelectMany(relationship => Rows(relationship, day.Registry, day.Date)));

    private static string Evidence(StageRow row) => Sources.Weakest(row.Relationship.Source, row.Stage.Source);

    private static IEnumerable<StageRow> Rows(Relationship relationship, RegistrySnapshot registry, DateOnly day)
    {
        var current = relationship.Stages.LastOrDefault(stage => stage.Date <= day);
        return relationship.Stages.Select((stage, index) =>
            new StageRow(relationship, stage, index + 1, registry.Of(City.Type).Get(relationship.HomeCityId),
                registry.Of(City.Type).Get(relationship.CityId), ReferenceEquals(stage, current)));
    }
}
