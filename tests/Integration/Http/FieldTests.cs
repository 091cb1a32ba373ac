using System.Globalization;
using FriendCity.Registry;
using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Integration.Http;

/// <summary>
/// What each field refuses, with the place: nothing is cut, rounded or ignored. All of it against the shared office: nothing here is stored.
/// </summary>
public sealed class FieldTests(Azurite azurite)
{
    private static readonly string[] Values = ["7", "1.5", "\"\\u0000\"", "true", "{}", "[]"];

    public static TheoryData<string, string> TypesAndValues()
    {
        var rows = new TheoryData<string, string>();
        foreach (var type in RegistryTypes.All.All.Where(type => File.Exists(Path.Combine(Sample.Folder, $"{type.Name}.json"))))
            foreach (var value in Values)
                rows.Add(type.Name, value);
        return rows;
    }

    /// <summary>Each field of each type, known by the sample, with a value of each wrong kind.</summary>
    [Theory]
    [MemberData(nameof(TypesAndValues))]
    public async Task A_value_of_the_wrong_kind_is_refused_in_every_field(string type, string value)
    {
        var app = await azurite.SampleOfficeAsync();
        var rows = (await app.GetAsync($"/api/v1/{type}?$top=1000"))["value"]!.Cast<JObject>().ToList();
        var wrong = JToken.Parse(value);
        var fields = rows[0].Properties().Select(property => property.Name).Except(["id", "attachments", "version", "changedAt", "actor"])
            .Where(name => rows.Select(row => row[name]!).FirstOrDefault(each => each.Type != JTokenType.Null) is { } good
                && !Fits(good.Type, wrong.Type)).ToList();

        var patch = new JObject(fields.Select(name => new JProperty(name, wrong)));
        var refused = (await app.CallAsync("PATCH", $"/api/v1/{type}/{rows[0]["id"]}", patch, "\"1\"")).IsProblem(422, "invalid");
        Assert.Equal(fields.Select(name => "/" + name).Order(StringComparer.Ordinal),
            refused.Json["errors"]!.Select(error => (string)error["pointer"]!).Order(StringComparer.Ordinal));
        if (wrong.Type != JTokenType.String)
            Assert.All(refused.Json["errors"]!, error => Assert.Equal("wrong_type", (string?)error["rule"]));
    }

    // Among the numbers only some are whole: that is looked at below.
    private static bool Fits(JTokenType good, JTokenType sent) => (good == sent && sent != JTokenType.String) || (IsNumber(good) && IsNumber(sent));

    private static bool IsNumber(JTokenType type) => type is JTokenType.Integer or JTokenType.Float or JTokenType.Raw;

    [Theory]
    [InlineData("countries", "/nameEn; /nameZh")]
    [InlineData("scopes", "/kind; /nameEn; /nameZh")]
    [InlineData("cities", "/countryId; /entityLevel; /nameEn; /nameZh")]
    [InlineData("centres", "/nameEn; /nameZh")]
    [InlineData("sectors", "/nameEn; /nameZh")]
    [InlineData("mechanisms", "/nameEn; /nameZh")]
    [InlineData("platforms", "/nameEn; /nameZh")]
    [InlineData("exchange-rates", "/currency; /date; /rateToCny")]
    [InlineData("relationships", "/cityId; /homeCityId; /homeEntityLevel")]
    [InlineData("projects", "/countryId; /nameEn; /nameZh; /sectorId; /status")]
    [InlineData("activities", "/date; /titleEn; /titleZh; /type")]
    public async Task What_a_record_cannot_do_without_is_required(string type, string pointers)
    {
        var app = await azurite.SampleOfficeAsync();
        var expected = string.Join("; ", pointers.Split("; ").Select(pointer => pointer + " required"));
        Assert.Equal(expected, (await app.CallAsync("POST", $"/api/v1/{type}", "{}")).IsProblem(422, "invalid").Faults);
        var nulls = new JObject(pointers.Split("; ").Select(pointer => new JProperty(pointer[1..], JValue.CreateNull())));
        Assert.Equal(expected, (await app.CallAsync("POST", $"/api/v1/{type}", nulls)).IsProblem(422, "invalid").Faults);
    }

    public static TheoryData<string, string, string> Faults() => new()
    {
        { "cities", """{"nope":1}""", "/nope unknown_field" },
        { "cities", """{"a/b~c":1}""", "/a~1b~0c unknown_field" },
        { "cities", """{"NameEn":"A"}""", "/NameEn unknown_field" },
        { "cities", """{"":1}""", "/ unknown_field" },
        { "cities", """{"\ud800":1}""", "/\uFFFD bad_character" },
        { "cities", """{"createdBy":"mallory","deletedAt":null,"_etag":"x"}""", "/_etag unknown_field; /createdBy unknown_field" },
        { "relationships", """{"stages":[{"stage":"CONTACT","date":"2020-01-01","nope":1}]}""", "/stages/0/nope unknown_field" },
        { "relationships", """{"stages":[{}]}""", "/stages/0/date required; /stages/0/stage required" },
        { "relationships", """{"stages":[{"stage":"CONTACT","date":"2020-01-01"},7]}""", "/stages/1 wrong_type" },
        { "relationships", """{"stages":[null]}""", "/stages/0 null_item" },
        { "cities", """{"nameEn":""}""", "/nameEn empty" },
        { "cities", """{"nameEn":" "}""", "/nameEn empty" },
        { "cities", """{"nameEn":"\t\n"}""", "/nameEn empty" },
        { "cities", """{"nameZh":"\u3000"}""", "/nameZh empty" },
        { "cities", """{"nameZh":"\u00a0\u2003"}""", "/nameZh empty" },
        { "cities", """{"nameEn":"\u200b"}""", "/nameEn empty" },
        { "cities", """{"nameEn":"\ufeff\u2060\u00ad"}""", "/nameEn empty" },
        { "cities", """{"nameEn":"\u200d \ufe0f"}""", "/nameEn empty" },
        { "cities", """{"nameEn":"\u3164\u2800"}""", "/nameEn empty" },
        { "cities", """{"note":"\u3000"}""", "/note empty" },
        { "networks", """{"nodes":[{"cityId":"KZALA","sequence":1}],"nameEn":"\u202e"}""", "/nameEn empty" },
        { "cities", """{"otherChineseTies":[{"nameEn":"\u3000","nameZh":"\u200b"}]}""", "/otherChineseTies/0/nameEn empty; /otherChineseTies/0/nameZh empty" },
        { "cities", """{"nameEn":"\ud83d"}""", "/nameEn bad_character" },
        { "cities", """{"nameEn":"\udca9\ud83d"}""", "/nameEn bad_character" },
        { "cities", """{"nameEn":"a\u0000"}""", "/nameEn bad_character" },
        { "cities", """{"nameEn":"a\r\nb"}""", "/nameEn bad_character" },
        { "cities", """{"nameEn":"\u0085"}""", "/nameEn bad_character" },
        { "cities", """{"nameEn":"\u001b[31m"}""", "/nameEn bad_character" },
        { "cities", """{"countryId":"XX"}""", "/countryId missing_reference" },
        { "cities", """{"countryId":"K/Z"}""", "/countryId bad_id" },
        { "cities", """{"countryId":"kz"}""", "/countryId missing_reference" },
        { "activities", """{"cityIds":["RULED","NOWHERE"]}""", "/cityIds/1 missing_reference" },
        { "activities", """{"cityIds":["RULED","KZALA","RULED"]}""", "/cityIds/2 duplicate" },
        { "activities", """{"cityIds":["RULED",null]}""", "/cityIds/1 null_item" },
        { "activities", """{"cityIds":"RULED"}""", "/cityIds wrong_type" },
        { "activities", """{"type":"envoy_video_link"}""", "/type not_allowed" },
        { "cities", """{"scenario":"ALL","source":"hearsay"}""", "/scenario not_allowed; /source not_allowed" },
        { "scopes", """{"statuses":["member","guest"]}""", "/statuses/1 not_allowed" },
        { "activities", """{"date":"2024-02-30"}""", "/date wrong_type" },
        { "activities", """{"date":"2023-02-29"}""", "/date wrong_type" },
        { "activities", """{"date":"2024-2-3"}""", "/date wrong_type" },
        { "activities", """{"date":"2024-02-03T00:00:00Z"}""", "/date wrong_type" },
        { "activities", """{"date":"03.02.2024"}""", "/date wrong_type" },
        { "activities", """{"date":" 2024-02-03"}""", "/date wrong_type" },
        { "activities", """{"date":"２０２４-02-03"}""", "/date wrong_type" },
        { "activities", """{"date":"2024-02-03\u0000"}""", "/date wrong_type" },
        { "activities", """{"date":"0000-01-01"}""", "/date wrong_type" },
        { "activities", """{"date":"10000-01-01"}""", "/date wrong_type" },
        { "activities", """{"date":""}""", "/date wrong_type" },
        { "cities", """{"latitude":90.0001,"longitude":-180.5}""", "/latitude out_of_range; /longitude out_of_range" },
        { "cities", """{"latitude":"36.1"}""", "/latitude wrong_type" },
        { "mechanisms", """{"maturity":4,"targetPerYear":-1}""", "/maturity out_of_range; /targetPerYear out_of_range" },
        { "mechanisms", """{"maturity":1.5}""", "/maturity wrong_type" },
        { "mechanisms", """{"maturity":99999999999999999999}""", "/maturity out_of_range" },
        { "projects", """{"plannedValue":-1}""", "/plannedValue out_of_range" },
        { "projects", """{"plannedValue":1000000000000}""", "/plannedValue out_of_range" },
        { "projects", """{"plannedValue":99999999999999999999}""", "/plannedValue out_of_range" },
        { "projects", """{"plannedValue":0.0000001}""", "/plannedValue out_of_range" },
        { "projects", """{"plannedValue":"5"}""", "/plannedValue wrong_type" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_refusal_names_place_and_rule(string type, string patch, string faults)
    {
        var app = await azurite.SampleOfficeAsync();
        var id = (await app.GetAsync($"/api/v1/{type}?$top=1"))["value"]![0]!["id"];
        Assert.Equal(faults, (await app.CallAsync("PATCH", $"/api/v1/{type}/{id}", patch, "\"1\"")).IsProblem(422, "invalid").Faults);
    }

    [Theory]
    [InlineData("cities", "nameEn", 400)]
    [InlineData("cities", "note", 8000)]
    [InlineData("cities", "sourceRef", 2000)]
    [InlineData("cities", "unlocode", 5)]
    [InlineData("projects", "currency", 3)]
    public async Task Text_over_its_length_is_refused_and_never_cut(string type, string field, int length)
    {
        var app = await azurite.SampleOfficeAsync();
        var id = (await app.GetAsync($"/api/v1/{type}?$top=1"))["value"]![0]!["id"];
        var patch = new JObject { [field] = new string('字', length + 1), ["zzz"] = 1 };
        Assert.Equal($"/{field} too_long; /zzz unknown_field", (await app.CallAsync("PATCH", $"/api/v1/{type}/{id}", patch, "\"1\""))
            .IsProblem(422, "invalid").Faults);
        patch[field] = new string('字', length);
        Assert.Equal("/zzz unknown_field", (await app.CallAsync("PATCH", $"/api/v1/{type}/{id}", patch, "\"1\""))
            .IsProblem(422, "invalid").Faults);
    }

    [Fact]
    public async Task A_list_over_what_a_column_holds_is_refused()
    {
        var app = await azurite.SampleOfficeAsync();
        var stage = JObject.Parse("""{"stage":"CONTACT","date":"2020-01-01"}""");
        stage["reason"] = new string('理', 2000);
        var patch = new JObject { ["stages"] = new JArray(Enumerable.Repeat(stage, 20)) };
        Assert.Equal("/stages too_long", (await app.CallAsync("PATCH", "/api/v1/relationships/R01", patch, "\"1\""))
            .IsProblem(422, "invalid").Faults);
    }

    /// <summary>Ninety thousand items, each compared with each, would keep a processor busy for a minute.</summary>
    [Theory]
    [InlineData("all different")]
    [InlineData("all wrong")]
    public async Task The_items_of_a_list_that_is_too_long_are_not_looked_at(string kind)
    {
        var numbers = Enumerable.Range(0, 90_000).Select(n => kind == "all wrong" ? n : (JToken)n.ToString("x", CultureInfo.InvariantCulture));
        var reply = await (await azurite.SampleOfficeAsync())
            .CallAsync("PATCH", "/api/v1/activities/A001", new JObject { ["cityIds"] = new JArray(numbers) }, "\"1\"");
        Assert.Equal("/cityIds too_long", reply.IsProblem(422, "invalid").Faults);
    }

    [Fact]
    public async Task A_megabyte_of_faults_has_a_short_answer()
    {
        var names = Enumerable.Range(0, 90_000).Select(n => new JProperty(n.ToString("x", CultureInfo.InvariantCulture), 0));
        var refused = (await (await azurite.SampleOfficeAsync()).CallAsync("PATCH", "/api/v1/activities/A001", new JObject(names), "\"1\""))
            .IsProblem(422, "invalid");
        Assert.Equal(100, refused.Json["errors"]!.Count());
    }
}
