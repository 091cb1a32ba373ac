using System.Text;
using FriendCity.Kpis.Model;
using FriendCity.Operations;
using FriendCity.Records.Query.Filters;
using FriendCity.Snapshots.Contracts;
using FriendCity.Snapshots.Publishing;
using FriendCity.Snapshots.Tables;
using FriendCity.Tests.Support;
using FriendCity.Tests.Unit.Snapshots.Parquet;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Compression = ParquetSharp.Compression;
using Json = FriendCity.Serialization.Json;

namespace FriendCity.Tests.Integration.Snapshots;

/// <summary>What the verification of a published snapshot finds.</summary>
public sealed class SnapshotVerifyTests
{
    private static readonly SnapshotTable Table = KpiDaily.Table;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_good_snapshot_is_verified_and_its_missed_copies_are_made()
    {
        var (fixture, manifest) = await SnapshotReadingTests.PublishedAsync();
        foreach (var path in fixture.Blobs.Paths.Where(path => path.StartsWith("latest/", StringComparison.Ordinal)
            || path.StartsWith("history/", StringComparison.Ordinal)))
            fixture.Blobs.Tamper(path, null);
        Assert.Equal((Operation.Succeeded, null), await VerifyAsync(fixture, manifest.Id));
        Assert.Equal(fixture.Blobs.Bytes($"snapshots/{manifest.Id}/kpi_daily.parquet"), fixture.Blobs.Bytes("latest/kpi_daily.parquet"));
        Assert.NotNull(fixture.Blobs.Bytes("history/kpi_daily/snapshot_date=2026-11-21/part-0.parquet"));
    }

    [Theory]
    [InlineData("dim_city.parquet", "dim_city.parquet is missing or damaged")]
    [InlineData("manifest.json", "manifest.json is not the one")]
    [InlineData("view", "fact_relationship_stage does not come out again")]
    public async Task A_damaged_snapshot_is_noticed(string what, string message)
    {
        var (fixture, manifest) = await SnapshotReadingTests.PublishedAsync();
        var path = $"snapshots/{manifest.Id}/{what}";
        if (what == "view")
            fixture.Registry = await SnapshotRunTests.WithoutCityAsync();
        else
            fixture.Blobs.Tamper(path, [.. fixture.Blobs.Bytes(path)!, (byte)'\n']);
        var (state, detail) = await VerifyAsync(fixture, manifest.Id);
        Assert.Equal(Operation.Failed, state);
        Assert.Contains(message, detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("csv", "changed"), InlineData("csv", "missing"), InlineData("csv", "extra")]
    [InlineData("json", "changed"), InlineData("json", "missing"), InlineData("json", "extra")]
    [InlineData("parquet", "changed"), InlineData("parquet", "missing"), InlineData("parquet", "extra")]
    public async Task A_row_that_is_another_in_one_form_is_noticed_though_every_hash_is_right(string form, string what)
    {
        var (fixture, manifest) = await SnapshotReadingTests.PublishedAsync();
        var rows = fixture.Read(manifest.Id, Table).Rows.ToList();
        object?[] other = [.. rows[7].Select((cell, i) => i == Table.IndexOf("rows") ? 99L : i == Table.IndexOf("dimension_value") && what == "extra"
            ? "nowhere" : cell)];
        rows.RemoveRange(7, what == "extra" ? 0 : 1);
        rows.InsertRange(7, what == "missing" ? [] : [other]);
        var format = SnapshotFormat.All.Single(each => each.Name == form);
        Forge(fixture, manifest, format.FileOf(Table), format.Bytes(Table, rows, manifest.Id));

        // Hashes stand in a file without the cell that was changed.
        string[] others =
        [
            "kpi_daily.csv", "kpi_daily.json", "kpi_daily.v2.csv.gz", "kpi_daily.v2.json.gz", "kpi_daily.v2.parquet",
            .. what == "changed" ? [] : (string[])["kpi_rows.parquet"],
        ];
        var (state, detail) = await VerifyAsync(fixture, manifest.Id);
        Assert.Equal((Operation.Failed, form != "parquet"
            ? $"faults, 1 in all: kpi_daily.{form} does not hold the cells of kpi_daily.parquet"
            : $"faults, {others.Length + 1} in all: {string.Concat(others.Select(other => $"{other} does not hold the cells of kpi_daily.parquet; "))}"
                + $"kpi_daily does not come out again from the records of {ValueComparers.Instant.Key(manifest.PointInTimeRead.Watermark)}"),
                    (state, detail));
    }

    [Fact]
    public async Task A_snapshot_that_another_writer_wrote_is_verified_and_goes_on()
    {
        var (fixture, manifest) = await SnapshotReadingTests.PublishedAsync();
        var read = fixture.Read(manifest.Id, Table);
        var old = ParquetTableTests.Bytes(read, rowsPerGroup: 100, Compression.Uncompressed);
        Assert.NotEqual(fixture.Blobs.Bytes($"snapshots/{manifest.Id}/kpi_daily.parquet"), old);
        Forge(fixture, manifest, "kpi_daily.parquet", old);
        Assert.Equal((Operation.Succeeded, null), await VerifyAsync(fixture, manifest.Id));
        var next = await fixture.PublishAsync(SnapshotFixture.Final(22));
        Assert.Equal(manifest.Id, next.HistoryFrom);
        Assert.Equal(read.Rows, fixture.Read(next.Id, Table).Rows.Take(read.Rows.Count));
    }

    [Fact]
    public async Task A_snapshot_of_a_time_when_a_table_had_fewer_columns_is_verified()
    {
        var (fixture, manifest) = await SnapshotReadingTests.PublishedAsync();
        var (table, last) = (CityTable.Table, CityTable.Table.Columns[^1].Name);
        var fewer = new SnapshotTable<object?[]>(table.Name, table.Label, table.Key, [.. table.Columns.SkipLast(1).Select((column, i) =>
            new Column<object?[]>(column.Name, column.Type, column.Nullable, column.Unit, column.Description, row => row[i]))], _ => []);
        var rows = fixture.Read(manifest.Id, table).Rows.Select(row => row[..^1]).ToList();
        var told = Json.Parse(Encoding.UTF8.GetString(manifest.ToBytes()));
        ((JArray)told["tables"]![table.Name]!["columns"]!).Last!.Remove();
        foreach (var format in SnapshotFormat.All)
        {
            var bytes = format.Bytes(fewer, rows, manifest.Id);
            fixture.Blobs.Tamper($"snapshots/{manifest.Id}/{format.FileOf(table)}", bytes);
            told["files"]!.Single(file => (string)file["name"]! == format.FileOf(table))["sha256"] = SnapshotStore.Hash(bytes);
        }

        var (before, after) = (manifest.ToBytes(), Encoding.UTF8.GetBytes(told.ToString(Formatting.None)));
        Assert.DoesNotContain($"\"{last}\"", (string)told["tables"]![table.Name]!.ToString(), StringComparison.Ordinal);
        fixture.Blobs.Tamper($"snapshots/{manifest.Id}/manifest.json", after);
        fixture.Blobs.Tamper("current.json", Replace(fixture.Blobs.Bytes("current.json")!, SnapshotStore.Hash(before), SnapshotStore.Hash(after)));
        Assert.Equal((Operation.Succeeded, null), await VerifyAsync(fixture, manifest.Id));
    }

    /// <summary>Puts another file in a file's place, and its hash in the place of the hash.</summary>
    internal static void Forge(SnapshotFixture fixture, SnapshotManifest manifest, string name, byte[] bytes)
    {
        fixture.Blobs.Tamper($"snapshots/{manifest.Id}/{name}", bytes);
        var told = manifest.ToBytes();
        var forged = Replace(told, manifest.Files.Single(file => file.Name == name).Sha256, SnapshotStore.Hash(bytes));
        fixture.Blobs.Tamper($"snapshots/{manifest.Id}/manifest.json", forged);
        fixture.Blobs.Tamper("current.json", Replace(fixture.Blobs.Bytes("current.json")!, SnapshotStore.Hash(told), SnapshotStore.Hash(forged)));
    }

    private static byte[] Replace(byte[] bytes, string old, string by) =>
        Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes).Replace(old, by, StringComparison.Ordinal));

    [Fact]
    public async Task Figures_come_out_again_under_the_views_of_their_time_whatever_the_settings_say_since()
    {
        var (fixture, manifest) = await SnapshotReadingTests.PublishedAsync();
        Assert.Equal(Sample.Views.All.Select(Told), SnapshotManifest.ViewsOf(fixture.Blobs.Bytes($"snapshots/{manifest.Id}/manifest.json")!)!.Select(Told));
        fixture.Views = new([KpiPresets.World], KpiPresets.World);
        Assert.Null(await fixture.NewVerify().RunAsync(manifest.Id, (_, _, _) => Task.CompletedTask, Token));

        static string Told(KpiPreset view) => $"{view with { Scenarios = [] }} {string.Join(',', view.Scenarios)}";
    }

    private static async Task<(string? State, string? Detail)> VerifyAsync(SnapshotFixture fixture, string id)
    {
        var (status, _, body) = await SnapshotApiTests.AnswerAsync(fixture.Functions.Verify(SnapshotApiTests.Request("POST"), id, Token));
        Assert.Equal(202, status);
        await fixture.Operations.IdleAsync().WaitAsync(TimeSpan.FromSeconds(60), Token);
        var operation = await fixture.Book.FindAsync(SnapshotApiTests.Property(body, "id").GetString()!, Token);
        return (operation!.State, operation.Detail);
    }
}
