using FriendCity.RecordsApi;
using FriendCity.Serialization;
using FriendCity.Tests.Integration.Http;
using FriendCity.Tests.Support;
using FriendCity.Tests.Unit.Registry;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Integration.Registry;

/// <summary>
/// The first record types' own rules over HTTP: a good record, and what makes it a refused one. <see cref="SampleRuleTests"/> has all the
/// others.
/// </summary>
public sealed class RuleTests(DraftTestApp drafts) : IClassFixture<DraftTestApp>
{
    private static readonly Dictionary<string, string> Good = new()
    {
        ["countries"] = """{"nameEn":"N","nameZh":"名"}""",
        ["scopes"] = """{"nameEn":"N","nameZh":"名","kind":"list","countryIds":["RU","KZ"]}""",
        ["cities"] = """{"countryId":"RU","entityLevel":"city","nameEn":"N","nameZh":"名"}""",
        ["centres"] = """{"nameEn":"N","nameZh":"名"}""",
        ["sectors"] = """{"nameEn":"N","nameZh":"名"}""",
        ["mechanisms"] = """{"nameEn":"N","nameZh":"名"}""",
        ["platforms"] = """{"nameEn":"N","nameZh":"名"}""",
        ["exchange-rates"] = """{"currency":"RUB","rateToCny":0.08,"date":"2024-01-01"}""",
        ["relationships"] = """{"homeCityId":"CNTAO","homeEntityLevel":"city","cityId":"RULED"}""",
        ["projects"] = """{"nameEn":"N","nameZh":"名","cityId":"RULED","countryId":"RU","sectorId":"TRADE","status":"SIGNED"}""",
        ["activities"] = """{"type":"FORUM","titleEn":"N","titleZh":"名","date":"2024-01-01"}""",
    };

    private static readonly string[] UserAssigned = [.. Enumerable.Range('A', 26).Select(letter => $"X{(char)letter}"), .. Enumerable.Range('M', 14)
        .Select(letter => $"Q{(char)letter}")];

    private static int _countries = -1;

    private readonly TestApp _app = drafts.App;

    public static TheoryData<string, string, string> Refused { get; } = new()
    {
        { "countries", """{"scoStatus":[{"status":"observer","validFrom":"2010-01-01","validToExclusive":"2009-12-31"}]}""", "/scoStatus/0/validToExclusive interval_order" },
        { "countries", """{"scoStatus":[{"status":"observer","validFrom":"2010-01-01","validToExclusive":"2010-01-01"}]}""", "/scoStatus/0/validToExclusive interval_order" },
        { "countries", """{"scoStatus":[{"status":"observer","validFrom":"2010-01-01"},{"status":"member","validFrom":"2020-01-01"}]}""", "/scoStatus/1/validFrom interval_overlap" },
        { "countries", """{"scoStatus":[{"status":"observer","validFrom":"2010-01-01","validToExclusive":"2020-01-02"},{"status":"member","validFrom":"2020-01-01"}]}""", "/scoStatus/1/validFrom interval_overlap" },
        { "countries", """{"scoStatus":[{"status":"member","validFrom":"2020-01-01"},{"status":"observer","validFrom":"2010-01-01","validToExclusive":"2020-01-01"}]}""", "/scoStatus/1/validFrom interval_overlap" },
        { "scopes", """{"countryIds":[]}""", "/countryIds scope_empty" },
        { "scopes", """{"statuses":["member"]}""", "/statuses scope_kind" },
        { "scopes", """{"kind":"status","statuses":["member"]}""", "/countryIds scope_kind" },
        { "scopes", """{"kind":"status","countryIds":null}""", "/statuses scope_empty" },
        { "cities", """{"latitude":1.5}""", "/longitude position" },
        { "cities", """{"longitude":0}""", "/latitude position" },
        { "exchange-rates", """{"rateToCny":0}""", "/rateToCny out_of_range" },
        { "exchange-rates", """{"rateToCny":-0.08}""", "/rateToCny out_of_range" },
        { "relationships", """{"stages":[{"stage":"CONTACT","date":"2020-01-02"},{"stage":"INTENTION","date":"2020-01-01"}]}""", "/stages/1/date stage_order" },
        { "relationships", """{"stages":[{"stage":"FRIENDLY_COOPERATION","date":"2020-01-01"}]}""", "/stages/0/documentType document_required" },
        { "relationships", """{"stages":[{"stage":"CONTACT","date":"2019-01-01"},{"stage":"FRIEND_CITY","date":"2020-01-01","documentType":null}]}""", "/stages/1/documentType document_required" },
        { "relationships", """{"stages":[{"stage":"SUSPENDED","date":"2020-01-01"}]}""", "/stages/0/reason reason_required" },
        { "relationships", """{"stages":[{"stage":"ENDED","date":"2020-01-01","documentType":"letter"}]}""", "/stages/0/reason reason_required" },
        { "relationships", """{"cityId":"CNTAO"}""", "/cityId self_reference" },
        { "relationships", """{"cityId":"CNTAO","stages":[{"stage":"FRIEND_CITY","date":"2020-01-02"},{"stage":"ENDED","date":"2020-01-01"}]}""", "/cityId self_reference; /stages/0/documentType document_required; /stages/1/date stage_order; /stages/1/reason reason_required" },
        { "projects", """{"startDate":"2020-01-02","endDate":"2020-01-01"}""", "/endDate date_order" },
        { "projects", """{"statusEvents":[{"status":"INTENTION","date":"2020-01-02"},{"status":"SIGNED","date":"2020-01-01"}]}""", "/statusEvents/1/date date_order" },
        { "projects", """{"statusEvents":[{"status":"SIGNED","date":"2020-01-01"},{"status":"IN_PROGRESS","date":"2020-01-02"}]}""", "/status status_mismatch" },
        { "projects", """{"plannedValue":1}""", "/currency currency_required" },
        { "projects", """{"plannedValue":0}""", "/currency currency_required" },
        { "projects", """{"countryId":"KZ"}""", "/countryId country_mismatch" },
        { "activities", """{"cityIds":["RULED"],"countryIds":["KZ"]}""", "/countryIds country_mismatch" },
        { "activities", """{"cityIds":["RULED","KZALA"],"countryIds":["RU"]}""", "/countryIds country_mismatch" },
    };

    public static TheoryData<string, string> Accepted { get; } = new()
    {
        { "countries", """{"scoStatus":[{"status":"observer","validFrom":"2010-01-01","validToExclusive":"2020-01-01"},{"status":"member","validFrom":"2020-01-01"}]}""" },
        { "scopes", """{"kind":"status","countryIds":[],"statuses":["member"],"exceptCountryIds":["CN"]}""" },
        { "cities", """{"latitude":-90,"longitude":180}""" },
        { "cities", """{"latitude":0,"longitude":0}""" },
        { "exchange-rates", """{"rateToCny":0.000001}""" },
        { "relationships", """{"stages":[{"stage":"CONTACT","date":"2020-01-01"},{"stage":"FRIEND_CITY","date":"2020-01-01","documentType":"agreement"},{"stage":"ENDED","date":"2021-01-01","reason":"r"}]}""" },
        { "projects", """{"startDate":"2020-01-01","endDate":"2020-01-01","plannedValue":999999999999.999999,"currency":"USD"}""" },
        { "projects", """{"statusEvents":[{"status":"INTENTION","date":"2020-01-01"},{"status":"SIGNED","date":"2020-01-01"}]}""" },
        { "projects", """{"cityId":null,"countryId":"KZ","currency":"USD"}""" },
        { "activities", """{"cityIds":["RULED","KZALA"],"countryIds":["RU","KZ","UZ"]}""" },
    };

    public static TheoryData<string> Types { get; } = [.. Good.Keys];

    private static JObject Tree(string json) => (JObject)Json.Parse(json);

    /// <summary>A good record, unlike every other.</summary>
    private async Task<JObject> NewAsync(string type)
    {
        var (body, id) = (Tree(Good[type]), DraftTestApp.NewId());
        if (type == "countries")
            body["id"] = NewCountryId();
        else if (type == "cities")
            (body["nameEn"], body["nameZh"]) = ($"N {id}", $"名{id}");
        else if (type == "relationships")
            body["cityId"] = (await drafts.NewCityAsync()).Split('/')[^1];
        return body;
    }

    /// <summary>ISO 3166 leaves XA to XZ and QM to QZ to its users.</summary>
    private static string NewCountryId() => UserAssigned[Interlocked.Increment(ref _countries)];

    [Theory]
    [MemberData(nameof(Types))]
    public async Task A_record_with_nothing_but_what_is_required_is_accepted(string type)
    {
        var path = await _app.CreateAsync(type, await NewAsync(type));
        var read = await _app.GetAsync(path);
        Assert.Equal(("OFFICE", "office"), ((string?)read["scenario"], (string?)read["source"]));
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_record_against_the_rules_is_refused_with_place_and_rule(string type, string change, string faults)
    {
        var body = await NewAsync(type);
        var path = await _app.CreateAsync(type, body);
        var wrong = MergePatch.Apply(body, Tree(change));
        foreach (var (method, address) in new[] { ("POST", $"/api/v1/{type}"), ("PUT", path), ("PATCH", path) })
        {
            if (type == "countries" && method == "POST")
                wrong["id"] = NewCountryId();
            else
                wrong.Remove("id");
            var refused = (await _app.CallAsync(method, address, method == "PATCH" ? change : wrong, "\"1\"")).IsProblem(422, "invalid");
            Assert.Equal(faults, refused.Faults);
            Assert.All(refused.Json["errors"]!, error => Assert.NotEmpty((string)error["detail"]!));
        }
    }

    [Theory]
    [MemberData(nameof(Accepted))]
    public async Task What_the_rules_leave_open_is_kept_exactly(string type, string change)
    {
        var sent = MergePatch.Apply(await NewAsync(type), Tree(change));
        var read = await _app.GetAsync(await _app.CreateAsync(type, sent));
        foreach (var (name, value) in Tree(change))
            if (value is not JArray)
                Assert.Equal(value!.ToString(), read[name]!.ToString());
            else
                Assert.Equal(value.Count(), read[name]!.Count());
    }
}
