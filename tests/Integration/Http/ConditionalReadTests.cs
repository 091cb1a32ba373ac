using FriendCity.Tests.Support;


namespace FriendCity.Tests.Integration.Http;

/// <summary>One evaluator of If-Match and If-None-Match (RFC 9110 13) for everything that has an ETag.</summary>
public sealed class ConditionalReadTests(Azurite azurite)
{
    public static TheoryData<string, string, string, int> Cases()
    {
        var cases = new TheoryData<string, string, string, int>();
        foreach (var kind in new[] { "record", "attachment", "manifest", "file", "pointer", "copy", "feed" })
        {
            foreach (var same in new[] { "{tag}", "\"other\", {tag}", "W/{tag}", "*" })
                cases.Add(kind, "If-None-Match", same, 304);
            cases.Add(kind, "If-None-Match", "\"other\"", 200);
            cases.Add(kind, "If-None-Match", "other", 400);
            cases.Add(kind, "If-Match", "\"other\"", 412);
            cases.Add(kind, "If-Match", "*", 200);
            cases.Add(kind, "If-Match", "other", 400);
            // The feed's own tag is weak, and a weak one never matches strongly.
            cases.Add(kind, "If-Match", "{tag}", kind == "feed" ? 412 : 200);
            cases.Add(kind, "If-Match", "W/{tag}", 412);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task What_a_reader_holds_is_told_apart_in_one_way(string kind, string header, string value, int status)
    {
        var app = await azurite.StarOfficeAsync();
        var path = await PathAsync(app, kind);
        var whole = (await app.CallAsync("GET", path)).Is(200);
        var strong = whole.ETag!.Replace("W/", "", StringComparison.Ordinal);
        var reply = await app.CallAsync("GET", path,
            headers: (header, value.Replace("W/{tag}", $"W/{strong}", StringComparison.Ordinal)
            .Replace("{tag}", whole.ETag, StringComparison.Ordinal)));
        Assert.True(status == reply.Status, $"{kind} {header}: {value}: {reply.Status} {reply.Text}");
        if (status != 304)
            return;
        // RFC 9110 15.4.5: what a cache must learn of the 200.
        foreach (var name in new[] { "ETag", "Cache-Control", "Vary" })
            Assert.Equal((name, whole.Headers.GetValueOrDefault(name)), (name, reply.Headers.GetValueOrDefault(name)));
        Assert.Empty(reply.Text);
    }

    [Fact]
    public async Task Twelve_writers_who_take_any_version_are_all_served()
    {
        await using var app = await azurite.OfficeAsync(sample: true);
        var path = await app.CreateAsync("cities", DraftTestApp.City());
        var replies = await Task.WhenAll(Enumerable.Range(0, 12).Select(n => app.CallAsync("PATCH", path, $$"""{"nameEn":"City {{n}}"}""", "*", ApiClient.MergePatch)));
        Assert.All(replies, reply => reply.Is(200));
        Assert.Equal(13, (await app.GetAsync(path + "/history"))["value"]!.Count());
    }

    private static async Task<string> PathAsync(TestApp app, string kind)
    {
        switch (kind)
        {
            case "record":
                return "/api/v1/cities/RULED";
            case "feed":
                return "/odata/Cities";
            case "attachment":
                return Azurite.StarLetter;
        }

        var pointer = await app.GetAsync("/powerbi/data/current.json");
        var id = (string)pointer["snapshotId"]!;
        return kind switch
        {
            "manifest" => $"/api/v1/snapshots/{id}",
            "file" => $"/api/v1/snapshots/{id}/files/kpi_daily.csv",
            "pointer" => "/powerbi/data/current.json",
            _ => "/powerbi/data/latest/kpi_daily.csv",
        };
    }
}
