using System.Text;
using System.Text.Json;
using FriendCity.Snapshots.Publishing;
using FriendCity.Snapshots.Tables;
using FriendCity.Storage;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Integration.Snapshots;

public sealed class SnapshotReaderTests
{
    private const int Nights = 25;
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, InlineData(1), InlineData(2, Traits = ["Set", "long"])]
    public async Task Who_follows_the_pointer_sees_whole_snapshots_whatever_fails_while_they_are_published(int seed)
    {
        var (fixture, random) = (await SnapshotFixture.OpenAsync(), new Random(seed));
        await fixture.PublishAsync(SnapshotFixture.Final(1));
        using var stop = new CancellationTokenSource();
        var seen = new HashSet<string>();
        var reader = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
                seen.Add(Follow(fixture.Blobs));
        }, Token);

        var published = 1;
        for (var night = 2; night <= Nights; night++)
        {
            fixture.Blobs.Heal();
            fixture.Blobs.Harm = (random.Next(1, 160), (BlobFault)random.Next(3));
            try
            {
                if (await fixture.Run.RunAsync(SnapshotFixture.Final(night), Token) is SnapshotOutcome.Published)
                    published++;
            }
            catch (StorageException)
            {
                // The reader goes on with the night before.
            }

            // Days pass, so old files are swept meanwhile.
            fixture.Clock.Advance(TimeSpan.FromDays(1));
        }

        await stop.CancelAsync();
        await reader;
        Assert.InRange(published, 3, Nights);
        Assert.InRange(seen.Count, 2, Nights);
    }

    [Fact]
    public async Task What_no_published_snapshot_names_is_swept_after_a_week_and_not_before()
    {
        var fixture = await SnapshotFixture.OpenAsync();
        var old = await fixture.PublishAsync(SnapshotFixture.Provisional(1));
        await fixture.PublishAsync(SnapshotFixture.Final(1));
        // For a day it is listed as superseded, from the moment of the run that came after it.
        fixture.Clock.Advance(TimeSpan.FromDays(1.01));
        await fixture.PublishAsync(SnapshotFixture.Final(2));
        fixture.Clock.Advance(TimeSpan.FromDays(6.9));
        await fixture.PublishAsync(SnapshotFixture.Final(2));
        Assert.NotNull(fixture.Blobs.Bytes($"snapshots/{old.Id}/kpi_daily.csv"));
        fixture.Clock.Advance(TimeSpan.FromDays(0.2));
        await fixture.PublishAsync(SnapshotFixture.Final(3));
        Assert.DoesNotContain(fixture.Blobs.Paths, path => path.Contains(old.Id, StringComparison.Ordinal));
        fixture.Audit();
    }

    [Fact]
    [Trait("Set", "long")]
    public async Task Three_years_of_nights_stay_under_five_thousand_blobs()
    {
        // How many blobs there are has nothing to do with how much they hold: one relationship is enough for the daily tables to have rows each day.
        var fixture = new SnapshotFixture(await SampleRegistry.LoadAsync(SmallSample.Folder, (type, record) => type is "scopes"
            || record.Id is "CN" or "TJ" or "CNTAO" or "TJDYU" or "R05"));
        var first = new DateOnly(2023, 11, 22);
        Assert.IsType<SnapshotOutcome.Published>(await fixture.Run.RunAsync(
            SnapshotFixture.Provisional(22) with { Days = [.. Enumerable.Range(0, 3 * 365).Select(first.AddDays)] }, Token));
        // Two more than are kept: the oldest ones go, and with them the provisional one, which a week has passed since.
        for (var night = 0; night < 16; night++)
        {
            fixture.Clock.Advance(TimeSpan.FromDays(1));
            var newest = await fixture.PublishAsync(SnapshotFixture.Final(22) with { Day = new DateOnly(2026, 11, 22).AddDays(night) });
            fixture.Blobs.Forget(path => !path.StartsWith("snapshots/", StringComparison.Ordinal)
                || path.Contains(newest.Id, StringComparison.Ordinal)
                || path.EndsWith("manifest.json", StringComparison.Ordinal));
        }

        Assert.InRange(fixture.Blobs.Paths.Count, 2 * 3 * 365, 4_999);
    }

    [Fact]
    public async Task Missed_nights_are_made_up_for_each_under_its_date()
    {
        var fixture = await SnapshotFixture.OpenAsync();
        await fixture.PublishAsync(SnapshotFixture.Final(10));
        var manifest = await fixture.PublishAsync(SnapshotFixture.Final(14) with { Once = true });
        Assert.Equal([11, 12, 13, 14], manifest.Days.Select(day => day.Day));
        Assert.Equal([10, 11, 12, 13, 14], fixture.Read(manifest.Id, KpiDaily.Table).Rows.Select(row => DailyFormats.DayOf(row).Day).Distinct());
        Assert.All(fixture.Read(manifest.Id, KpiDaily.Table).Rows.Where(row => row[1] is "now"),
            row => Assert.Equal(row[0], row[KpiDaily.Table.IndexOf("as_of")]));
        Assert.NotNull(fixture.Blobs.Bytes("history/kpi_daily/snapshot_date=2026-11-12/part-0.parquet"));
    }

    [Fact]
    public async Task The_first_snapshot_makes_the_months_before_it_and_no_other_does()
    {
        var fixture = new SnapshotFixture(await SmallSample.LoadAsync(), figuresFrom: new(2026, 8, 9));
        var first = await fixture.PublishAsync(SnapshotFixture.Final(20));
        DateOnly[] months = [new(2026, 8, 9), new(2026, 8, 31), new(2026, 9, 30), new(2026, 10, 31)];
        Assert.Equal([.. months, new(2026, 11, 20)], first.Days);
        Assert.NotNull(fixture.Blobs.Bytes("history/kpi_daily/snapshot_date=2026-09-30/part-0.parquet"));
        var next = await fixture.PublishAsync(SnapshotFixture.Final(21));
        Assert.Equal([new DateOnly(2026, 11, 21)], next.Days);
        Assert.Equal([.. months, new(2026, 11, 20), new(2026, 11, 21)],
            fixture.Read(next.Id, KpiDaily.Table).Rows.Select(DailyFormats.DayOf).Distinct());
        fixture.Audit();
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
