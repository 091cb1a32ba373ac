using FriendCity.Http.Errors;
using FriendCity.PowerBi.OData.Star;
using FriendCity.Snapshots.Tables;
using FriendCity.Tests.Integration.Snapshots;

namespace FriendCity.Tests.Integration.PowerBi.OData;

/// <summary>Which tables are held, and what becomes of links when their snapshot goes.</summary>
public sealed class StarTablesTests
{
    private static readonly StarSet Projects = StarSet.Of(ProjectTable.Table);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_table_is_read_once_however_many_ask()
    {
        var fixture = await SnapshotFixture.OpenAsync();
        var id = (await fixture.PublishAsync(SnapshotFixture.Final(20))).Id;
        var star = new StarTables(fixture.Store);
        var reads = 0;
        fixture.Blobs.Before = (verb, path) =>
        {
            if (verb == "get" && path.EndsWith("fact_project.parquet", StringComparison.Ordinal))
                Interlocked.Increment(ref reads);
            return Task.CompletedTask;
        };
        var sets = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => star.RowsAsync(id, Projects, Token))));
        Assert.Equal(1, reads);
        Assert.All(sets, set => Assert.Same(sets[0], set));
        Assert.Equal(fixture.Read(id, ProjectTable.Table).Rows.Count, sets[0].Count);
    }

    [Fact]
    public async Task Of_several_days_the_latest_figures_are_those_of_the_last()
    {
        var fixture = await SnapshotFixture.OpenAsync();
        await fixture.PublishAsync(SnapshotFixture.Final(20));
        var id = (await fixture.PublishAsync(SnapshotFixture.Final(21))).Id;
        var day = KpiDaily.Table.IndexOf("snapshot_date");
        var days = fixture.Read(id, KpiDaily.Table).Rows.CountBy(row => (DateOnly)row[day]!).OrderBy(each => each.Key).ToList();
        Assert.Equal(2, days.Count);
        Assert.Equal(days[^1].Value, (await new StarTables(fixture.Store).RowsAsync(id, StarSet.KpiLatest(), Token)).Count);
    }

    [Fact]
    public async Task A_damaged_file_is_not_read_and_once_repaired_is()
    {
        var fixture = await SnapshotFixture.OpenAsync();
        var id = (await fixture.PublishAsync(SnapshotFixture.Final(20))).Id;
        var (star, path) = (new StarTables(fixture.Store), $"snapshots/{id}/fact_project.parquet");
        var bytes = fixture.Blobs.Bytes(path)!;
        byte[] damaged = [.. bytes];
        damaged[^5] ^= 1;
        fixture.Blobs.Tamper(path, damaged);
        await Assert.ThrowsAsync<InvalidDataException>(() => star.RowsAsync(id, Projects, Token));
        fixture.Blobs.Tamper(path, bytes);
        Assert.NotEqual(0, (await star.RowsAsync(id, Projects, Token)).Count);
    }

    [Fact]
    public async Task A_snapshot_that_another_took_the_place_of_is_read_while_its_files_are_there_and_is_gone_after()
    {
        var fixture = await SnapshotFixture.OpenAsync();
        var old = (await fixture.PublishAsync(SnapshotFixture.Provisional(22))).Id;
        var star = new StarTables(fixture.Store);
        await fixture.PublishAsync(SnapshotFixture.Final(22));
        Assert.NotEqual(old, await star.CurrentAsync(Token));
        Assert.NotNull((await fixture.Store.PublishedAsync(Token)).Single(snapshot => snapshot.Id == old).SupersededBy);
        Assert.NotEqual(0, (await star.RowsAsync(old, Projects, Token)).Count);

        foreach (var path in fixture.Blobs.Paths.Where(path => path.StartsWith($"snapshots/{old}/", StringComparison.Ordinal)))
            fixture.Blobs.Tamper(path, null);
        var refusal = await Assert.ThrowsAsync<ProblemException>(() => new StarTables(fixture.Store).RowsAsync(old, Projects, Token));
        Assert.Equal((Problems.Gone, "$skiptoken"), (refusal.Problem.Code, refusal.Target));
    }
}
