using System.Text;
using FriendCity.Access;
using FriendCity.Idempotency;
using FriendCity.Tests.Integration.Http;
using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Integration.Idempotency;

/// <summary>The same request sent again under its key, over HTTP.</summary>
public sealed class RepeatedWriteTests(DraftTestApp drafts, Azurite azurite) : IClassFixture<DraftTestApp>
{
    private const string Key = "Idempotency-Key";
    private const string Replayed = "Idempotency-Replayed";

    private static int _last;

    private readonly TestApp _app = drafts.App;

    [Fact]
    public async Task Every_kind_of_write_is_answered_as_the_first_time_and_done_once_whatever_came_after()
    {
        var (city, tie) = (await drafts.NewCityAsync(), await NewTieAsync());
        var (made, pdf) = ($"/api/v1/cities/{DraftTestApp.NewId()}", Encoding.ASCII.GetBytes("%PDF-1.4 b"));
        var steps = new (string Method, string Path, object? Body, string? ETag, string Type, (string, string)[] Headers)[]
        {
            ("POST", "/api/v1/cities", DraftTestApp.City(), null, "application/json", []),
            ("POST", "/api/v1/cities", DraftTestApp.City(DraftTestApp.NewId()), null, "application/json", [("Prefer", "return=minimal")]),
            ("PUT", made, DraftTestApp.City(), null, "application/json", []),
            ("PATCH", city, """{"note":"n"}""", "\"1\"", ApiClient.MergePatch, []),
            ("PATCH", city, """{"note":"n"}""", "\"2\"", ApiClient.MergePatch, []), // changes nothing
            ("PATCH", city, """{"note":"m"}""", "*", ApiClient.MergePatch, [("Prefer", "return=minimal")]),
            ("PUT", $"{city}/attachments/a.pdf", pdf, "\"3\"", "application/pdf", []),
            ("DELETE", $"{city}/attachments/a.pdf", null, "\"4\"", "", []),
            ("POST", $"{city}/revert?version=1", null, "\"5\"", "", []),
            ("DELETE", city, null, "\"6\"", "", []),
            ("POST", $"{city}/restore", null, "\"7\"", "", []),
            ("POST", $"{tie}/stages", """{"id":"s2","stage":"INTENTION","date":"2021-05-01"}""", "*", "application/json", []),
            ("PATCH", $"{tie}/stages/s2", """{"date":"2021-06-01"}""", "*", ApiClient.MergePatch, []),
            ("DELETE", $"{tie}/stages/s2", null, "*", "", []),
        };
        var first = new List<Reply>();
        foreach (var round in new[] { 0, 1, 2 })
            for (var i = 0; i < steps.Length; i++)
            {
                var (method, path, body, etag, type, headers) = steps[i];
                var reply = await _app.CallAsync(method, path, body, etag, type, [.. headers, (Key, $"every-{i}")]);
                Assert.InRange(reply.Status, 200, 204);
                if (round == 0)
                    first.Add(reply);
                Assert.Equal((i, round > 0), (i, reply.Headers.ContainsKey(Replayed)));
                foreach (var name in new[] { "ETag", "Location", "Content-Type", "Preference-Applied" })
                    Assert.Equal((i, name, first[i].Headers.GetValueOrDefault(name)), (i, name, reply.Headers.GetValueOrDefault(name)));
                Assert.Equal((first[i].Status, first[i].Text), (reply.Status, reply.Text));
            }

        Assert.Equal((8, 4), (await VersionsAsync(city), await VersionsAsync(tie)));
        Assert.Equal(1, await VersionsAsync(made));
        Assert.Equal(1, await VersionsAsync(new Uri(first[0].Headers["Location"]).AbsolutePath));
    }

    [Fact]
    public async Task Fifty_clients_of_two_instances_with_one_key_have_one_effect()
    {
        var account = await azurite.ConnectionStringAsync(azurite.NewAccount());
        await using var one = await TestApp.OpenAsync(account);
        await using var other = await TestApp.OpenAsync(account);
        var made = await Task.WhenAll(Enumerable.Range(0, 50).Select(n => UntilDoneAsync(n % 2 == 0 ? one : other, "POST", "/api/v1/platforms",
            """{"nameEn":"Hall","nameZh":"会客厅"}""", null, one.Key)));
        Assert.All(made, reply => Assert.Equal((201, made[0].Text), (reply.Status, reply.Text)));
        Assert.Equal(1, made.Count(reply => !reply.Headers.ContainsKey(Replayed)));
        var path = $"/api/v1/platforms/{made[0].Json["id"]}";
        Assert.Single((await other.GetAsync("/api/v1/platforms"))["value"]!);

        var changed = await Task.WhenAll(Enumerable.Range(0, 50).Select(n => UntilDoneAsync(n % 2 == 0 ? one : other, "PATCH", path,
            """{"nameEn":"Great hall"}""", "\"1\"", one.Key)));
        Assert.All(changed, reply => Assert.Equal((200, changed[0].Text), (reply.Status, reply.Text)));
        Assert.Equal(2, (await one.GetAsync($"{path}/history"))["value"]!.Count());
        await Audit.HoldsAsync(account);
    }

    [Fact]
    public async Task Another_body_is_refused_and_another_callers_key_is_his_own_but_a_rotated_key_of_access_goes_on()
    {
        var key = NewKey();
        var body = DraftTestApp.City();
        var made = (await _app.CallAsync("POST", "/api/v1/cities", body, headers: key)).Is(201);
        (await _app.CallAsync("POST", "/api/v1/cities", DraftTestApp.City(), headers: key)).IsProblem(422, "idempotency_key_reused");
        using var client = _app.NewClient();
        var (same, another) = (await _app.KeyAsync("tests", Scopes.Write), await _app.KeyAsync("another", Scopes.Write));
        var repeated = (await client.CallAsync("POST", "/api/v1/cities", body, [key, ("X-Api-Key", same)])).Is(201);
        Assert.Equal((made.Text, "true"), (repeated.Text, repeated.Headers[Replayed]));
        (await client.CallAsync("POST", "/api/v1/cities", body, [key, ("X-Api-Key", another)])).IsProblem(409, "duplicate");
        (await client.CallAsync("POST", "/api/v1/cities", body, [key, ("X-Api-Key", await _app.KeyAsync("reader", Scopes.Read))]))
            .IsProblem(403, "forbidden");
    }

    [Fact]
    public async Task A_failure_is_not_repeated_but_tried_again()
    {
        var key = NewKey();
        var body = DraftTestApp.City();
        var country = new JObject { ["id"] = "ZW", ["iso3"] = "ZWE", ["m49"] = "716", ["nameEn"] = "Zimbabwe", ["nameZh"] = "津巴布韦" };
        body["countryId"] = "ZW";
        (await _app.CallAsync("POST", "/api/v1/cities", body, headers: key)).IsProblem(422, "invalid");
        (await _app.CallAsync("POST", "/api/v1/countries", country)).Is(201);
        var made = (await _app.CallAsync("POST", "/api/v1/cities", body, headers: key)).Is(201);
        Assert.False(made.Headers.ContainsKey(Replayed));
        Assert.Equal(made.Text, (await _app.CallAsync("POST", "/api/v1/cities", body, headers: key)).Is(201).Text);
    }

    [Fact]
    public async Task A_dry_run_keeps_no_key()
    {
        var key = NewKey();
        (await _app.CallAsync("POST", "/api/v1/cities", DraftTestApp.City(), headers: [key, ("Prefer", "tx=dry-run")])).Is(201);
        var made = (await _app.CallAsync("POST", "/api/v1/cities", DraftTestApp.City(), headers: key)).Is(201);
        Assert.False(made.Headers.ContainsKey(Replayed));
        (await _app.CallAsync("POST", "/api/v1/cities", DraftTestApp.City(), headers: [(Key, new string('k', 256)), ("Prefer", "tx=dry-run")]))
            .IsProblem(400, "bad_parameter");
    }

    [Fact]
    public async Task A_key_of_255_characters_is_taken_and_one_of_256_or_without_a_visible_one_is_not()
    {
        var path = await drafts.NewCityAsync();
        foreach (var (key, status) in new[] { (new string('k', 255), 200), (new string('k', 256), 400), ("a b", 400), ("\"open", 400) })
        {
            var reply = await _app.CallAsync("PATCH", path, """{"note":"n"}""", "\"1\"", ApiClient.MergePatch, (Key, key));
            if (status == 400)
                Assert.StartsWith("Idempotency-Key:", (string?)reply.IsProblem(400, "bad_parameter").Json["detail"], StringComparison.Ordinal);
            else
                reply.Is(status);
        }

        Assert.Equal(2, await VersionsAsync(path));
    }

    [Fact]
    public async Task Addresses_that_show_a_key_of_access_take_none()
    {
        var count = (await _app.GetAsync("/api/v1/keys"))["value"]!.Count();
        var id = (await _app.CallAsync("POST", "/api/v1/keys", """{"owner":"rotated","scopes":["read"]}""")).Is(201).Json["id"];
        foreach (var (path, body) in new[] { ("/api/v1/keys", """{"owner":"port","scopes":["read"]}"""), ($"/api/v1/keys/{id}/rotate", null) })
            Assert.StartsWith("Idempotency-Key:", (string?)(await _app.CallAsync("POST", path, body, headers: NewKey()))
                .IsProblem(400, "bad_parameter").Json["detail"], StringComparison.Ordinal);
        Assert.Equal(count + 1, (await _app.GetAsync("/api/v1/keys"))["value"]!.Count());
    }

    [Fact]
    public async Task A_key_that_is_known_no_longer_is_new()
    {
        await using var app = await azurite.OfficeAsync(replace: builder =>
            builder.Services.AddSingleton(IdempotencyOptions.Default with { Kept = TimeSpan.Zero }));
        var key = NewKey();
        for (var n = 1; n <= 2; n++)
        {
            Assert.False((await app.CallAsync("POST", "/api/v1/platforms", """{"nameEn":"Hall","nameZh":"会客厅"}""", headers: key)).Is(201)
                .Headers.ContainsKey(Replayed));
            Assert.Equal(n, (await app.GetAsync("/api/v1/platforms"))["value"]!.Count());
        }

        Assert.Equal(1, await app.Services.GetRequiredService<KeyedRequests>().PurgeAsync(default));
    }

    [Fact]
    public async Task An_operation_is_begun_once()
    {
        await using var app = await azurite.OfficeAsync(replace: TestApp.Hasty);
        var key = NewKey();
        var begun = (await app.CallAsync("POST", "/api/v1/snapshots?date=2024-03-25", headers: key)).Is(202);
        var again = (await app.CallAsync("POST", "/api/v1/snapshots?date=2024-03-25", headers: key)).Is(202);
        Assert.Equal((begun.Text, begun.Headers["Location"], "true"), (again.Text, again.Headers["Location"], again.Headers[Replayed]));
        var other = (await app.CallAsync("POST", "/api/v1/snapshots?date=2024-03-24", headers: key)).Is(202);
        Assert.NotEqual((string?)begun.Json["id"], (string?)other.Json["id"]);
        await app.Services.GetRequiredService<FriendCity.Operations.OperationRunner>().IdleAsync();
        var published = (await app.GetAsync("/api/v1/snapshots"))["value"]!.Single(each => (string?)each["snapshotDate"] == "2024-03-25");
        var verify = $"/api/v1/snapshots/{published["id"]}/verify";
        Assert.Equal((await app.CallAsync("POST", verify, headers: key)).Is(202).Text, (await app.CallAsync("POST", verify, headers: key)).Is(202).Text);
        await app.Services.GetRequiredService<FriendCity.Operations.OperationRunner>().IdleAsync();
    }

    [Fact]
    public async Task A_put_that_made_a_record_may_be_repeated_without_a_condition()
    {
        var (path, body) = ($"/api/v1/cities/{DraftTestApp.NewId()}", DraftTestApp.City());
        (await _app.CallAsync("PUT", path, body)).Is(201);
        Assert.Equal("\"1\"", (await _app.CallAsync("PUT", path, body)).Is(200).ETag);
        (await _app.CallAsync("PUT", path, DraftTestApp.City())).IsProblem(428, "precondition_required");
        (await _app.CallAsync("PUT", path, "{}")).IsProblem(428, "precondition_required");
        (await _app.CallAsync("PUT", path, body, headers: ("If-None-Match", "*"))).IsProblem(412, "already_exists");
        (await _app.CallAsync("PUT", path, body, "\"2\"")).IsProblem(412, "stale_etag");
        Assert.Equal(1, await VersionsAsync(path));
    }

    /// <summary>As a client does: what is in flight is asked again.</summary>
    internal static async Task<Reply> UntilDoneAsync(TestApp app, string method, string path, object? body, string? etag, string key)
    {
        using var client = app.NewClient();
        (string, string)[] headers = [("X-Api-Key", key), (Key, $"one-of-fifty-{method}"), .. etag is null ? [] : new[] { ("If-Match", etag) }];
        while (true)
        {
            var reply = await client.CallAsync(method, path, body, headers, method == "PATCH" ? ApiClient.MergePatch : "application/json");
            if (reply.Status != 409)
                return reply;
            Assert.Equal("1", reply.IsProblem(409, "idempotency_in_flight").Headers["Retry-After"]);
        }
    }

    private static (string, string) NewKey() => (Key, $"key-{Interlocked.Increment(ref _last)}");

    private async Task<int> VersionsAsync(string path) => (await _app.GetAsync($"{path}/history"))["value"]!.Count();

    private async Task<string> NewTieAsync() => await _app.CreateAsync("relationships", new JObject
    {
        ["id"] = DraftTestApp.NewId(),
        ["homeCityId"] = "CNTAO",
        ["homeEntityLevel"] = "city",
        ["cityId"] = (await drafts.NewCityAsync()).Split('/')[^1],
        ["stages"] = JArray.Parse("""[{"id":"s1","stage":"CONTACT","date":"2020-01-01"}]"""),
    });
}
