using System.Globalization;
using FriendCity.Access;
using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Integration.Http;

public sealed class LifecycleTests(DraftTestApp drafts) : IClassFixture<DraftTestApp>
{
    private readonly TestApp _app = drafts.App;

    [Theory]
    [InlineData("POST")]
    [InlineData("POST with id")]
    [InlineData("POST with null id")]
    [InlineData("PUT")]
    public async Task A_new_record_answers_with_its_address_and_first_version(string how)
    {
        var id = DraftTestApp.NewId();
        var body = DraftTestApp.City(how == "POST with id" ? id : null);
        if (how == "POST with null id")
            body["id"] = null;
        var made = how == "PUT"
            ? await _app.CallAsync("PUT", $"/api/v1/cities/{id}", body) : await _app.CallAsync("POST", "/api/v1/cities", body);

        made.Is(201);
        var given = (string)made.Json["id"]!;
        if (how is "POST" or "POST with null id")
            Assert.Matches("^[0-9A-HJKMNP-TV-Z]{26}$", given);
        else
            Assert.Equal(id, given);
        Assert.Equal($"{_app.Address}api/v1/cities/{given}", made.Headers["Location"]);
        Assert.Equal("\"1\"", made.ETag);
        Assert.Equal(($"key:{_app.Key[3..13]} (tests)", 1), ((string?)made.Json["actor"], (int)made.Json["version"]!));
        var read = (await _app.CallAsync("GET", made.Headers["Location"])).Is(200);
        Assert.Equal((made.Text, made.ETag), (read.Text, read.ETag));
    }

    [Fact]
    public async Task An_id_is_given_once()
    {
        var path = await drafts.NewCityAsync();
        var body = DraftTestApp.City(path.Split('/')[^1]);
        (await _app.CallAsync("POST", "/api/v1/cities", body)).IsProblem(409, "exists");
        (await _app.CallAsync("DELETE", path, etag: "\"1\"")).Is(204);
        (await _app.CallAsync("POST", "/api/v1/cities", body)).IsProblem(409, "exists");
    }

    [Fact]
    public async Task A_put_replaces_the_whole_record()
    {
        var path = await drafts.NewCityAsync();
        (await _app.CallAsync("PATCH", path, new JObject { ["note"] = "will go" }, "\"1\"", ApiClient.MergePatch)).Is(200);
        var body = DraftTestApp.City();
        body["nameLocal"] = "Тест";
        var replaced = (await _app.CallAsync("PUT", path, body, "\"2\"")).Is(200);
        Assert.Equal(("\"3\"", "Тест", JTokenType.Null), (replaced.ETag, (string?)replaced.Json["nameLocal"], replaced.Json["note"]!.Type));
    }

    [Fact]
    public async Task A_merge_patch_removes_by_null_keeps_what_it_does_not_name_and_replaces_lists_whole()
    {
        var path = await _app.CreateAsync("scopes", JObject.Parse("""{"nameEn":"A","nameZh":"甲","kind":"list","countryIds":["KZ","RU"],"note":"n"}"""));
        var patched = (await _app.CallAsync("PATCH", path, """{"note":null,"countryIds":["UZ"]}""", "\"1\"", ApiClient.MergePatch)).Is(200);
        Assert.Equal("\"2\"", patched.ETag);
        Assert.Equal(JTokenType.Null, patched.Json["note"]!.Type);
        Assert.Equal(["UZ"], patched.Json["countryIds"]!.Values<string>());
        Assert.Equal("甲", (string?)patched.Json["nameZh"]);
        (await _app.CallAsync("PATCH", path, """{"nameEn":null}""", "\"2\"", ApiClient.MergePatch)).IsProblem(422, "invalid");
    }

    [Theory]
    [InlineData("PATCH", "{}")]
    [InlineData("PATCH", """{"entityLevel":"city"}""")]
    [InlineData("PATCH", """{"note":null,"version":1,"deleted":false}""")]
    [InlineData("PUT", null)]
    public async Task A_write_that_changes_nothing_makes_no_version(string method, string? body)
    {
        var path = await drafts.NewCityAsync();
        var before = await _app.CallAsync("GET", path);
        var after = (await _app.CallAsync(method, path, body ?? before.Text, "\"1\"")).Is(200);
        Assert.Equal((before.ETag, before.Text), (after.ETag, after.Text));
        Assert.Single((await _app.GetAsync(path + "/history"))["value"]!);
    }

    [Theory]
    [InlineData("id", "\"OTHER\"")]
    [InlineData("version", "7")]
    [InlineData("changedAt", "\"2020-01-01T00:00:00.000Z\"")]
    [InlineData("actor", "\"mallory\"")]
    [InlineData("deleted", "true")]
    [InlineData("operationId", "\"x\"")]
    public async Task What_the_registry_writes_cannot_be_set_by_a_caller(string field, string value)
    {
        var path = await drafts.NewCityAsync();
        var whole = (await _app.CallAsync("GET", path)).Json;
        whole[field] = JToken.Parse(value);
        Assert.Equal($"/{field} read_only", (await _app.CallAsync("PUT", path, whole, "\"1\"")).IsProblem(422, "invalid").Faults);
        Assert.Equal($"/{field} read_only", (await _app.CallAsync("PATCH", path, $$"""{"{{field}}":{{value}}}""", "\"1\"")).IsProblem(422, "invalid").Faults);
        if (field != "id")
            Assert.Equal($"/{field} read_only", (
                await _app.CallAsync("POST", "/api/v1/cities", new JObject(DraftTestApp.City()) { [field] = whole[field] }))
                .IsProblem(422, "invalid").Faults);
        Assert.Equal("\"1\"", (await _app.CallAsync("GET", path)).ETag);
    }

    [Fact]
    public async Task A_deleted_record_is_gone_until_it_is_restored_and_its_history_tells_all()
    {
        var path = await drafts.NewCityAsync();
        var deleted = (await _app.CallAsync("DELETE", path, etag: "\"1\"")).Is(204);
        Assert.Equal(("\"2\"", ""), (deleted.ETag, deleted.Text));
        foreach (var (method, body) in new[] { ("GET", null), ("PUT", DraftTestApp.City()), ("PATCH", []), ("DELETE", (JObject?)null) })
        {
            var gone = (await _app.CallAsync(method, path, body, "\"2\"")).IsProblem(410, "gone");
            Assert.DoesNotContain("Testville", gone.Text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(path.Split('/')[^1], (await _app.GetAsync("/api/v1/cities?$top=1000"))["value"]!.Select(
            city => (string?)city["id"]));
        (await _app.CallAsync("POST", path + "/restore")).IsProblem(428, "precondition_required");
        (await _app.CallAsync("POST", path + "/restore", etag: "\"1\"")).IsProblem(412, "stale_etag");
        Assert.Equal("\"3\"", (await _app.CallAsync("POST", path + "/restore", etag: "\"2\"")).Is(200).ETag);
        Assert.Equal("\"3\"", (await _app.CallAsync("POST", path + "/restore", etag: "\"3\"")).Is(200).ETag);
        Assert.Equal((string?)DraftTestApp.City(path.Split('/')[^1])["nameEn"], (string?)(await _app.GetAsync(path))["nameEn"]);

        var history = (await _app.GetAsync(path + "/history"))["value"]!.ToList();
        Assert.Equal([(1, false), (2, true), (3, false)], history.Select(version => ((int)version["version"]!, (bool)version["deleted"]!)));
        Assert.All(history, version =>
        {
            Assert.Equal($"key:{_app.Key[3..13]} (tests)", (string?)version["actor"]);
            Assert.True(DateTimeOffset.Parse((string)version["changedAt"]!, CultureInfo.InvariantCulture) > DateTimeOffset.UtcNow.AddMinutes(-10));
            Assert.NotEmpty((string)version["operationId"]!);
        });
        Assert.Equal(3, history.Select(version => (string?)version["operationId"]).Distinct().Count());
    }

    [Fact]
    public async Task A_record_that_others_refer_to_is_not_deleted_and_the_answer_says_who_refers()
    {
        var city = await drafts.NewCityAsync();
        var tie = await _app.CreateAsync("relationships",
            new JObject { ["id"] = DraftTestApp.NewId(), ["homeCityId"] = "CNTAO", ["homeEntityLevel"] = "city", ["cityId"] = city.Split('/')[^1] });
        var refused = (await _app.CallAsync("DELETE", city, etag: "\"1\"")).IsProblem(409, "referenced");
        Assert.Contains(tie["/api/v1/".Length..], (string)refused.Json["detail"]!, StringComparison.Ordinal);
        (await _app.CallAsync("DELETE", tie, etag: "\"1\"")).Is(204);
        (await _app.CallAsync("DELETE", city, etag: "\"1\"")).Is(204);
        Assert.Equal("/cityId missing_reference", (await _app.CallAsync("POST", tie + "/restore", etag: "\"2\""))
            .IsProblem(422, "invalid").Faults);
    }

    [Fact]
    public async Task The_name_of_the_writer_stands_in_each_version()
    {
        var path = await drafts.NewCityAsync();
        var colleague = await _app.KeyAsync("王岚", Scopes.Write);
        using var client = _app.NewClient();
        (await client.CallAsync("PATCH", path, """{"note":"n"}""", [("X-Api-Key", colleague), ("If-Match", "\"1\"")], ApiClient.MergePatch)).Is(200);
        Assert.Equal([$"key:{_app.Key[3..13]} (tests)", $"key:{colleague[3..13]} (王岚)"],
            (await _app.GetAsync(path + "/history"))["value"]!.Select(version => (string?)version["actor"]));
    }
}
