using FriendCity.Snapshots.Contracts;
using FriendCity.Snapshots.Formats;
using FriendCity.Snapshots.Publishing;
using FriendCity.Snapshots.Tables;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Integration.Snapshots;

/// <summary>What has to hold before a snapshot is published.</summary>
public sealed class SnapshotCheckTests
{
    private static readonly DateOnly Day = new(2026, 11, 21);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_scan_brings_to_light_is_in_a_second_cut_and_the_first_ones_files_are_swept()
    {
        var fixture = await SnapshotFixture.OpenAsync();
        var (scans, other) = (0, await SnapshotRunTests.WithoutCityAsync());
        fixture.Agree = () =>
        {
            fixture.Registry = other;
            return new ConsistencyCheck(0, []) { Discord = ++scans == 1 ? "A record came to light." : null };
        };
        var manifest = await fixture.PublishAsync(SnapshotFixture.Final(21));
        Assert.Equal(2, scans);
        Assert.Equal(12.0, Assert.Single(fixture.Read(manifest.Id, KpiDaily.Table).Rows, row => row[1] is "article" && row[2] is "K03")[5]);
        fixture.Audit();
        var left = Assert.Single(Folders(fixture), id => id != manifest.Id);
        Assert.DoesNotContain(fixture.Blobs.Paths, path => path == $"snapshots/{left}/manifest.json"
            || path.StartsWith("failures/", StringComparison.Ordinal));

        fixture.Clock.Advance(TimeSpan.FromDays(6.9));
        await fixture.PublishAsync(SnapshotFixture.Final(22));
        Assert.Contains(left, Folders(fixture));
        fixture.Clock.Advance(TimeSpan.FromDays(0.2));
        await fixture.PublishAsync(SnapshotFixture.Final(23));
        Assert.DoesNotContain(left, Folders(fixture));
    }

    [Fact]
    public async Task A_second_cut_that_does_not_agree_either_publishes_nothing_and_leaves_evidence()
    {
        var fixture = await SnapshotFixture.OpenAsync();
        var scans = 0;
        fixture.Agree = () => new ConsistencyCheck(0, []) { Discord = $"Record {++scans} came to light." };
        Assert.Equal("Record 2 came to light.", (
            await Assert.ThrowsAsync<InvalidDataException>(() => fixture.Run.RunAsync(SnapshotFixture.Final(21), Token))).Message);
        Assert.Equal((2, null), (scans, fixture.CurrentId()));
        Assert.Single(fixture.Blobs.Paths, path => path.StartsWith("failures/", StringComparison.Ordinal));
    }

    [Theory, InlineData("csv"), InlineData("json"), InlineData("parquet")]
    public async Task A_file_with_a_row_less_or_more_is_noticed(string format)
    {
        var rows = KpiDaily.Table.Read(await SampleRegistry.LoadAsync(), Day).Rows;
        var file = File(format, rows);
        await CheckAsync(format, rows.Count, file);
        await Assert.ThrowsAsync<InvalidDataException>(() => CheckAsync(format, rows.Count - 1, file));
        await Assert.ThrowsAsync<InvalidDataException>(() => CheckAsync(format, rows.Count + 1, file));
        await Assert.ThrowsAsync<InvalidDataException>(() => CheckAsync(format, rows.Count, file[..^9]));
    }

    [Theory]
    [InlineData("csv", "definition_version", "many")]
    [InlineData("json", "definition_version", "many")]
    [InlineData("csv", "as_of", "tomorrow")]
    [InlineData("json", "as_of", "tomorrow")]
    [InlineData("csv", "kpi_id", null)]
    [InlineData("json", "kpi_id", null)]
    [InlineData("json", "kpi_id", 5L)]
    public async Task A_cell_that_is_not_of_its_columns_type_is_noticed(string format, string column, object? cell)
    {
        var rows = KpiDaily.Table.Read(await SampleRegistry.LoadAsync(), Day).Rows.ToList();
        rows[7] = [.. rows[7].Select((old, i) => i == KpiDaily.Table.IndexOf(column) ? cell : old)];
        await Assert.ThrowsAsync<InvalidDataException>(() => CheckAsync(format, rows.Count, File(format, rows)));
    }

    [Theory, InlineData("csv"), InlineData("json"), InlineData("parquet")]
    public async Task Columns_of_another_table_are_noticed(string format)
    {
        var cities = CityTable.Table.Read(await SampleRegistry.LoadAsync(), Day);
        var file = SnapshotFormat.All.Single(each => each.Name == format).Bytes(CityTable.Table, cities.Rows, "x");
        await Assert.ThrowsAsync<InvalidDataException>(() => CheckAsync(format, cities.Rows.Count, file));
    }

    [Theory, InlineData("csv"), InlineData("parquet")]
    public async Task A_key_that_comes_twice_and_a_day_out_of_its_order_are_noticed(string format)
    {
        var registry = await SampleRegistry.LoadAsync();
        var (eve, day) = (KpiDaily.Table.Read(registry, Day.AddDays(-1)).Rows, KpiDaily.Table.Read(registry, Day).Rows);
        await CheckAsync(format, eve.Count + day.Count, File(format, [.. eve, .. day]));
        var order = await Assert.ThrowsAsync<InvalidDataException>(() => CheckAsync(format, eve.Count + day.Count, File(format, [.. day, .. eve])));
        Assert.Contains("order", order.Message, StringComparison.Ordinal);
        var twice = await Assert.ThrowsAsync<InvalidDataException>(() => CheckAsync(format, day.Count + 1, File(format, [.. day, day[3]])));
        Assert.Contains("the key of another", twice.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_with_a_key_twice_keeps_its_snapshot_from_being_published()
    {
        var fixture = await SnapshotFixture.OpenAsync();
        var rows = CityTable.Table.Read(fixture.Registry, Day).Rows;
        await Assert.ThrowsAsync<InvalidDataException>(() => StoreAsync(fixture, "x", [.. rows, rows[0]]));
        await StoreAsync(fixture, "y", rows);
    }

    /// <summary>The table of cities with these rows, in every form.</summary>
    internal static async Task StoreAsync(SnapshotFixture fixture, string id, IEnumerable<object?[]> rows)
    {
        var files = new SnapshotFiles(fixture.Store, id, Day, SnapshotMajors.All);
        await foreach (var file in files.WriteTempAsync(CityTable.Table, new[] { rows }.ToAsyncEnumerable(), Token))
            await files.StoreAsync(file, Token);
    }

    private static List<string> Folders(SnapshotFixture fixture) =>
        [.. fixture.Blobs.Paths.Where(path => path.StartsWith("snapshots/", StringComparison.Ordinal)).Select(path => path.Split('/')[1]).Distinct()];

    private static byte[] File(string format, IReadOnlyList<object?[]> rows) =>
        SnapshotFormat.All.Single(each => each.Name == format).Bytes(KpiDaily.Table, rows, "x");

    private static async Task CheckAsync(string format, int rows, byte[] bytes)
    {
        using var file = new MemoryStream(bytes, writable: false);
        await StoredTable.CheckAsync(KpiDaily.Table, SnapshotFormat.All.Single(each => each.Name == format), rows, file, _ => { }, Token);
    }
}
