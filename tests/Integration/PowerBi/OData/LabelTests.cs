using FriendCity.Messages;
using FriendCity.PowerBi.OData.Model;
using FriendCity.Records;
using FriendCity.Records.Schemas;
using FriendCity.Registry;
using FriendCity.Tests.Integration.Http;
using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Integration.PowerBi.OData;

/// <summary>Beside each code stands what people call it, in both languages, in the sets of records, of their lists and in the wide ones.</summary>
public sealed class LabelTests(DraftTestApp drafts) : IClassFixture<DraftTestApp>
{
    private readonly TestApp _app = drafts.App;

    public static TheoryData<string, string> Sets => new(RegistryTypes.All.All.Select(type => (LiveSet.Of(type).First().Name, type.Name)));

    [Theory]
    [MemberData(nameof(Sets))]
    public async Task A_record_has_both_names_of_each_code(string set, string type) => Named(
        await _app.RowsAsync($"/odata/{set}"), RegistryTypes.All.Find(type)!.Members);

    [Fact]
    public async Task An_entry_of_a_list_has_them()
    {
        var stages = (ValueDomain.List)Relationship.Type.Members.Single(field => field.Name == "stages").Domain;
        Named(await _app.RowsAsync("/odata/RelationshipStages"), ((ValueDomain.Entry)stages.Item).Fields);
    }

    [Fact]
    public async Task What_a_wide_set_takes_from_other_records_has_them()
    {
        var rows = await _app.RowsAsync("/odata/CitiesWithTie");
        var expected = new (string Property, CodeList Codes)[]
        {
            ("Stage", StageEvent.Stages), ("ScoStatus", ScoStatus.Statuses), ("TieSource", Provenance.Sources), ("StageSincePrecision", Provenance.Precisions),
        };
        foreach (var (property, codes) in expected)
        {
            Assert.Contains(rows, row => (string?)row[property] is not null);
            Assert.All(rows, row => Named((JObject)row, property, codes));
        }

        Named(await _app.RowsAsync("/odata/ProjectsWithCity"), Project.Type.Members);
    }

    [Fact]
    public async Task Rows_are_chosen_and_ordered_by_a_name_as_by_a_code()
    {
        Assert.Equal(await _app.IdsAsync("/odata/Projects?$filter=Status eq 'INTENTION'"),
            await _app.IdsAsync("/odata/Projects?$filter=StatusLabelZh eq '意向'"));
        var ordered = (await _app.CrawlAsync("/odata/Projects?$select=Id,StatusLabelEn&$orderby=StatusLabelEn desc", 9)).ToList();
        Assert.Equal(ordered.OrderByDescending(row => (string?)row["StatusLabelEn"], StringComparer.Ordinal)
            .ThenBy(row => (string?)row["Id"], StringComparer.Ordinal).Select(row => (string?)row["Id"]), ordered.Select(row => (string?)row["Id"]));
        Assert.True(ordered.Select(row => (string?)row["StatusLabelEn"]).Distinct().Count() > 1);
    }

    private static void Named(JArray rows, IReadOnlyList<Field> fields)
    {
        foreach (var field in fields)
            if ((field.Domain is ValueDomain.List { Item: var item } ? item : field.Domain) is ValueDomain.Code { Codes: var codes })
                Assert.All(rows, row => Named((JObject)row, field.Column, codes));
    }

    private static void Named(JObject row, string property, CodeList codes)
    {
        foreach (var (suffix, language) in new[] { ("LabelEn", Language.English), ("LabelZh", Language.Chinese) })
            Assert.True(JToken.DeepEquals(Label(row[property]!, codes, language), row[property + suffix]), $"{row["Id"]} {property}{suffix}");
    }

    private static JToken Label(JToken code, CodeList codes, Language language) => code.Type switch
    {
        JTokenType.Null => JValue.CreateNull(),
        JTokenType.Array => new JArray(code.Select(each => Label(each, codes, language))),
        _ => new JValue(codes.Label((string)code!)!.In(language)),
    };
}
