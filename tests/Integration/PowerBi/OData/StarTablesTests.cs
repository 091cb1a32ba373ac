using FriendCity.Http.Errors;
using FriendCity.PowerBi.OData.Star;
using FriendCity.Snapshots.Tables;
using FriendCity.Tests.Integration.Snapshots;
using FriendCity.Tests.Support;

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
        var counts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => CountAsync(star, id, Projects))));
        Assert.Equal(1, reads);
        Assert.All(counts, count => Assert.Equal(fixture.Read(id, ProjectTable.Table).Rows.Count, count));
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
        Assert.Equal(days[^1].Value, await CountAsync(new StarTables(fixture.Store), id, StarSet.KpiLatest()));
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
        await Assert.ThrowsAsync<InvalidDataException>(() => star.OpenAsync(id, Projects, Token));
        fixture.Blobs.Tamper(path, bytes);
        Assert.NotEqual(0, await CountAsync(star, id, Projects));
    }

    [Fact]
    public async Task A_table_that_gave_way_is_read_to_its_end_and_its_file_is_gone_with_the_last_reader()
    {
        var fixture = await SnapshotFixture.OpenAsync();
        var ids = new List<string>();
        foreach (var day in new[] { 18, 19, 20, 21 })
            ids.Add((await fixture.PublishAsync(SnapshotFixture.Final(day))).Id);
        var (star, files) = (new StarTables(fixture.Store), new List<MemoryStream>());
        fixture.Room = () =>
        {
            files.Add(new MemoryStream());
            return files[^1];
        };
        using (var first = await star.OpenAsync(ids[0], Projects, Token))
        using (var second = await star.OpenAsync(ids[0], Projects, Token))
        {
            using var names = first.Walk(Projects.Query(), 7, row => row.Id).GetEnumerator();
            Assert.True(names.MoveNext());
            foreach (var id in ids.Skip(1))
                Assert.NotEqual(0, await CountAsync(star, id, Projects));
            Assert.Equal([true, false, true, true], files.Select(file => file.CanRead));
            var read = 1;
            while (names.MoveNext())
                read++;
            Assert.Equal(fixture.Read(ids[0], ProjectTable.Table).Rows.Count, read);
        }

        Assert.Equal([false, false, true, true], files.Select(file => file.CanRead));
        Assert.NotEqual(0, await CountAsync(star, ids[0], Projects));
        Assert.Equal([false, false, false, true, true], files.Select(file => file.CanRead));
        star.Dispose();
        Assert.DoesNotContain(files, file => file.CanRead);
    }

    [Fact]
    public async Task The_figures_of_the_newest_day_are_in_the_file_of_all_days_and_are_brought_with_it()
    {
        var fixture = await SnapshotFixture.OpenAsync();
        var id = (await fixture.PublishAsync(SnapshotFixture.Final(20))).Id;
        var (star, opened) = (new StarTables(fixture.Store), 0);
        fixture.Room = () =>
        {
            opened++;
            return new MemoryStream();
        };
        Assert.Equal(await CountAsync(star, id, StarSet.Of(KpiDaily.Table)), await CountAsync(star, id, StarSet.KpiLatest()));
        Assert.Equal(1, opened);
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
        Assert.NotEqual(0, await CountAsync(star, old, Projects));

        foreach (var path in fixture.Blobs.Paths.Where(path => path.StartsWith($"snapshots/{old}/", StringComparison.Ordinal)))
            fixture.Blobs.Tamper(path, null);
        var refusal = await Assert.ThrowsAsync<ProblemException>(() => new StarTables(fixture.Store).OpenAsync(old, Projects, Token));
        Assert.Equal((Problems.Gone, "$skiptoken"), (refusal.Problem.Code, refusal.Target));
    }

    private static async Task<long> CountAsync(StarTables star, string id, StarSet set)
    {
        using var rows = await star.OpenAsync(id, set, Token);
        return rows.Count(set.Query().Rows);
    }
}
