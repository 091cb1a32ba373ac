using FriendCity.Messages;
using FriendCity.Records;
using FriendCity.Records.Import;
using FriendCity.Records.Schemas;
using FriendCity.Registry;
using FriendCity.Serialization;
using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;
using Record = FriendCity.Records.Record;

namespace FriendCity.Tests.Unit.Registry;

/// <summary>Rows of the sample, broken one way each, checked against the whole sample in memory.</summary>
public sealed class SampleRuleTests
{
    private static readonly Lazy<Task<RegistrySnapshot>> Whole = new(async () =>
    {
        var (rows, faults) = await ImportFile.ReadFolderAsync(Sample.Folder, RegistryTypes.All, default);
        Assert.Empty(faults);
        foreach (var row in rows)
            row.Record.Version = 1;
        return RegistrySnapshot.Empty(RegistryTypes.All).With(rows.GroupBy(row => row.Type.Name)
            .ToDictionary(group => group.Key, group => group.Select(row => row.Record).ToList()), default);
    });

    [Theory]
    [InlineData("cities", "RULED", "{'unlocode':'KZLED'}", "/unlocode unlocode")]
    [InlineData("cities", "RULED", "{'unlocode':'RUL'}", "/unlocode unlocode")]
    [InlineData("organisations", "ORG-SHIRSHOV", "{'countryId':'CN'}", "/countryId country_mismatch")]
    [InlineData("official-roles", "ROLE-QD-SECRETARY", "{'statedOn':null}", "/since date_required")]
    [InlineData("official-roles", "ROLE-QD-SECRETARY", "{'since':'2023-05-01','until':'2023-05-01'}", "/until interval_order")]
    [InlineData("milestones", "FYP-14", "{'endDate':'2020-12-31'}", "/endDate date_order")]
    [InlineData("milestones", "FYP-14", "{'endDate':null}", "/endDate date_required")]
    [InlineData("transport-links", "NEW", "{'cityId':'KZALA','mode':'rail','since':'2020-01-02','until':'2020-01-01'}", "/until interval_order")]
    [InlineData("transport-links", "NEW", "{'cityId':'KZALA','mode':'balloon'}", "/mode not_allowed")]
    [InlineData("transport-links", "NEW", "{'cityId':'NOWHERE','mode':'air'}", "/cityId missing_reference")]
    [InlineData("country-risks", "NEW", "{'countryId':'AF','level':'high','since':'2021-09-01','until':'2021-08-01'}", "/until interval_order")]
    [InlineData("country-risks", "NEW", "{'countryId':'AF','level':'high'}", "/since required")]
    [InlineData("networks", "LAND", "{'nodes':[{'cityId':'KZALA','sequence':1},{'cityId':'KZALA','sequence':2}]}", "/nodes/1/cityId duplicate")]
    [InlineData("networks", "LAND", "{'nodes':[{'cityId':'KZALA','sequence':1},{'cityId':'AZGAN','sequence':1}]}", "/nodes/1/sequence duplicate")]
    [InlineData("networks", "LAND", "{'nodes':[{'cityId':'KZALA','sequence':1,'since':'2022-01-01','until':'2021-01-01'}]}",
        "/nodes/0/until interval_order")]
    [InlineData("networks", "LAND", "{'directions':['W'],'nodes':[{'cityId':'KZALA','sequence':1,'direction':'E'}]}",
        "/nodes/0/direction direction_unknown")]
    [InlineData("networks", "LAND", "{'nodes':[{'cityId':'KZALA','sequence':1,'corridorId':'NONE'}]}", "/nodes/0/corridorId missing_reference")]
    [InlineData("strategies", "RS1", "{'countryIds':[],'cityIds':[]}", "/countryIds countries_required")]
    [InlineData("strategies", "RS1", "{'cityIds':['RULED','KZALA']}", "/cityIds/1 country_mismatch")]
    [InlineData("strategies", "RS1", "{'since':'2024-01-01','until':'2023-01-01'}", "/until interval_order")]
    [InlineData("strategies", "RS1", "{'tagIds':['NO_SUCH_TAG']}", "/tagIds/0 missing_reference")]
    [InlineData("home-demands", "HD-TRADE", "{'sectorId':'EDU'}", "/sectorId interval_overlap")]
    [InlineData("home-demands", "HD-TRADE", "{'demand':4}", "/demand out_of_range")]
    [InlineData("home-demands", "HD-TRADE", "{'since':'2024-01-01','until':'2024-01-01'}", "/until interval_order")]
    [InlineData("policy-profiles", "PP-RULED-1", "{'approvalReference':null}", "/approvedOn approval_evidence")]
    [InlineData("policy-profiles", "PP-RULED-1", "{'approvedOn':'2024-01-01','expiresOn':'2023-01-01'}", "/expiresOn interval_order")]
    [InlineData("policy-profiles", "PP-RULED-1", "{'cityId':'RUPEE'}", "/profileVersion duplicate")]
    [InlineData("policy-profiles", "PP-RULED-1", "{'sectorStrengths':[{'sectorId':'EDU','strength':1},{'sectorId':'EDU','strength':2}]}",
        "/sectorStrengths/1/sectorId duplicate")]
    [InlineData("targets", "T01", "{'kpiId':'X01'}", "/kpiId kpi_id")]
    [InlineData("targets", "T01", "{'periodStart':'2026-01-01'}", "/periodEnd date_order")]
    [InlineData("targets", "T01", "{'milestoneId':'SUMMIT-2018'}", "/milestoneId milestone_kind")]
    [InlineData("platforms", "PL-EXPO", "{'editions':[{'startDate':'2023-06-15','endDate':'2023-06-14'}]}", "/editions/0/endDate date_order")]
    [InlineData("platforms", "PL-EXPO", "{'editions':[{'startDate':'2023-06-15'},{'startDate':'2021-04-26'}]}", "/editions/1/startDate date_order")]
    [InlineData("platforms", "PL-EXPO", "{'members':[{'cityId':'RULED'},{'cityId':'RULED','since':'2024-01-01'}]}", "/members/1/cityId duplicate")]
    [InlineData("platforms", "PL-EXPO", "{'members':[{'cityId':'RULED','since':'2024-01-01','until':'2023-01-01'}]}",
        "/members/0/until interval_order")]
    [InlineData("platforms", "PL-EXPO", "{'embeddings':[{'cityId':'NOWHERE','elementEn':'shelf','elementZh':'专柜'}]}",
        "/embeddings/0/cityId missing_reference")]
    [InlineData("platforms", "PL-EXPO",
        "{'embeddings':[{'cityId':'RULED','elementEn':'shelf','elementZh':'专柜'},{'cityId':'RULED','elementEn':'shelf','elementZh':'专柜'}]}",
        "/embeddings/1/elementEn duplicate")]
    [InlineData("platforms", "PL-EXPO",
        "{'embeddings':[{'cityId':'RULED','elementEn':'shelf','elementZh':'专柜','since':'2024-01-01','until':'2023-01-01'}]}",
        "/embeddings/0/until interval_order")]
    [InlineData("platforms", "PL-EXPO",
        "{'embeddings':[{'cityId':'RULED','elementEn':'shelf','elementZh':'专柜','since':'2024-01-01','renewedOn':'2023-01-01'}]}",
        "/embeddings/0/renewedOn date_order")]
    [InlineData("projects", "P001", "{'outcomes':[{'date':'2020-01-01','value':5}]}", "/outcomes/0/currency currency_required")]
    [InlineData("projects", "P001", "{'outcomes':[{'date':'2020-01-01','tradeValue':5}]}", "/outcomes/0/currency currency_required")]
    [InlineData("activities", "A011", "{'cityIds':[]}", "/cityIds cities_required")]
    [InlineData("activities", "A011", "{'value':5}", "/currency currency_required")]
    [InlineData("activities", "A011", "{'quantity':5}", "/quantityUnit unit_required")]
    [InlineData("activities", "A001", "{'embassyCountryId':'AM'}", "/embassyCountryId country_mismatch")]
    [InlineData("agreements", "AG-S01", "{'projectId':'P002'}", "/relationshipId one_subject")]
    [InlineData("agreements", "AG-S01", "{'relationshipId':null}", "/relationshipId one_subject")]
    [InlineData("agreements", "AG-S01", "{'approved':true}", "/approvedOn approval_evidence")]
    [InlineData("agreements", "AG-S01", "{'endsOn':'2006-11-13'}", "/endsOn date_order")]
    [InlineData("agreements", "AG-S01", "{'reviewOn':'2006-11-13'}", "/reviewOn date_order")]
    [InlineData("directives", "DIR-EXCHANGE-PLATFORM", "{'ownerId':null}", "/ownerId owner_required")]
    [InlineData("directives", "DIR-EXCHANGE-PLATFORM", "{'issuedOn':'2024-01-02','dueOn':'2024-01-01'}", "/dueOn date_order")]
    [InlineData("directives", "DIR-EXCHANGE-PLATFORM", "{'issuedOn':'2024-01-02','doneOn':'2024-01-01'}", "/doneOn date_order")]
    [InlineData("directives", "DIR-INSPECTION-1", "{'activityId':null}", "/activityId date_required")]
    [InlineData("directives", "DIR-INSPECTION-1", "{'activityId':'A001'}", "/activityId activity_kind")]
    [InlineData("sources", "SRC-ARTICLE", "{'dataTo':'2021-04-25'}", "/dataTo date_order")]
    [InlineData("source-conflicts", "SC-PERM", "{'versions':[{'value':'2006','used':true}]}", "/versions versions_required")]
    [InlineData("source-conflicts", "SC-PERM", "{'versions':[{'value':'2006','used':true},{'value':'2003','used':true}]}", "/versions used_once")]
    [InlineData("source-conflicts", "SC-PERM", "{'versions':[{'value':'2006','used':false},{'value':'2003','used':false}]}", "/versions used_once")]
    [InlineData("source-conflicts", "SC-PERM", "{'versions':[{'value':'2006','used':true},{'value':'2006','used':false}]}",
        "/versions/1/value duplicate")]
    [InlineData("source-conflicts", "SC-PERM", "{'recordType':'planets'}", "/recordType unknown_type")]
    [InlineData("source-conflicts", "SC-PERM", "{'recordId':'R99'}", "/recordId missing_reference")]
    [InlineData("source-conflicts", "SC-PERM", "{'field':'stages.colour'}", "/field unknown_field")]
    [InlineData("source-conflicts", "SC-PERM", "{'entryId':'S02'}", "/field unknown_field")]
    [InlineData("source-conflicts", "SC-PERM", "{'field':null}", "/field unknown_field")]
    [InlineData("source-conflicts", "SC-PERM", "{'state':'settled'}", "/settledOn date_required")]
    public async Task A_broken_row_is_refused_at_its_place_by_its_rule(string type, string id, string change, string refused) =>
        Assert.Equal([refused], (await CheckAsync(type, id, change)).Select(violation => $"{violation.Pointer} {violation.Rule}"));

    [Theory]
    [InlineData("networks", "LAND",
        "{'nodes':[{'cityId':'KZALA','sequence':1,'until':'2022-01-01'},{'cityId':'KZALA','sequence':1,'since':'2022-01-01'}]}")]
    [InlineData("home-demands", "HD-TRADE", "{'sectorId':'EDU','scenario':'OFFICE'}")]
    [InlineData("policy-profiles", "PP-RULED-1", "{'approvalReference':null,'approvedOn':'2024-01-01','expiresOn':'2026-01-01'}")]
    [InlineData("policy-profiles", "PP-RULED-2", "{'cityId':'RULED','profileVersion':2}")]
    [InlineData("activities", "A023", "{'headOfDelegationId':'ROLE-QD-SECRETARY'}")]
    [InlineData("source-conflicts", "SC-PERM", "{'field':'note','entryId':null}")]
    [InlineData("projects", "P001", "{'outcomes':[{'date':'2020-01-01','jobs':12}]}")]
    public async Task What_only_looks_broken_is_taken(string type, string id, string change) => Assert.Empty(await CheckAsync(type, id, change));

    [Fact]
    public async Task A_delegation_is_not_led_by_someone_who_held_the_post_later()
    {
        var registry = await WithAsync("official-roles", "ROLE-QD-SECRETARY", "{'since':'2022-01-01'}");
        Assert.Equal("/headOfDelegationId", Assert.Single(
            Check("activities", "A023", "{'headOfDelegationId':'ROLE-QD-SECRETARY'}", registry)).Pointer);
    }

    [Fact]
    public async Task Every_refusal_speaks_both_languages()
    {
        foreach (var (type, id, change) in new[] { ("agreements", "AG-S01", "{'approved':true,'relationshipId':null,'endsOn':'2000-01-01'}"),
            ("source-conflicts", "SC-PERM", "{'versions':[],'field':null}") })
            Assert.All(await CheckAsync(type, id, change), violation =>
            {
                Assert.Matches("[a-z]", violation.Message.En);
                Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", violation.Message.Zh);
            });
    }

    private static async Task<IReadOnlyList<Violation>> CheckAsync(string type, string id, string change) =>
        Check(type, id, change, await Whole.Value);

    private static IReadOnlyList<Violation> Check(string type, string id, string change, RegistrySnapshot registry)
    {
        var validation = new ValidationContext();
        var record = Read(type, id, change, registry, validation);
        if (!validation.Failed)
            RecordChecks.Check(RegistryTypes.All.Find(type)!, record, registry, validation);
        return [.. validation.Violations, .. RegistryTypes.All.Find(type)!.Duplicates(record, null, registry)
            .Select(duplicate => duplicate.Violation)];
    }

    private static async Task<RegistrySnapshot> WithAsync(string type, string id, string change)
    {
        var registry = await Whole.Value;
        var record = Read(type, id, change, registry, new ValidationContext());
        record.Version = 2;
        return registry.With(new Dictionary<string, List<Record>> { [type] = [record] }, default);
    }

    /// <summary>The sample's record of that id, or a new one, with some fields changed.</summary>
    private static Record Read(string name, string id, string change, RegistrySnapshot registry, ValidationContext validation)
    {
        var type = RegistryTypes.All.Find(name)!;
        var json = registry.Of(name).Find(id) is not { } record ? [] : (JObject)Json.Parse(Json.Text(writer =>
        {
            writer.WriteStartObject();
            type.WriteFields(writer, record);
            writer.WriteEndObject();
        }));
        foreach (var field in ((JObject)Json.Parse(change.Replace('\'', '"'))).Properties())
            json[field.Name] = field.Value;
        var changed = type.Read(json, validation);
        changed.Id = id;
        return changed;
    }
}
