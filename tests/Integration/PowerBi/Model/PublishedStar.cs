using System.Text.Json;
using FriendCity.Operations;
using FriendCity.Snapshots;
using FriendCity.Snapshots.Contracts;
using FriendCity.Snapshots.Pointers;
using FriendCity.Snapshots.Publishing;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Integration.PowerBi.Model;

/// <summary>
/// An office with the sample that has published a snapshot, and the snapshot's Parquet files in a folder: what Power BI reads, beside what the
/// API answers.
/// </summary>
public sealed class PublishedStar : IAsyncDisposable
{
    private readonly string _folder = Scratch.Folder("star");
    private readonly Lazy<Task<TestApp>> _office;
    private DateOnly _first;

    public PublishedStar(Azurite azurite) => _office = new(() => PublishAsync(azurite));

    /// <summary>Opened by the first test that asks.</summary>
    internal Task<TestApp> OfficeAsync() => _office.Value;

    /// <summary>The first of its two days.</summary>
    internal async Task<DateOnly> FirstDayAsync()
    {
        await OfficeAsync();
        return _first;
    }

    internal static DateOnly MonthEndBefore(DateOnly day) => day.AddDays(-day.Day);

    /// <summary>The rows of each statement, run one after the other; skips the test where DuckDB cannot be installed.</summary>
    internal async Task<IReadOnlyDictionary<string, JsonElement>> QueryAsync(IEnumerable<(string Name, string Sql)> statements)
    {
        await OfficeAsync();
        return await QueryAsync(_folder, statements);
    }

    /// <summary>The same over the files of another snapshot.</summary>
    internal static async Task<IReadOnlyDictionary<string, JsonElement>> QueryAsync(string folder, IEnumerable<(string Name, string Sql)> statements)
    {
        var packages = await Oracles.FolderAsync();
        var input = JsonSerializer.Serialize(statements.Select(each => new { name = each.Name, sql = each.Sql }));
        var (code, output) = await Oracles.RunAsync("node", [Repository.At("tests", "oracles", "sql.cjs"), packages], folder, input);
        Assert.True(code == 0, output);
        var answers = JsonSerializer.Deserialize<JsonElement>(output).EnumerateArray().ToList();
        Assert.All(answers, answer => Assert.False(answer.TryGetProperty("fault", out var fault), $"{answer.GetProperty("name")}: {fault}"));
        return answers.ToDictionary(answer => answer.GetProperty("name").GetString()!, answer => answer.GetProperty("rows"));
    }

    /// <summary>Puts the pointer and the current snapshot's tables into a folder.</summary>
    internal static async Task FetchAsync(string folder, Func<string, Task<byte[]>> read)
    {
        var pointer = await read("current.json");
        await File.WriteAllBytesAsync(Path.Combine(folder, "current.json"), pointer);
        foreach (var (table, path) in PointerJson.Read(pointer).Target.Majors[SnapshotMajors.Second])
            await File.WriteAllBytesAsync(Path.Combine(folder, $"{table}.parquet"), await read(path));
    }

    public async ValueTask DisposeAsync()
    {
        if (_office.IsValueCreated)
            await (await _office.Value).DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<TestApp> PublishAsync(Azurite azurite)
    {
        var app = await azurite.OfficeAsync(sample: true,
            builder => builder.Services.AddSingleton(SnapshotOptions.Default with { Settle = TimeSpan.Zero }));
        // Two days of two months, so that taking the last one of them can go wrong, and before them those that figures of either day are
        // compared with.
        var today = app.Services.GetRequiredService<OfficeCalendar>().Today;
        _first = MonthEndBefore(today);
        DateOnly[] days = [_first, today];
        foreach (var day in days.SelectMany(day => (DateOnly[])[day, day.AddMonths(-12), MonthEndBefore(day)])
            .Append(Sample.Views.Now.Baseline!.Value).Distinct().Order())
        {
            Assert.Equal(202, (await app.SendAsync("POST", $"/api/v1/snapshots?date={day:yyyy-MM-dd}")).Status);
            await app.Services.GetRequiredService<OperationRunner>().IdleAsync();
        }

        var store = app.Services.GetRequiredService<SnapshotStore>();
        await FetchAsync(_folder, async path => (await store.BytesAsync(path, default))!);
        return app;
    }
}

/// <summary>Tests that share the one published star.</summary>
[CollectionDefinition]
public sealed class PublishedStars : ICollectionFixture<PublishedStar>;
