using System.Text;
using System.Text.Json;
using FriendCity.Snapshots.Publishing;
using FriendCity.Snapshots.Tables;
using FriendCity.Storage;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Snapshots;

public sealed class SnapshotReaderTests
{
    private const int Nights = 25;
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, InlineData(1), InlineData(2)]
    public async Task Who_follows_the_pointer_sees_whole_snapshots_whatever_fails_while_they_are_published(int seed)
    {
        var (bench, random) = (await Bench.OpenAsync(), new Random(seed));
        await bench.PublishAsync(Bench.Final(1));
        using var stop = new CancellationTokenSource();
        var seen = new HashSet<string>();
        var reader = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
                seen.Add(Follow(bench.Blobs));
        }, Token);

        var published = 1;
        for (var night = 2; night <= Nights; night++)
        {
            bench.Blobs.Heal();
            bench.Blobs.Harm = (random.Next(1, 160), (BlobFault)random.Next(3));
            try
            {
                if (await bench.Run.RunAsync(Bench.Final(night), Token) is SnapshotOutcome.Published)
                    published++;
            }
            catch (StorageException)
            {
                // The reader goes on with the night before.
            }

            // Days pass, so old files are swept meanwhile.
            bench.Clock.Advance(TimeSpan.FromDays(1));
        }

        await stop.CancelAsync();
        await reader;
        Assert.InRange(published, 3, Nights);
        Assert.InRange(seen.Count, 2, Nights);
    }

    [Fact]
    public async Task What_no_published_snapshot_names_is_swept_after_a_week_and_not_before()
    {
        var bench = await Bench.OpenAsync();
        var old = await bench.PublishAsync(Bench.Provisional(1));
        await bench.PublishAsync(Bench.Final(1));
        // For a day it is listed as superseded.
        bench.Clock.Advance(TimeSpan.FromDays(1));
        await bench.PublishAsync(Bench.Final(2));
        bench.Clock.Advance(TimeSpan.FromDays(6.9));
        await bench.PublishAsync(Bench.Final(2));
        Assert.NotNull(bench.Blobs.Bytes($"snapshots/{old.Id}/kpi_daily.csv"));
        bench.Clock.Advance(TimeSpan.FromDays(0.2));
        await bench.PublishAsync(Bench.Final(3));
        Assert.DoesNotContain(bench.Blobs.Paths, path => path.Contains(old.Id, StringComparison.Ordinal));
        bench.Audit();
    }

    [Fact]
    [Trait("Set", "long")]
    public async Task Three_years_of_nights_stay_under_five_thousand_blobs()
    {
        // How many blobs there are has nothing to do with how much they hold: one relationship is enough for the daily tables to have rows each day.
        var bench = new Bench(await SampleView.LoadAsync(SmallSample.Folder, (type, record) => type is "scopes"
            || record.Id is "CN" or "TJ" or "CNTAO" or "TJDYU" or "R05"));
        var first = new DateOnly(2023, 11, 22);
        Assert.IsType<SnapshotOutcome.Published>(await bench.Run.RunAsync(
            Bench.Provisional(22) with { Days = [.. Enumerable.Range(0, 3 * 365).Select(first.AddDays)] }, Token));
        // Two more than are kept: the oldest ones go, and with them the provisional one, which a week has passed since.
        for (var night = 0; night < 16; night++)
        {
            bench.Clock.Advance(TimeSpan.FromDays(1));
            var newest = await bench.PublishAsync(Bench.Final(22) with { Day = new DateOnly(2026, 11, 22).AddDays(night) });
            bench.Blobs.Forget(path => !path.StartsWith("snapshots/", StringComparison.Ordinal) || path.Contains(newest.Id, StringComparison.Ordinal)
                || path.EndsWith("manifest.json", StringComparison.Ordinal));
        }

        Assert.InRange(bench.Blobs.Paths.Count, 2 * 3 * 365, 4_999);
    }

    [Fact]
    public async Task Missed_nights_are_made_up_for_each_under_its_date()
    {
        var bench = await Bench.OpenAsync();
        await bench.PublishAsync(Bench.Final(10));
        var manifest = await bench.PublishAsync(Bench.Final(14) with { Once = true });
        Assert.Equal([11, 12, 13, 14], manifest.Days.Select(day => day.Day));
        Assert.Equal([10, 11, 12, 13, 14], bench.Read(manifest.Id, KpiDaily.Table).Rows.Select(row => Daily.DayOf(row).Day).Distinct());
        Assert.All(bench.Read(manifest.Id, KpiDaily.Table).Rows.Where(row => row[1] is "now"),
            row => Assert.Equal(row[0], row[KpiDaily.Table.IndexOf("as_of")]));
        Assert.NotNull(bench.Blobs.Bytes("history/kpi_daily/snapshot_date=2026-11-12/part-0.parquet"));
    }

    /// <summary>Reads as a stranger would: pointer, manifest, every file. Answers the snapshot's id.</summary>
    private static string Follow(MemoryBlobs blobs)
    {
        var current = JsonSerializer.Deserialize<JsonElement>(blobs.Bytes("current.json")!);
        var id = current.GetProperty("snapshotId").GetString()!;
        var bytes = blobs.Bytes(current.GetProperty("manifest").GetString()!)!;
        Assert.Equal(current.GetProperty("sha256").GetString(), SnapshotStore.Hash(bytes));
        var manifest = JsonSerializer.Deserialize<JsonElement>(bytes);
        Assert.Equal(id, manifest.GetProperty("id").GetString());
        foreach (var file in manifest.GetProperty("files").EnumerateArray())
        {
            var content = blobs.Bytes($"snapshots/{id}/{file.GetProperty("name").GetString()}");
            Assert.NotNull(content);
            Assert.Equal(file.GetProperty("sha256").GetString(), SnapshotStore.Hash(content));
        }

        foreach (var table in current.GetProperty("tables").EnumerateObject())
            // A Parquet file says itself which snapshot it belongs to.
            Assert.Contains(id, Encoding.Latin1.GetString(blobs.Bytes(table.Value.GetString()!)!), StringComparison.Ordinal);
        return id;
    }
}
