using FriendCity.ImportApi;
using FriendCity.Storage.Blobs;
using FriendCity.Tests.Integration.Http;
using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Integration.Imports;

/// <summary>What an import may do, and how much of it.</summary>
public sealed class ImportModeTests(DraftTestApp drafts) : IClassFixture<DraftTestApp>
{
    private readonly TestApp _app = drafts.App;

    [Theory]
    [InlineData("", "1 0 1 1 1 0", "kept", 1)]
    [InlineData("?mode=insert", "1 0 1 1 1 0", "kept", 1)]
    [InlineData("?mode=upsert", "1 1 1 0 1 0", "changed", 2)]
    [InlineData("?mode=update&onError=skip", "0 1 1 0 1 1", "changed", 2)]
    public async Task Each_mode_writes_what_it_says_and_tells_the_rest_apart(string query, string counts, string note, int version)
    {
        var (fresh, same, other, gone) = (DraftTestApp.NewId(), await TagAsync("kept"), await TagAsync("kept"), await TagAsync("kept"));
        (await _app.CallAsync("DELETE", $"/api/v1/tags/{gone}", etag: "\"1\"")).Is(204);
        var end = (await _app.ImportAsync("tags", "Id,Note,Kind,Name (English),中文名称\r\n"
            + $"{fresh},new,goal,A,甲\r\n{same},kept,Theme,T,题\r\n{other},changed,主题,T,题\r\n{gone},changed,theme,T,题\r\n", query: query)).Succeeded();
        Assert.Equal(counts, end.Counts);
        var stored = await _app.GetAsync($"/api/v1/tags/{other}");
        Assert.Equal((note, version), ((string)stored["note"]!, (int)stored["version"]!));
        Assert.Equal(1, (int)(await _app.GetAsync($"/api/v1/tags/{same}"))["version"]!);
        Assert.Equal(query.Contains("update", StringComparison.Ordinal) ? 404 : 200, (await _app.CallAsync("GET", $"/api/v1/tags/{fresh}")).Status);
        Assert.Equal(410, (await _app.CallAsync("GET", $"/api/v1/tags/{gone}")).Status);
    }

    [Fact]
    public async Task An_absent_column_keeps_a_field_and_an_empty_cell_empties_it()
    {
        var tag = await TagAsync("kept");
        (await _app.ImportAsync("tags", $"id,nameEn\r\n{tag},Other\r\n", query: "?mode=update")).Succeeded();
        Assert.Equal(("Other", "kept"), await NamesAsync());
        (await _app.ImportAsync("tags", $"id,note\r\n{tag},\r\n", query: "?mode=update")).Succeeded();
        Assert.Equal(("Other", null), await NamesAsync());
        (await _app.ImportAsync("tags", $$"""{"id":"{{tag}}","note":"again","version":3}""", ImportClient.Ndjson, "?mode=update")).Succeeded();
        Assert.Equal(("Other", "again"), await NamesAsync());

        async Task<(string?, string?)> NamesAsync() =>
            await _app.GetAsync($"/api/v1/tags/{tag}") is var json ? ((string?)json["nameEn"], (string?)json["note"]) : default;
    }

    [Fact]
    public async Task Rows_without_an_id_become_records_with_one()
    {
        var end = (await _app.ImportAsync("tags", "kind,nameEn,nameZh\r\ngoal,Unnamed 1,新一\r\ngoal,Unnamed 2,新二\r\n"))
            .Succeeded();
        Assert.Equal("2 0 0 0 0 0", end.Counts);
        Assert.Equal(2, (int)(await _app.GetAsync("/api/v1/tags?$filter=startswith(nameEn,'Unnamed ')&$count=true"))["count"]!);
    }

    [Fact]
    public async Task A_fault_in_the_last_row_writes_nothing_unless_it_is_to_be_skipped()
    {
        var ids = Enumerable.Range(0, 120).Select(_ => DraftTestApp.NewId()).ToList();
        var file = $"id,kind,nameEn,nameZh\r\n{string.Concat(ids.SkipLast(1).Select(id => $"{id},goal,{id},题\r\n"))}{ids[^1]},none,X,题\r\n";
        var stopped = await _app.ImportAsync("tags", file);
        Assert.Equal(("failed", "import_refused", "0 0 0 0 0 1"), (stopped.State, stopped.Error, stopped.Counts));
        Assert.All(await StatusesAsync(), status => Assert.Equal(404, status));
        var skipped = (await _app.ImportAsync("tags", file, query: "?onError=skip")).Succeeded();
        Assert.Equal(("119 0 0 0 0 1", "- 121 kind /kind not_allowed"), (skipped.Counts, skipped.Faults));
        Assert.Equal((119, 119), ((int)skipped.Operation["done"]!, (int)skipped.Operation["total"]!));
        Assert.Equal([200, 404], (await StatusesAsync()).Distinct());

        async Task<List<int>> StatusesAsync()
        {
            var statuses = new List<int>();
            foreach (var id in new[] { ids[0], ids[118], ids[119] })
                statuses.Add((await _app.CallAsync("GET", $"/api/v1/tags/{id}")).Status);
            return statuses;
        }
    }

    [Fact]
    public async Task A_dry_run_says_what_would_be_and_writes_nothing()
    {
        var (fresh, other) = (DraftTestApp.NewId(), await TagAsync("kept"));
        var file = $"id,kind,nameEn,nameZh,note\r\n{fresh},goal,A,甲,new\r\n{other},theme,T,题,changed\r\n";
        var end = (await _app.ImportAsync("tags", file, query: "?mode=upsert&dryRun=true")).Succeeded();
        Assert.Equal(("1 1 0 0 0 0", true), (end.Counts, (bool)end.Operation["import"]!["dryRun"]!));
        (await _app.CallAsync("GET", $"/api/v1/tags/{fresh}")).IsProblem(404, "not_found");
        Assert.Equal("kept", (string?)(await _app.GetAsync($"/api/v1/tags/{other}"))["note"]);
    }

    [Theory]
    [InlineData(1, "failed", "max_affected", 404)]
    [InlineData(2, "succeeded", null, 200)]
    public async Task No_more_records_are_written_than_the_caller_expects(int most, string state, string? error, int status)
    {
        var (one, two) = (DraftTestApp.NewId(), DraftTestApp.NewId());
        var end = await _app.ImportAsync("tags", $"id,kind,nameEn,nameZh\r\n{one},goal,A,甲\r\n{two},goal,B,乙\r\n", headers: ("Prefer", $"max-affected={most}"));
        Assert.Equal((state, error), (end.State, end.Error));
        Assert.Equal($"max-affected={most}", end.Begun.Headers["Preference-Applied"]);
        Assert.Equal(status, (await _app.CallAsync("GET", $"/api/v1/tags/{one}")).Status);
    }

    /// <summary>Alike a stored city, alike each other, and alike in a code that no two cities have.</summary>
    [Fact]
    public async Task Records_that_are_alike_and_real_are_written_where_the_caller_says_so()
    {
        var ids = Enumerable.Range(0, 4).Select(_ => DraftTestApp.NewId()).ToList();
        var file = $"id,countryId,entityLevel,nameEn,nameZh,unlocode\r\n{ids[0]},KZ,city,Almaty,{ids[0]},\r\n"
            + $"{ids[1]},KZ,city,Alike,{ids[1]},\r\n{ids[2]},KZ,city,alike,{ids[2]},\r\n{ids[3]},KZ,city,{ids[3]},{ids[3]},KZALA\r\n";
        var refused = await _app.ImportAsync("cities", file, query: "?allowDuplicate=false");
        Assert.Equal(("- 2 nameEn /nameEn duplicate; - 4 nameEn /nameEn duplicate; - 5 unlocode /unlocode duplicate", "import_refused"),
            (refused.Faults, refused.Error));
        Assert.Contains("cities/KZALA", (string?)refused.Report["value"]![0]!["message"], StringComparison.Ordinal);
        Assert.Contains($"cities/{ids[1]}", (string?)refused.Report["value"]![1]!["message"], StringComparison.Ordinal);
        var end = (await _app.ImportAsync("cities", file, query: "?allowDuplicate=true&onError=skip")).Succeeded();
        Assert.Equal(("3 0 0 0 0 1", "- 5 unlocode /unlocode duplicate"), (end.Counts, end.Faults));
        Assert.Equal(200, (await _app.CallAsync("GET", $"/api/v1/cities/{ids[0]}")).Status);
        // Tags are never alike and real.
        (await _app.CallAsync("POST", "/api/v1/imports/tags?allowDuplicate=true", "id\r\n", null, ImportClient.Csv)).IsProblem(400, "bad_parameter");
    }

    [Fact]
    public async Task What_was_sent_goes_with_the_operation_and_its_report_stays()
    {
        var (files, blobs) = (_app.Services.GetRequiredService<ImportFiles>(), _app.Services.GetRequiredService<IBlobStorage>());
        var id = (string)(await _app.ImportAsync("tags", $"id,kind,nameEn,nameZh\r\n{DraftTestApp.NewId()},goal,A,甲\r\n")).Operation["id"]!;
        Assert.Equal(["report"], await PartsAsync());

        // A kill between the end and the throwing away leaves them to the night.
        using var left = new MemoryStream([1]);
        await files.PutUploadAsync(id, left, default);
        Assert.Equal(["report", "upload"], await PartsAsync());
        await _app.Services.GetRequiredService<ImportFiles>().SweepAsync(default);
        Assert.Equal(["report"], await PartsAsync());

        async Task<List<string>> PartsAsync()
        {
            var parts = new List<string>();
            await foreach (var item in blobs.ListAsync("friendcity-imports", $"{id.ToLowerInvariant()}/", default))
                parts.Add(item.Name.Split('/')[1]);
            return parts;
        }
    }

    [Fact]
    public async Task A_file_that_is_sent_again_under_its_key_is_one_import()
    {
        var file = "kind,nameEn,nameZh\r\ngoal,Once,一次\r\n";
        var (one, two) = (await _app.ImportAsync("tags", file, headers: ("Idempotency-Key", "import-1")),
            await _app.ImportAsync("tags", file, headers: ("Idempotency-Key", "import-1")));
        Assert.Equal(((string?)one.Operation["id"], "true"), ((string?)two.Operation["id"], two.Begun.Headers.GetValueOrDefault("Idempotency-Replayed")));
        Assert.Equal(1, (int)(await _app.GetAsync("/api/v1/tags?$filter=nameEn eq 'Once'&$count=true"))["count"]!);
        (await _app.CallAsync("POST", "/api/v1/imports/tags", file + "goal,Twice,二\r\n", null, ImportClient.Csv, ("Idempotency-Key", "import-1")))
            .IsProblem(422, "idempotency_key_reused");
    }

    /// <summary>Beyond what a server takes where nothing is said.</summary>
    [Fact]
    public async Task A_file_may_be_larger_than_other_bodies()
    {
        var id = DraftTestApp.NewId();
        var file = new byte[31_000_000];
        System.Array.Fill(file, (byte)'\n');
        System.Text.Encoding.UTF8.GetBytes($$"""{"id":"{{id}}","kind":"goal","nameEn":"A","nameZh":"甲"}""").CopyTo(file, 30_000_500);
        Assert.Equal("1 0 0 0 0 0", (await _app.ImportAsync("tags", file, ImportClient.Ndjson)).Succeeded().Counts);
    }

    private async Task<string> TagAsync(string note)
    {
        var id = DraftTestApp.NewId();
        await _app.CreateAsync("tags", new JObject { ["id"] = id, ["kind"] = "theme", ["nameEn"] = "T", ["nameZh"] = "题", ["note"] = note });
        return id;
    }
}
