using FriendCity.Messages;
using FriendCity.Records.Persistence;
using FriendCity.Records.Schemas;
using FriendCity.Registry;
using FriendCity.Serialization;
using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Integration.Http;

/// <summary>What no two records have alike, how codes are written, and what rests on a record (RFC 9110 15.5.10 and 15.5.21).</summary>
public sealed class DuplicateTests(DraftTestApp drafts) : IClassFixture<DraftTestApp>
{
    private readonly TestApp _app = drafts.App;

    /// <summary>A record of the sample, one that is alike it, and where; null at the end where nothing in the world is so twice.</summary>
    public static TheoryData<string, string, string, string, string?> Alike => new()
    {
        { "cities", "KZALA", """{"countryId":"KZ","entityLevel":"city","nameEn":"Almaty","nameZh":"甲"}""", "/nameEn duplicate", "true" },
        { "cities", "KZALA", """{"countryId":"KZ","entityLevel":"region","nameEn":"  ａｌｍａｔｙ ","nameZh":"甲"}""", "/nameEn duplicate", "true" },
        { "cities", "KZALA", """{"countryId":"KZ","entityLevel":"city","nameEn":"A","nameZh":"阿拉木图"}""", "/nameZh duplicate", "true" },
        { "cities", "KZALA", """{"countryId":"KZ","entityLevel":"city","nameEn":"ALMATY","nameZh":"阿拉木图"}""", "/nameEn duplicate; /nameZh duplicate", "true" },
        { "cities", "KZALA", """{"countryId":"KZ","entityLevel":"city","nameEn":"A","nameZh":"甲","unlocode":"KZALA"}""", "/unlocode duplicate", null },
        { "cities", "RULED", """{"countryId":"RU","entityLevel":"city","nameEn":"A","nameZh":"甲","wikidata":"Q656"}""", "/wikidata duplicate", null },
        { "relationships", "R02", """{"homeCityId":"CNTAO","homeEntityLevel":"city","cityId":"RULED"}""", "/cityId duplicate", "true" },
        { "relationships", "R02", """{"homeCityId":"RULED","homeEntityLevel":"district","cityId":"CNTAO","scenario":"PUBLIC_UPDATE"}""", "/cityId duplicate", "true" },
        { "countries", "KZ", """{"id":"XY","nameEn":"X","nameZh":"某国","iso3":"KAZ"}""", "/iso3 duplicate", null },
        { "countries", "KZ", """{"id":"XY","nameEn":"X","nameZh":"某国","m49":"398"}""", "/m49 duplicate", null },
        { "policy-profiles", "PP-RULED-1", """{"cityId":"RULED","profileVersion":1,"titleEn":"T","titleZh":"题"}""", "/profileVersion duplicate", null },
    };

    [Theory]
    [MemberData(nameof(Alike))]
    public async Task A_record_alike_another_is_refused_and_the_other_is_named(string type, string id, string body, string faults, string? canBeReal)
    {
        // Every field that the type requires and that does not matter here is the other record's.
        var sent = (JObject)Json.Parse(body);
        foreach (var property in (await _app.GetAsync($"/api/v1/{type}/{id}")).Properties()
            .Where(each => type == "policy-profiles" && each.Name is not ("id" or "version" or "changedAt" or "actor" or "attachments")
            && sent[each.Name] is null))
            sent[property.Name] = property.Value;
        sent.Remove("titleEn");
        sent.Remove("titleZh");
        if (type == "policy-profiles")
            sent = Only(type, sent);
        foreach (var language in new[] { "en", "zh" })
        {
            var refused = (await _app.CallAsync("POST", $"/api/v1/{type}", sent, headers: ("Accept-Language", language)))
                .IsProblem(409, "duplicate", language == "zh" ? Language.Chinese : Language.English);
            Assert.Equal(faults, refused.Faults);
            Assert.Contains($"{type}/{id}", (string)refused.Json["detail"]!, StringComparison.Ordinal);
            Assert.Equal(canBeReal is not null, ((string)refused.Json["detail"]!).Contains("?allowDuplicate=true", StringComparison.Ordinal));
        }

        var insisted = await _app.CallAsync("POST", $"/api/v1/{type}?allowDuplicate=true", sent);
        if (canBeReal is not null)
            (await _app.CallAsync("DELETE", $"/api/v1/{type}/{insisted.Is(201).Json["id"]}", etag: "\"1\"")).Is(204);
        else if (RegistryTypes.All.Find(type)!.TakesDuplicates)
            Assert.Equal(faults, insisted.IsProblem(409, "duplicate").Faults);
        else
            insisted.IsProblem(400, "bad_parameter");
    }

    [Fact]
    public async Task A_duplicate_that_is_real_can_be_worked_on_and_is_an_alert()
    {
        var (one, other) = (DraftTestApp.City(DraftTestApp.NewId()), DraftTestApp.City(DraftTestApp.NewId()));
        other["nameEn"] = one["nameEn"];
        await _app.CreateAsync("cities", one);
        (await _app.CallAsync("PUT", $"/api/v1/cities/{other["id"]}", other)).IsProblem(409, "duplicate");
        (await _app.CallAsync("PUT", $"/api/v1/cities/{other["id"]}?allowDuplicate=false", other)).IsProblem(409, "duplicate");
        (await _app.CallAsync("PUT", $"/api/v1/cities/{other["id"]}?allowDuplicate=yes", other)).IsProblem(400, "bad_parameter");
        (await _app.CallAsync("PUT", $"/api/v1/cities/{other["id"]}?allowDuplicate=true", other)).Is(201);

        var path = $"/api/v1/cities/{other["id"]}";
        (await _app.CallAsync("PATCH", path, """{"note":"the one in the north"}""", "\"1\"")).Is(200);
        (await _app.CallAsync("PATCH", path, """{"nameEn":"Almaty"}""", "\"2\"")).IsProblem(409, "duplicate");
        var alert = Assert.Single((await _app.GetAsync("/api/v1/alerts?codes=duplicate_record"))["value"]!, each => each["messageEn"]!.ToString()
            .Contains((string)other["id"]!, StringComparison.Ordinal));
        Assert.Contains((string)one["id"]!, (string)alert["messageEn"]!, StringComparison.Ordinal);
        Assert.Equal(2, alert["records"]!.Count());

        (await _app.CallAsync("DELETE", path, etag: "\"2\"")).Is(204);
        (await _app.CallAsync("POST", $"{path}/restore", etag: "\"3\"")).IsProblem(409, "duplicate");
        (await _app.CallAsync("POST", $"{path}/restore?allowDuplicate=true", etag: "\"3\"")).Is(200);
        (await _app.CallAsync("PATCH", path, """{"nameEn":"Quite another name"}""", "\"4\"")).Is(200);
    }

    /// <summary>Type, the good record, the change that spoils a code, and the fault.</summary>
    public static TheoryData<string, string, string> Codes => new()
    {
        { "cities", """{"unlocode":"KZal1"}""", "/unlocode unlocode" },
        { "cities", """{"unlocode":"KZ"}""", "/unlocode unlocode" },
        { "cities", """{"unlocode":"KZA01"}""", "/unlocode unlocode" },
        { "cities", """{"unlocode":"RUAAA"}""", "/unlocode unlocode" },
        { "cities", """{"unlocode":"KZ阿拉木"}""", "/unlocode unlocode" },
        { "cities", """{"wikidata":"170322"}""", "/wikidata wikidata" },
        { "cities", """{"wikidata":"Q0"}""", "/wikidata wikidata" },
        { "countries", """{"iso3":"kaz"}""", "/iso3 iso3" },
        { "countries", """{"iso3":"KA"}""", "/iso3 iso3" },
        { "countries", """{"m49":"39"}""", "/m49 m49" },
        { "countries", """{"m49":"３９８"}""", "/m49 m49" },
        { "exchange-rates", """{"currency":"usd"}""", "/currency currency" },
        { "exchange-rates", """{"currency":"US"}""", "/currency currency" },
        { "projects", """{"currency":"元","plannedValue":1}""", "/currency currency" },
        { "projects", """{"outcomes":[{"date":"2020-01-01","value":1,"currency":"rmb"}]}""", "/outcomes/0/currency currency" },
        { "activities", """{"currency":"Yen","value":1}""", "/currency currency" },
    };

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task A_code_of_the_wrong_form_is_refused_but_where_it_was_stored_before(string type, string change, string fault)
    {
        var item = (JObject)(await _app.GetAsync($"/api/v1/{type}?$top=1"))["value"]![0]!;
        if (type == "cities")
            item = await _app.GetAsync(await drafts.NewCityAsync());
        var path = $"/api/v1/{type}/{item["id"]}";
        Assert.Equal(fault, (await _app.CallAsync("PATCH", path, change, $"\"{item["version"]}\"")).IsProblem(422, "invalid").Faults);

        // As an earlier program stored it, which asked nothing of codes.
        await StoreAsync(type, (string)item["id"]!, change);
        var stored = await _app.GetAsync(path);
        var alert = (await _app.GetAsync("/api/v1/alerts?codes=code_form"))["value"]!.Where(each => each["messageEn"]!.ToString()
            .StartsWith($"{type}/{item["id"]}:", StringComparison.Ordinal));
        Assert.Equal(item["scenario"]!.ToString() == "PLACEHOLDER" ? 0 : 1, alert.Count());
        var harmless = type == "exchange-rates" ? """{"sourceRef":"p. 1"}""" : type == "countries" ? """{"regionEn":"Central Asia"}""" : """{"note":"x"}""";
        var touched = (await _app.CallAsync("PATCH", path, harmless, $"\"{stored["version"]}\"")).Is(200);
        // Put right again, for the tests beside this one.
        var names = ((JObject)Json.Parse(change)).Properties().Select(property => property.Name);
        (await _app.CallAsync("PATCH", path, new JObject(names.Select(name => new JProperty(name, item[name]))), touched.ETag)).Is(200);
        Assert.DoesNotContain((await _app.GetAsync("/api/v1/alerts?codes=code_form"))["value"]!, each => each["messageEn"]!.ToString()
            .StartsWith($"{type}/{item["id"]}:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_id_of_a_country_is_its_code()
    {
        foreach (var id in new[] { "Kaz", "KAZ", "kz", "X1" })
            Assert.Equal("/id iso2", (await _app.CallAsync("PUT", $"/api/v1/countries/{id}", """{"nameEn":"N","nameZh":"名"}""")).IsProblem(422, "invalid").Faults);
    }

    /// <summary>Record, change, the field to blame, and who rests on it.</summary>
    [Theory]
    [InlineData("cities/RULED", """{"countryId":"KZ","unlocode":null}""", "/countryId breaks_referrer", "projects/")]
    [InlineData("cities/RULED", """{"countryId":"KZ","unlocode":null,"nameEn":"Piter","note":"x"}""", "/countryId breaks_referrer", "projects/")]
    [InlineData("milestones/FYP-14", """{"kind":"event"}""", "/kind breaks_referrer", "targets/")]
    [InlineData("activities/A011", """{"type":"FORUM"}""", null, null)]
    [InlineData("cities/RULED", """{"nameEn":"Piter"}""", null, null)]
    public async Task A_change_is_checked_against_what_rests_on_the_record(string record, string change, string? fault, string? referrer)
    {
        var version = (await _app.GetAsync($"/api/v1/{record}"))["version"];
        var reply = await _app.CallAsync("PATCH", $"/api/v1/{record}", change, $"\"{version}\"");
        if (fault is null)
        {
            reply.Is(200);
            return;
        }

        Assert.All(reply.IsProblem(422, "invalid").Faults.Split("; "), each => Assert.Equal(fault, each));
        Assert.Contains(reply.Json["errors"]!, error => ((string)error["detail"]!).StartsWith(referrer!, StringComparison.Ordinal));
        Assert.InRange(reply.Json["errors"]!.Count(), 1, 5);
    }

    /// <summary>A required field that is missing does not hide a reference that leads nowhere.</summary>
    [Theory]
    [InlineData("projects", """{"cityId":"NOWHERE","countryId":"XX"}""", "/cityId missing_reference; /countryId missing_reference; /nameEn required; /nameZh required; /sectorId required; /status required")]
    [InlineData("cities", """{"countryId":"XX","latitude":"x"}""", "/countryId missing_reference; /entityLevel required; /latitude wrong_type; /nameEn required; /nameZh required")]
    [InlineData("activities", """{"cityIds":["KZALA","NOWHERE"],"date":"x"}""", "/cityIds/1 missing_reference; /date wrong_type; /titleEn required; /titleZh required; /type required")]
    [InlineData("relationships", """{"homeCityId":"a/b"}""", "/cityId required; /homeCityId bad_id; /homeEntityLevel required")]
    public async Task Missing_fields_and_unknown_references_are_told_at_once(string type, string body, string faults) =>
        Assert.Equal(faults, (await _app.CallAsync("POST", $"/api/v1/{type}", body)).IsProblem(422, "invalid").Faults);

    private async Task StoreAsync(string name, string id, string change)
    {
        var type = RegistryTypes.All.Find(name)!;
        Assert.IsType<WriteOutcome.Stored>(await _app.Services.GetRequiredService<RecordStore>().WriteAsync(type, id, "tests", current =>
        {
            var validation = new ValidationContext();
            var next = type.Read(FriendCity.RecordsApi.MergePatch.Apply(RecordJson.Fields(type, current!), (JObject)Json.Parse(change)), validation);
            Assert.Empty(validation.Violations);
            return new WritePlan.Store(next);
        }, default));
    }

    private static JObject Only(string type, JObject body) =>
        new(body.Properties().Where(property => RegistryTypes.All.Find(type)!.Members.Any(field => field.Name == property.Name)));
}
