using FriendCity.Access;
using FriendCity.Http;
using FriendCity.OpenApi;
using FriendCity.Registry;
using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Integration.Http.Batch;

/// <summary>Several writes in one request, each with the outcome that it has by itself.</summary>
public sealed class BatchTests(DraftTestApp drafts, Azurite azurite) : IClassFixture<DraftTestApp>
{
    private const string Path = "/api/v1/batch";

    private readonly TestApp _app = drafts.App;

    [Fact]
    public async Task Writes_of_several_types_are_done_in_order_and_answered_as_by_themselves()
    {
        var (city, org) = (DraftTestApp.NewId(), DraftTestApp.NewId());
        var reply = await SendAsync(
            Item("PUT", $"/api/v1/cities/{city}", DraftTestApp.City(), id: "city"),
            // Rests on the one before it.
            Item("POST", "/api/v1/relationships", new JObject
            {
                ["id"] = org,
                ["homeCityId"] = "CNTAO",
                ["homeEntityLevel"] = "city",
                ["cityId"] = city,
                ["stages"] = new JArray(),
            }),
            Item("POST", $"/api/v1/relationships/{org}/stages", JObject.Parse("""{"stage":"CONTACT","date":"2020-01-01"}"""), ("If-Match", "\"1\"")),
            Item("PATCH", $"/api/v1/cities/{city}", new JObject { ["note"] = "n" }, ("If-Match", "\"1\"")),
            Item("PATCH", $"/api/v1/cities/{city}", new JObject { ["note"] = "m" }, ("If-Match", "\"2\""), ("Prefer", "return=minimal")),
            Item("POST", $"/api/v1/cities/{city}/revert?version=1", null, ("If-Match", "\"3\"")),
            Item("DELETE", $"/api/v1/relationships/{org}", null, ("If-Match", "\"2\"")),
            Item("DELETE", $"/api/v1/cities/{city}", null, ("If-Match", "\"4\"")),
            Item("POST", $"/api/v1/cities/{city}/restore", null, ("If-Match", "\"5\"")));
        Assert.Equal("201 201 200 200 204 200 204 204 200", Statuses(reply));
        var answers = reply.Json["responses"]!;
        Assert.Equal(["city", null], answers.Take(2).Select(each => (string?)each["id"]));
        Assert.Equal(["\"1\"", "\"1\"", "\"2\"", "\"2\"", "\"3\"", "\"4\"", "\"3\"", "\"5\"", "\"6\""], answers.Select(each => (string?)each["headers"]!["ETag"]));
        Assert.Equal($"{_app.Address}api/v1/cities/{city}", (string?)answers[0]!["headers"]!["Location"]);
        Assert.Null(answers[4]!["body"]);
        var stored = (await _app.CallAsync("GET", $"/api/v1/cities/{city}")).Is(200);
        Assert.Equal(stored.Json.ToString(), answers[8]!["body"]!.ToString());
    }

    [Fact]
    public async Task One_that_is_refused_is_told_so_and_keeps_no_other_from_being_done()
    {
        var (good, gone) = (await drafts.NewCityAsync(), await drafts.NewCityAsync());
        (await _app.CallAsync("DELETE", gone, etag: "\"1\"")).Is(204);
        JObject[] items =
        [
            Item("PATCH", good, new JObject { ["note"] = "a" }, ("If-Match", "\"1\"")),
            Item("PATCH", good, new JObject { ["note"] = 7 }, ("If-Match", "\"2\"")),
            Item("PATCH", good, new JObject { ["note"] = "b" }),
            Item("PATCH", good, new JObject { ["note"] = "b" }, ("If-Match", "\"1\"")),
            Item("PATCH", good, new JObject { ["note"] = "b" }, ("If-Match", "1")),
            Item("PATCH", good, new JObject { ["note"] = "b" }, ("If-Match", "\"2\""), ("Prefer", "tx=dryrun")),
            Item("PATCH", good, new JObject { ["note"] = "b" }, ("If-Match", "\"2\""), ("Content-Type", "text/csv")),
            Item("PATCH", good, null, ("If-Match", "\"2\"")),
            Item("PATCH", $"{good}?x=1", new JObject { ["note"] = "b" }, ("If-Match", "\"2\"")),
            Item("PATCH", gone, new JObject { ["note"] = "b" }, ("If-Match", "\"2\"")),
            Item("PATCH", "/api/v1/cities/NOWHERE", new JObject { ["note"] = "b" }, ("If-Match", "\"2\"")),
            Item("POST", "/api/v1/planets", []),
            Item("DELETE", "/api/v1/cities", null),
            Item("DELETE", "/api/v1/cities/RULED", null, ("If-Match", "*")),
            Item("POST", "/api/v1/cities", DraftTestApp.City(good.Split('/')[^1])),
            Item("PUT", good, DraftTestApp.City(), ("If-None-Match", "*")),
            Item("PATCH", good, new JObject { ["note"] = "z" }, ("If-Match", "\"2\"")),
        ];
        var reply = await SendAsync(items);
        Assert.Equal("200 422 428 412 400 400 415 415 400 410 404 404 405 409 409 412 200", Statuses(reply));
        var answers = reply.Json["responses"]!;
        Assert.Equal("/note wrong_type", $"{answers[1]!["body"]!["errors"]![0]!["pointer"]} {answers[1]!["body"]!["errors"]![0]!["rule"]}");
        Assert.Equal("GET, HEAD, POST, OPTIONS", (string?)answers[12]!["headers"]!["Allow"]);
        Assert.All(answers.Where(each => (int)each["status"]! >= 400), each => Assert.Equal(
            (each["status"]!.ToString(), "/docs/problems#" + each["body"]!["code"]),
            (each["body"]!["status"]!.ToString(), (string?)each["body"]!["type"])));
        Assert.Equal(3, (int)(await _app.GetAsync(good))["version"]!);

        // The same one by one.
        for (var i = 1; i < items.Length - 1; i++)
        {
            var headers = ((JObject?)items[i]["headers"])?.Properties().Select(each => (each.Name, (string)each.Value!)).ToList() ?? [];
            var type = headers.Where(each => each.Item1 == "Content-Type").Select(each => each.Item2).FirstOrDefault()
                ?? ((string?)items[i]["method"] == "PATCH" ? ApiClient.MergePatch : "application/json");
            var alone = await _app.CallAsync((string)items[i]["method"]!, (string)items[i]["path"]!, items[i]["body"], null, type,
                [.. headers.Where(each => each.Item1 != "Content-Type").Select(each => (each.Name, each.Item2.Replace("\"2\"", "\"3\"", StringComparison.Ordinal)))]);
            Assert.Equal((i, (int)answers[i]!["status"]!, (string?)answers[i]!["body"]!["code"]), (i, alone.Status, (string?)alone.Json["code"]));
        }
    }

    [Fact]
    public async Task It_stops_at_the_first_refusal_where_that_is_wanted()
    {
        var city = await drafts.NewCityAsync();
        var reply = (await _app.CallAsync("POST", $"{Path}?onError=stop", Body(
            Item("PATCH", city, new JObject { ["note"] = "a" }, ("If-Match", "\"1\"")), Item("PATCH", city, new JObject { ["note"] = "b" }),
            Item("PATCH", city, new JObject { ["note"] = "c" }, ("If-Match", "\"2\"")), Item("DELETE", city, null, ("If-Match", "\"2\""))))).Is(200);
        Assert.Equal("200 428 424 424", Statuses(reply));
        Assert.Equal("batch_stopped", (string?)reply.Json["responses"]![2]!["body"]!["code"]);
        Assert.Equal(2, (int)(await _app.GetAsync(city))["version"]!);
        (await _app.CallAsync("POST", $"{Path}?onError=skip", Body())).IsProblem(400, "bad_parameter");
    }

    [Fact]
    public async Task Each_write_needs_its_own_scope_and_what_is_no_write_of_records_is_sent_by_itself()
    {
        using var client = _app.NewClient();
        var writer = ("X-Api-Key", await _app.KeyAsync("batch writer", Scopes.Write));
        var body = Body(Item("POST", "/api/v1/cities", DraftTestApp.City()), Item("POST", "/api/v1/snapshots?date=2024-03-25", null),
            Item("POST", "/api/v1/keys", JObject.Parse("""{"owner":"me","scopes":["admin"]}""")), Item("POST", "/api/v1/cities", DraftTestApp.City()));
        Assert.Equal("201 403 403 201", Statuses((await client.CallAsync("POST", Path, body, [writer])).Is(200)));
        foreach (var scope in new[] { Scopes.Read, Scopes.Run, Scopes.Admin })
            (await client.CallAsync("POST", Path, body, [("X-Api-Key", await _app.KeyAsync($"batch {scope}", scope))])).IsProblem(403, "forbidden");

        var all = await SendAsync(Item("POST", "/api/v1/snapshots?date=2024-03-25", null), Item("POST", "/api/v1/keys", []), Item("POST", Path, []),
            Item("DELETE", "/api/v1/cities/RULED/attachments/a.pdf", null, ("If-Match", "*")), Item("POST", "/mcp", []),
            Item("POST", "/api/v1/cities/../keys", []), Item("POST", "/API/v1/cities%2f..%2fkeys", []));
        Assert.Equal("422 422 422 422 422 422 404", Statuses(all));
        Assert.Equal("/path", (string?)all.Json["responses"]![0]!["body"]!["errors"]![0]!["pointer"]);
        Assert.Empty((await _app.GetAsync("/api/v1/snapshots"))["value"]!);
    }

    [Theory]
    [InlineData("{}", "/requests required")]
    [InlineData("""{"requests":{}}""", "/requests wrong_type")]
    [InlineData("""{"requests":[]}""", "/requests wrong_type")]
    [InlineData("""{"requests":[7]}""", "/requests/0 wrong_type")]
    [InlineData("""{"requests":[{"method":"POST","path":"/api/v1/tags"}],"onError":"stop"}""", "/onError unknown_field")]
    [InlineData("""{"requests":[{}]}""", "/requests/0/method required; /requests/0/path required")]
    [InlineData("""{"requests":[{"method":"GET","path":"/api/v1/tags"}]}""", "/requests/0/method not_allowed")]
    [InlineData("""{"requests":[{"method":"post","path":"/api/v1/tags","url":"x"}]}""", "/requests/0/method not_allowed; /requests/0/url unknown_field")]
    [InlineData("""{"requests":[{"method":"POST","path":"http://evil.example/api/v1/tags"}]}""", "/requests/0/path bad_path")]
    [InlineData("""{"requests":[{"method":"POST","path":"//evil.example/api/v1/tags"}]}""", "/requests/0/path bad_path")]
    [InlineData("""{"requests":[{"method":"POST","path":"api/v1/tags"}]}""", "/requests/0/path bad_path")]
    [InlineData("""{"requests":[{"method":"POST","path":7}]}""", "/requests/0/path bad_path")]
    [InlineData("""{"requests":[{"method":"POST","path":"/api/v1/tags","body":[]}]}""", "/requests/0/body wrong_type")]
    [InlineData("""{"requests":[{"method":"POST","path":"/api/v1/tags","headers":[]}]}""", "/requests/0/headers wrong_type")]
    [InlineData("""{"requests":[{"method":"POST","path":"/api/v1/tags","headers":{"X-Api-Key":"fc_"}}]}""", "/requests/0/headers/X-Api-Key unknown_field")]
    [InlineData("""{"requests":[{"method":"POST","path":"/api/v1/tags","headers":{"If-Match":1}}]}""", "/requests/0/headers/If-Match wrong_type")]
    [InlineData("""{"requests":[{"method":"POST","path":"/api/v1/tags","headers":{"If-Match":"a\r\nb"}}]}""", "/requests/0/headers/If-Match wrong_type")]
    [InlineData("""{"requests":[{"method":"POST","path":"/api/v1/tags","headers":{"Prefer":"a","prefer":"b"}}]}""", "/requests/0/headers/prefer duplicate")]
    [InlineData("""{"requests":[{"id":"","method":"POST","path":"/api/v1/tags"}]}""", "/requests/0/id bad_id")]
    [InlineData("""{"requests":[{"id":"a","method":"POST","path":"/api/v1/tags"},{"id":"a","method":"POST","path":"/api/v1/tags"}]}""", "/requests/1/id duplicate")]
    public async Task A_batch_that_is_not_well_formed_is_refused_whole_with_every_place(string body, string faults) =>
        Assert.Equal(faults, (await _app.CallAsync("POST", Path, body)).IsProblem(422, "invalid").Faults);

    [Fact]
    public async Task A_hundred_writes_are_taken_and_one_more_is_not()
    {
        await using var app = await azurite.OfficeAsync();
        var items = Enumerable.Range(0, 101).Select(n => Item("PUT", $"/api/v1/tags/t{n}",
            JObject.Parse($$"""{"nameEn":"Tag {{n}}","nameZh":"标签{{n}}","kind":"theme"}"""))).ToArray();
        Assert.Equal("/requests too_long", (await app.CallAsync("POST", Path, Body(items))).IsProblem(422, "invalid").Faults);
        Assert.Empty((await app.GetAsync("/api/v1/tags"))["value"]!);
        Assert.All((await app.CallAsync("POST", Path, Body(items[..100]))).Is(200).Json["responses"]!,
            (each, n) => Assert.Equal((201, $"t{n}"), ((int)each["status"]!, (string?)each["body"]!["id"])));
        Assert.Equal(100, (await app.GetAsync("/api/v1/tags?$top=200"))["value"]!.Count());
        (await app.CallAsync("POST", Path, new string(' ', JsonBody.MaxBytes + 1))).IsProblem(413, "too_large");
        (await app.CallAsync("POST", Path, "{")).IsProblem(400, "malformed_json");
        (await app.CallAsync("POST", Path, Body(items[..1]), "\"1\"")).IsProblem(400, "bad_parameter");
    }

    [Fact]
    public async Task What_the_batch_prefers_holds_for_each_write()
    {
        var city = await drafts.NewCityAsync();
        var body = Body(Item("PATCH", city, new JObject { ["note"] = "a" }, ("If-Match", "\"1\""), ("Prefer", "tx=commit, return=minimal")),
            Item("PATCH", city, new JObject { ["note"] = "b" }, ("If-Match", "\"1\"")));
        var dry = (await _app.CallAsync("POST", Path, body, headers: ("Prefer", "tx=dry-run"))).Is(200);
        Assert.Equal("204 200", Statuses(dry));
        Assert.Equal("tx=dry-run, return=minimal", (string?)dry.Json["responses"]![0]!["headers"]!["Preference-Applied"]);
        Assert.Equal(1, (int)(await _app.GetAsync(city))["version"]!);
    }

    [Fact]
    public async Task Under_a_key_each_write_is_done_once_however_often_the_batch_is_sent()
    {
        var body = Body(Item("POST", "/api/v1/cities", DraftTestApp.City()), Item("POST", "/api/v1/cities", new JObject()),
            Item("POST", "/api/v1/cities", DraftTestApp.City(), ("Idempotency-Key", "own")));
        (string, string) key = ("Idempotency-Key", "batch-1");
        var first = (await _app.CallAsync("POST", Path, body, headers: key)).Is(200);
        var second = (await _app.CallAsync("POST", Path, body, headers: key)).Is(200);
        Assert.Equal("201 422 201", Statuses(first));
        Assert.Equal(["true", null, "true"], second.Json["responses"]!.Select(each => (string?)each["headers"]!["Idempotency-Replayed"]));
        Assert.Equal(first.Json["responses"]![0]!["body"]!.ToString(), second.Json["responses"]![0]!["body"]!.ToString());
        var alone = await _app.CallAsync("POST", "/api/v1/cities", body["requests"]![2]!["body"], headers: ("Idempotency-Key", "own"));
        Assert.Equal("true", alone.Is(201).Headers["Idempotency-Replayed"]);
        body["requests"]![0]!["body"]!["nameEn"] = "Another";
        Assert.Equal("422 422 201", Statuses((await _app.CallAsync("POST", Path, body, headers: key)).Is(200)));
        (await _app.CallAsync("POST", Path, body, headers: ("Idempotency-Key", new string('k', 256)))).IsProblem(400, "bad_parameter");
    }

    [Fact]
    public async Task Each_write_counts_towards_the_callers_limit()
    {
        await using var app = await azurite.OfficeAsync(replace: builder => builder.Configuration["RequestsPerMinute"] = "4");
        var reply = (await app.CallAsync("POST", Path, Body([.. Enumerable.Range(0, 5).Select(n => Item("DELETE", $"/api/v1/tags/t{n}", null))]))).Is(200);
        var answers = reply.Json["responses"]!.ToList();
        Assert.Equal(429, (int)answers[^1]["status"]!);
        Assert.NotNull(answers[^1]["headers"]!["Retry-After"]);
        Assert.Equal(404, (int)answers[0]["status"]!);
    }

    [Fact]
    public async Task The_documents_example_works()
    {
        await using var app = await azurite.OfficeAsync();
        var document = JObject.Parse(System.Text.Encoding.UTF8.GetString(new ApiDocument(RegistryTypes.All, Sample.Views).Json.Content));
        var example = document["paths"]![Path]!["post"]!["requestBody"]!["content"]!["application/json"]!["example"]!;
        Assert.Equal("201 204", Statuses((await app.CallAsync("POST", Path, example)).Is(200)));
    }

    private async Task<Reply> SendAsync(params JObject[] items) => (await _app.CallAsync("POST", Path, Body(items))).Is(200);

    private static JObject Body(params JObject[] items) => new() { ["requests"] = new JArray(items.Cast<object>().ToArray()) };

    private static JObject Item(string method, string path, JObject? body, params (string Name, string Value)[] headers) =>
        Item(method, path, body, null, headers);

    private static JObject Item(string method, string path, JObject? body, string? id, params (string Name, string Value)[] headers)
    {
        var item = new JObject { ["method"] = method, ["path"] = path };
        if (id is not null)
            item["id"] = id;
        if (body is not null)
            item["body"] = body;
        if (headers.Length > 0)
            item["headers"] = new JObject(headers.Select(each => new JProperty(each.Name, each.Value)));
        return item;
    }

    private static string Statuses(Reply reply) => string.Join(' ', reply.Json["responses"]!.Select(each => each["status"]!.ToString()));
}
