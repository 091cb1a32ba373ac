using System.Text;
using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Integration.Http;

/// <summary>Writes that people make: one entry of a list, back to an older version, and what a writer prefers.</summary>
public sealed class SmallWriteTests(DraftTestApp drafts) : IClassFixture<DraftTestApp>
{
    private const string Formal = """{"id":"s2","stage":"FRIEND_CITY","date":"2021-05-01","documentType":"agreement"}""";

    private readonly TestApp _app = drafts.App;

    [Fact]
    public async Task A_tie_advances_by_one_stage_which_is_mended_and_taken_back_without_sending_the_list()
    {
        var tie = await NewTieAsync("""[{"id":"s1","stage":"CONTACT","date":"2020-01-01"}]""");
        var added = (await _app.CallAsync("POST", $"{tie}/stages", Formal, "\"1\"")).Is(200);
        Assert.Equal(("\"2\"", "CONTACT FRIEND_CITY"), (added.ETag, Stages(added)));
        Assert.Equal("agreement", (string?)added.Json["stages"]![1]!["documentType"]);

        var changed = (await _app.CallAsync("PATCH", $"{tie}/stages/s2", """{"date":"2022-06-01","datePrecision":"day"}""", "\"2\"",
            ApiClient.MergePatch)).Is(200);
        Assert.Equal(("2022-06-01", "agreement"), ((string?)changed.Json["stages"]![1]!["date"], (string?)changed.Json["stages"]![1]!["documentType"]));
        // By its place, as entries without an id are.
        changed = (await _app.CallAsync("PATCH", $"{tie}/stages/2", """{"date":"2022-07-01"}""", "\"3\"", ApiClient.MergePatch)).Is(200);
        Assert.Equal(["2020-01-01", "2022-07-01"], changed.Json["stages"]!.Select(stage => (string?)stage["date"]));
        Assert.Equal("FRIEND_CITY", Stages((await _app.CallAsync("DELETE", $"{tie}/stages/1", etag: "\"4\"")).Is(200)));
        Assert.Equal(5, (await _app.GetAsync($"{tie}/history"))["value"]!.Count());
    }

    [Fact]
    public async Task An_entry_is_checked_as_part_of_its_record()
    {
        var tie = await NewTieAsync("""[{"stage":"CONTACT","date":"2020-01-01"}]""");
        Assert.Equal("/stages/1/date stage_order; /stages/1/documentType document_required", (await _app.CallAsync("POST", $"{tie}/stages",
            """{"stage":"FRIEND_CITY","date":"2019-01-01"}""", "\"1\"")).IsProblem(422, "invalid").Faults);
        Assert.Equal("/stages/1/nope unknown_field", (await _app.CallAsync("POST", $"{tie}/stages",
            """{"stage":"CONTACT","date":"2021-01-01","nope":1}""", "\"1\"")).IsProblem(422, "invalid").Faults);
        (await _app.CallAsync("POST", $"{tie}/stages", Formal)).IsProblem(428, "precondition_required");
        (await _app.CallAsync("POST", $"{tie}/stages", Formal, "\"7\"")).IsProblem(412, "stale_etag");
        foreach (var entry in new[] { "2", "0", "01x", "s2" })
            (await _app.CallAsync("DELETE", $"{tie}/stages/{entry}", etag: "\"1\"")).IsProblem(404, "not_found");
        (await _app.CallAsync("POST", "/api/v1/relationships/NOWHERE/stages", Formal, "\"1\"")).IsProblem(404, "not_found");
        (await _app.CallAsync("POST", $"{tie}/note", Formal, "\"1\"")).IsProblem(404, "not_found");
        Assert.Equal("POST, OPTIONS", (await _app.CallAsync("GET", $"{tie}/stages")).IsProblem(405, "method_not_allowed").Headers["Allow"]);
        Assert.Equal("PATCH, DELETE, OPTIONS", (await _app.CallAsync("PUT", $"{tie}/stages/1", Formal)).IsProblem(405, "method_not_allowed")
            .Headers["Allow"]);
        Assert.Equal(1, (int)(await _app.GetAsync(tie))["version"]!);
    }

    [Fact]
    public async Task A_record_goes_back_to_an_older_version_as_a_new_one()
    {
        var city = await drafts.NewCityAsync();
        (await _app.CallAsync("PUT", $"{city}/attachments/a.pdf", Encoding.ASCII.GetBytes("%PDF-1.4 a"), "\"1\"", "application/pdf")).Is(200);
        (await _app.CallAsync("PATCH", city, """{"note":"wrong"}""", "\"2\"", ApiClient.MergePatch)).Is(200);
        (await _app.CallAsync("POST", $"{city}/revert?version=1")).IsProblem(428, "precondition_required");
        var reverted = (await _app.CallAsync("POST", $"{city}/revert?version=1", etag: "\"3\"")).Is(200);
        Assert.Equal(("\"4\"", JTokenType.Null), (reverted.ETag, reverted.Json["note"]!.Type));
        Assert.Single(reverted.Json["attachments"]!);
        Assert.Equal("\"4\"", (await _app.CallAsync("POST", $"{city}/revert?version=2", etag: "\"4\"")).Is(200).ETag);
        (await _app.CallAsync("POST", $"{city}/revert?version=9", etag: "\"4\"")).IsProblem(404, "not_found");
        (await _app.CallAsync("POST", $"{city}/revert", etag: "\"4\"")).IsProblem(400, "bad_parameter");
        (await _app.CallAsync("POST", $"{city}/revert?version=0", etag: "\"4\"")).IsProblem(400, "bad_parameter");
        (await _app.CallAsync("POST", "/api/v1/cities/NOWHERE/revert?version=1", etag: "\"1\"")).IsProblem(404, "not_found");
        (await _app.CallAsync("DELETE", city, etag: "\"4\"")).Is(204);
        (await _app.CallAsync("POST", $"{city}/revert?version=1", etag: "\"5\"")).IsProblem(410, "gone");
    }

    [Fact]
    public async Task A_version_that_is_against_todays_rules_is_not_gone_back_to()
    {
        var city = await drafts.NewCityAsync();
        var tie = await NewTieAsync("[]", city.Split('/')[^1]);
        (await _app.CallAsync("PATCH", tie, """{"cityId":"RULED","homeCityId":"CNTAO"}""", "\"1\"", ApiClient.MergePatch)).IsProblem(409, "duplicate");
        var other = await drafts.NewCityAsync();
        (await _app.CallAsync("PATCH", tie, new JObject { ["cityId"] = other.Split('/')[^1] }, "\"1\"", ApiClient.MergePatch)).Is(200);
        (await _app.CallAsync("DELETE", city, etag: "\"1\"")).Is(204);
        Assert.Equal("/cityId missing_reference", (await _app.CallAsync("POST", $"{tie}/revert?version=1", etag: "\"2\""))
            .IsProblem(422, "invalid").Faults);
    }

    /// <summary>The answer of a rehearsal is that of the write, but for the instant; and it left everything as it was.</summary>
    [Fact]
    public async Task A_dry_run_answers_what_the_write_answers_and_stores_nothing()
    {
        var city = await drafts.NewCityAsync();
        var tie = await NewTieAsync("""[{"stage":"CONTACT","date":"2020-01-01"}]""");
        var (made, put) = ($"/api/v1/cities/{DraftTestApp.NewId()}", DraftTestApp.City());
        var steps = new (string Method, string Path, object? Body, string? ETag, string Type)[]
        {
            ("POST", "/api/v1/cities", DraftTestApp.City(DraftTestApp.NewId()), null, "application/json"),
            ("PUT", made, put, null, "application/json"),
            ("PATCH", city, """{"note":"n"}""", "\"1\"", ApiClient.MergePatch),
            ("PATCH", city, """{"note":"n"}""", "\"2\"", ApiClient.MergePatch),
            ("PATCH", city, """{"countryId":"NOWHERE"}""", "\"2\"", ApiClient.MergePatch),
            ("PUT", $"{city}/attachments/a.pdf", Encoding.ASCII.GetBytes("%PDF-1.4 b"), "\"2\"", "application/pdf"),
            ("DELETE", $"{city}/attachments/a.pdf", null, "\"3\"", ""),
            ("POST", $"{city}/revert?version=1", null, "\"4\"", ""),
            ("DELETE", city, null, "\"5\"", ""),
            ("POST", $"{city}/restore", null, "\"6\"", ""),
            ("POST", $"{tie}/stages", Formal, "\"1\"", "application/json"),
            ("PATCH", $"{tie}/stages/s2", """{"reason":null}""", "\"2\"", ApiClient.MergePatch),
            ("DELETE", $"{tie}/stages/s2", null, "\"2\"", ""),
        };
        foreach (var (method, path, body, etag, type) in steps)
        {
            var dry = await _app.CallAsync(method, path, body, etag, type, ("Prefer", "tx=dry-run"));
            var real = await _app.CallAsync(method, path, body, etag, type);
            Assert.True((dry.Status, dry.ETag, dry.Headers.GetValueOrDefault("Location")) ==
                (real.Status, real.ETag, real.Headers.GetValueOrDefault("Location")), $"{method} {path}: {dry.Status} {dry.Text} {real.Status} {real.Text}");
            Assert.Equal(Comparable(real), Comparable(dry));
            if (dry.Status < 400)
                Assert.Equal("tx=dry-run", dry.Headers["Preference-Applied"]);
        }
    }

    [Fact]
    public async Task A_minimal_answer_has_no_record_and_says_where_and_which_version()
    {
        var id = DraftTestApp.NewId();
        var made = await _app.CallAsync("POST", "/api/v1/cities", DraftTestApp.City(id), headers: ("Prefer", "return=minimal"));
        Assert.Equal((204, "", "\"1\"", $"{_app.Address}api/v1/cities/{id}", "return=minimal"),
            (made.Status, made.Text, made.ETag, made.Headers["Location"], made.Headers["Preference-Applied"]));
        var path = $"/api/v1/cities/{id}";
        // The second changes nothing.
        for (var i = 0; i < 2; i++)
        {
            var reply = await _app.CallAsync("PATCH", path, """{"note":"a"}""", "*", ApiClient.MergePatch, ("Prefer", "return=minimal"));
            Assert.Equal((204, "\"2\""), (reply.Status, reply.ETag));
        }

        (await _app.CallAsync("PATCH", path, """{"note":7}""", "\"2\"", ApiClient.MergePatch, ("Prefer", "return=minimal"))).IsProblem(422, "invalid");
        var whole = (await _app.CallAsync("PATCH", path, """{"note":"b"}""", "\"2\"", ApiClient.MergePatch, ("Prefer", "return=representation"))).Is(200);
        Assert.Equal("return=representation", whole.Headers["Preference-Applied"]);
    }

    [Theory]
    [InlineData("handling=strict, respond-async", 400)]
    [InlineData("handling=strict, return=most", 400)]
    [InlineData("tx=dryrun", 400)]
    [InlineData("tx", 400)]
    [InlineData("respond-async", 200)]
    [InlineData("return=most", 200)]
    [InlineData("handling=strict", 200)]
    public async Task What_a_writer_prefers_is_followed_or_passed_over_and_a_mistyped_dry_run_is_no_write(string prefer, int status)
    {
        var path = await drafts.NewCityAsync();
        var reply = await _app.CallAsync("PATCH", path, """{"note":"n"}""", "\"1\"", ApiClient.MergePatch, ("Prefer", prefer));
        Assert.True(reply.Status == status, reply.Text);
        Assert.Equal(status == 200 ? 2 : 1, (int)(await _app.GetAsync(path))["version"]!);
    }

    private async Task<string> NewTieAsync(string stages, string? city = null) => await _app.CreateAsync("relationships", new JObject
    {
        ["id"] = DraftTestApp.NewId(),
        ["homeCityId"] = "CNTAO",
        ["homeEntityLevel"] = "city",
        ["cityId"] = city ?? (await drafts.NewCityAsync()).Split('/')[^1],
        ["stages"] = JArray.Parse(stages),
    });

    private static string Stages(Reply reply) => string.Join(' ', reply.Json["stages"]!.Select(stage => (string?)stage["stage"]));

    private static string Comparable(Reply reply)
    {
        if (reply.Text.Length == 0)
            return "";
        var json = reply.Json;
        json.Remove("changedAt");
        json.Remove("traceId");
        return json.ToString();
    }
}
