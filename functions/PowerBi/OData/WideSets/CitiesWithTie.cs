using System.Globalization;
using FriendCity.Kpis.Facts;
using FriendCity.Kpis.Model;
using FriendCity.PowerBi.OData.Model;
using FriendCity.Records;
using FriendCity.Records.Schemas;
using FriendCity.Registry;

namespace FriendCity.PowerBi.OData.WideSets;

/// <summary>
/// Cities with their country and their tie as of the office's today: the stage it stands at and since when, as figures count it in the view
/// <c>now</c>. A city without a tie that counts today has nulls.
/// </summary>
internal sealed class CitiesWithTie(KpiPreset now, OfficeCalendar calendar)
{
    private static readonly Fields<City> F = new();

    public LiveSet In(RegistrySnapshot registry)
    {
        var (day, countries) = (calendar.Today, registry.Of(Country.Type));
        var scope = KpiScopes.Find(registry, now.ScopeId, now.Scenarios);
        var context = new KpiContext(registry, day, scope ?? Scope.Listing(now.ScopeId, []), now.Scenarios, now.BaselineOf(day));
        var ties = new Lazy<Dictionary<string, CityRelationship>>(() => CityRelationship.Anywhere(context, day).ToDictionary(tie => tie.City.Id));
        var type = new RecordType<City>("cities-with-tie", new("Cities with their country and their tie of today", "城市（含国家和当前友好关系）"),
            new Schema<City>(() => new City(),
        [
            .. City.Type.Schema.Fields.Where(field => field.Entries is null),
            F.Text("countryNameEn", "Country (English)", "国家英文名称", c => countries.Get(c.CountryId)?.NameEn, Fields.ReadOnly),
            F.Text("countryNameZh", "Country (Chinese)", "国家中文名称", c => countries.Get(c.CountryId)?.NameZh, Fields.ReadOnly),
            F.Code("scoStatus", "SCO status of the country today", "国家当前上合组织身份", ScoStatus.Statuses,
                c => countries.Get(c.CountryId)?.StatusOn(day, context.Counts)?.Status, Fields.ReadOnly),
            F.Flag("inScope", "Whether figures count the country today; null without the scope", "国家当前是否计入统计（无统计范围时为空）", c => scope is null
                ? null : context.Countries.ContainsKey(c.CountryId), Fields.ReadOnly),
            F.Text("relationshipId", "Relationship", "关系编号", c => Of(c)?.Relationship.Id, Fields.ReadOnly),
            F.Code("stage", "Stage of the tie", "友好关系阶段", StageEvent.Stages, c => Of(c)?.Stage.Stage, Fields.ReadOnly),
            F.Text("documentType", "Document of the stage", "该阶段文件类型", c => Of(c)?.Stage.DocumentType, Fields.ReadOnly),
            F.Date("stageSince", "Since when it stands at that stage", "进入该阶段的日期", c => Of(c)?.Stage.Date, Fields.ReadOnly),
            F.Code("stageSincePrecision", "How exactly that date is known", "该日期精度", Provenance.Precisions, c => Of(c)?.Stage.DatePrecision,
                Fields.ReadOnly),
            F.Flag("isFormal", "Friendly cooperation or friend city", "是否正式阶段", c => Of(c)?.IsFormal, Fields.ReadOnly),
            F.Code("tieSource", "Weakest source the tie rests on", "关系的最弱来源", Provenance.Sources, c => Of(c)?.Row.Source, Fields.ReadOnly),
        ],
        evidence: false));
        return new("CitiesWithTie", type.WithLabels(), at => at.Of(City.Type), City.Type.Name, Country.Type.Name, Relationship.Type.Name,
            Scope.Type.Name)
        {
            Joined = In,
            Besides = day.ToString(DateFieldType.Pattern, CultureInfo.InvariantCulture),
        };

        CityRelationship? Of(City city) => ties.Value.GetValueOrDefault(city.Id);
    }
}
