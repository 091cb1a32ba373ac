using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Integration.Http;

/// <summary>Lists and single records as the registry held them at an instant.</summary>
public sealed class KnownAtTests(DraftTestApp drafts) : IClassFixture<DraftTestApp>
{
    private readonly TestApp _app = drafts.App;

    [Fact]
    public async Task A_record_and_a_list_show_what_was_known_at_the_instant()
    {
        var (changed, young) = ("p" + DraftTestApp.NewId(), "p" + DraftTestApp.NewId());
        var first = (string)(await CreateAsync(changed, "First"))["changedAt"]!;
        await UntilLaterThanAsync(first);
        (await _app.CallAsync("PATCH", $"/api/v1/centres/{changed}", """{"nameEn":"Second"}""", "\"1\"", ApiClient.MergePatch)).Is(200);
        await CreateAsync(young, "Young");

        var record = await _app.SendAsync("GET", $"/api/v1/centres/{changed}?knownAt={first}");
        Assert.Equal((200, "\"1\"", "First"), (record.Status, record.ETag, (string?)record.Body!["nameEn"]));
        Assert.Equal("not_found", (await _app.SendAsync("GET", $"/api/v1/centres/{young}?knownAt={first}")).Code);
        var list = await _app.GetAsync($"/api/v1/centres?$filter=id%20in%20('{changed}','{young}')&knownAt={first}");
        Assert.Equal(["First"], list["value"]!.Select(row => (string?)row["nameEn"]));
    }

    [Fact]
    public async Task A_deleted_record_is_there_before_its_deletion_and_gone_after_it()
    {
        var id = "p" + DraftTestApp.NewId();
        var made = (string)(await CreateAsync(id, "Here"))["changedAt"]!;
        await UntilLaterThanAsync(made);
        (await _app.CallAsync("DELETE", $"/api/v1/centres/{id}", etag: "\"1\"")).Is(204);
        Assert.Equal(200, (await _app.SendAsync("GET", $"/api/v1/centres/{id}?knownAt={made}")).Status);
        Assert.Equal("gone", (await _app.SendAsync("GET", $"/api/v1/centres/{id}?knownAt={await NowAsync()}")).Code);
    }

    [Fact]
    public async Task Pages_of_the_past_stay_in_the_past_and_their_cursors_fit_no_other_instant()
    {
        var ids = Enumerable.Range(0, 5).Select(n => $"q{n}{DraftTestApp.NewId()}").ToList();
        foreach (var id in ids)
            await CreateAsync(id, "Old");
        var at = await NowAsync();
        await UntilLaterThanAsync(at);
        foreach (var id in ids)
            (await _app.CallAsync("PATCH", $"/api/v1/centres/{id}", """{"nameEn":"New"}""", "\"1\"", ApiClient.MergePatch)).Is(200);

        var (names, next) = (new List<string>(), (string?)$"/api/v1/centres?$filter=startswith(id,'q')&$top=2&knownAt={at}");
        while (next is not null)
        {
            var page = await _app.GetAsync(next);
            names.AddRange(page["value"]!.Select(row => (string)row["nameEn"]!));
            next = (string?)page["nextLink"];
            if (next is not null)
                Assert.Equal("cursor_invalid", (
                    await _app.SendAsync("GET", next.Replace("knownAt=20", "knownAt=19", StringComparison.Ordinal))).Code);
        }

        Assert.Equal(Enumerable.Repeat("Old", 5), names);
    }

    [Theory]
    [InlineData("2024-01-31")]
    [InlineData("2024-01-31T08:00:00")]
    [InlineData("yesterday")]
    [InlineData("2999-01-31T08:00:00Z")]
    [InlineData("2024-01-31T08:00:00+08:00")]
    public async Task An_instant_that_cannot_be_read_or_is_still_to_come_is_refused(string instant)
    {
        foreach (var address in new[] { "/api/v1/centres", "/api/v1/centres/any", "/api/v1/kpis" })
        {
            var answer = await _app.SendAsync("GET", $"{address}?knownAt={instant}");
            Assert.Equal((400, "bad_parameter"), (answer.Status, answer.Code));
            Assert.StartsWith("knownAt:", (string?)answer.Body!["detail"], StringComparison.Ordinal);
        }
    }

    private async Task<JObject> CreateAsync(string id, string name) =>
        (await _app.CallAsync("POST", "/api/v1/centres", new JObject { ["id"] = id, ["nameEn"] = name, ["nameZh"] = name })).Is(201).Json;

    /// <summary>The registry's own time, of a record written for that.</summary>
    private async Task<string> NowAsync() => (string)(await CreateAsync("t" + DraftTestApp.NewId(), "Time"))["changedAt"]!;

    private async Task UntilLaterThanAsync(string instant)
    {
        while (string.CompareOrdinal(await NowAsync(), instant) <= 0)
            await Task.Yield();
    }
}
