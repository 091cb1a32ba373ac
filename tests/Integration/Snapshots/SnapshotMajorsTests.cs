using System.IO.Compression;
using System.Text;
using System.Text.Json;
using FriendCity.PowerBi.OData.Star;
using FriendCity.Snapshots.Comparison;
using FriendCity.Snapshots.Contracts;
using FriendCity.Snapshots.Formats;
using FriendCity.Snapshots.Publishing;
using FriendCity.Snapshots.Tables;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Integration.Snapshots;

/// <summary>Snapshots under the first contract, the second, and both: readers find what they were promised, and no day is lost between.</summary>
public sealed class SnapshotMajorsTests
{
    private static readonly int[] First = [1], Second = [2], Both = [1, 2];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> FilesOfTheSecond => ["kpi_daily.v2.csv.gz", "kpi_daily.v2.json.gz", "kpi_daily.v2.parquet", "kpi_rows.parquet"];

    [Fact]
    public async Task Readers_of_either_contract_find_its_tables_in_the_pointer_and_the_manifest()
    {
        var (fixture, manifest) = await SnapshotReadingTests.PublishedAsync();
        var (current, told) = (fixture.Json("current.json"), fixture.Json($"snapshots/{manifest.Id}/manifest.json"));
        Assert.Equal((1, 1), (current.GetProperty("schemaMajor").GetInt32(), told.GetProperty("schemaMajor").GetInt32()));
        Assert.Equal(SnapshotTables.All.Select(table => (table.Name, $"snapshots/{manifest.Id}/{table.Name}.parquet")), Paths(current));
        Assert.Equal(SnapshotTables.All.SelectMany(table => SnapshotFormat.All.Select(format => $"{table.Name}.{format.Name}")), Names(told));

        var second = Paths(current.GetProperty("majors").GetProperty("2")).ToDictionary(each => each.Table, each => each.Path);
        Assert.Equal(SnapshotTables.All.Select(table => table.Name).Append("kpi_rows").Order(), second.Keys.Order());
        Assert.Equal($"snapshots/{manifest.Id}/dim_city.parquet", second["dim_city"]);
        Assert.Equal($"snapshots/{manifest.Id}/kpi_daily.v2.parquet", second["kpi_daily"]);
        Assert.All(second.Values, path => Assert.NotNull(fixture.Blobs.Bytes(path)));
        var other = told.GetProperty("majors").GetProperty("2");
        Assert.Equal(
        [
            "kpi_city_daily.csv.gz", "kpi_city_daily.json.gz", "kpi_city_daily.parquet", "kpi_daily.v2.csv.gz", "kpi_daily.v2.json.gz",
            "kpi_daily.v2.parquet", "kpi_rows.parquet",
        ], Names(other).Order(StringComparer.Ordinal));
        Assert.DoesNotContain("rows_hash", Columns(other, "kpi_daily"));
        Assert.Equal(KpiDaily.Table.Key.Append("rows_hash").Order(), Columns(other, "kpi_rows").Order());
        Assert.Equal(fixture.Read(manifest.Id, KpiDaily.Table).Rows.Select(row => row[KpiDaily.Table.IndexOf("rows_hash")]),
            Rows(fixture, manifest.Id, KpiDaily.Hashes).Select(row => row[KpiDaily.Hashes.IndexOf("rows_hash")]));
    }

    [Theory]
    [InlineData("2026-11-21", "2025-10-22")]
    [InlineData("2026-03-31", "2025-03-01")]
    [InlineData("2025-03-28", "2024-02-29")]
    [InlineData("2025-03-29", "2024-03-01")]
    [InlineData("2025-03-31", "2024-03-01")]
    [InlineData("2026-02-28", "2025-01-29")]
    [InlineData("2024-02-29", "2023-01-30")]
    public void The_newest_months_begin_the_day_after_that_day_of_the_month_or_after_the_months_last(string day, string first) =>
        Assert.Equal(Cells.ParseDay(first), SnapshotMajors.RecentFrom(Cells.ParseDay(day)));

    [Fact]
    public async Task Compressed_files_hold_the_thirteen_months_that_end_with_the_snapshots_day_and_parquet_all_days()
    {
        var fixture = new SnapshotFixture(await SmallSample.LoadAsync());
        DateOnly[] days = [new(2025, 10, 20), new(2025, 10, 21), new(2025, 10, 22), new(2026, 11, 20)];
        await fixture.PublishAsync(SnapshotFixture.Final(22) with { Days = days });
        // Beside the snapshot of a newer day, which it goes on from.
        var manifest = await fixture.PublishAsync(SnapshotFixture.Final(21));
        DateOnly[] recent = [new(2025, 10, 22), new(2026, 11, 20), new(2026, 11, 21)];
        foreach (var table in DailyFormats.Tables)
        {
            DateOnly[] all = [.. days, new(2026, 11, 21), new(2026, 11, 22)];
            Assert.Equal(all, fixture.Read(manifest.Id, table).Rows.Select(DailyFormats.DayOf).Distinct());
            foreach (var file in SnapshotMajors.Files.Where(file => file.Made == table && file.Format != SnapshotFormat.Parquet))
            {
                var text = Text(fixture.Blobs.Bytes($"snapshots/{manifest.Id}/{file.Name}")!, file.Format);
                Assert.Equal(file.Format.IsRecent ? recent : all, all.Where(day => text.Contains(Cells.Format(day), StringComparison.Ordinal)
                    && text.Split(["\r\n", "{"], StringSplitOptions.None).Any(row => row.StartsWith(Cells.Format(day), StringComparison.Ordinal)
                        || row.StartsWith($"\"snapshot_date\":\"{Cells.Format(day)}\"", StringComparison.Ordinal))));
                Assert.Equal(file.Format.IsRecent ? recent[0] : null, manifest.Files.Single(each => each.Name == file.Name).From);
            }
        }
    }

    [Fact]
    public async Task An_office_that_goes_from_one_contract_to_the_other_and_back_loses_no_day_and_no_hash()
    {
        var fixture = await SnapshotFixture.OpenAsync();
        var made = new List<SnapshotManifest>();
        foreach (var (night, majors) in new[] { First, Second, Both, Second, First }.Index())
        {
            made.Add(await PublishAsync(fixture, majors, 17 + night));
            fixture.Clock.Advance(TimeSpan.FromMinutes(1));
            fixture.Audit();
            var current = fixture.Json("current.json");
            Assert.Equal((majors[0], majors.Contains(2)), (current.GetProperty("schemaMajor").GetInt32(), current.GetProperty("majors")
                .TryGetProperty("2", out _)));
            // What has a fixed name is of this snapshot, or not there.
            var copies = new[]
            {
                ("kpi_daily.parquet", majors.Contains(1) ? "kpi_daily.parquet" : "kpi_daily.v2.parquet"),
                ("kpi_daily.csv", "kpi_daily.csv"), ("kpi_daily.csv.gz", "kpi_daily.v2.csv.gz"),
            };
            foreach (var (copy, of) in copies)
                Assert.Equal(fixture.Blobs.Bytes($"snapshots/{made[^1].Id}/{of}"), fixture.Blobs.Bytes($"latest/{copy}"));
        }

        foreach (var (night, manifest) in made.Index())
        {
            Assert.Equal(night == 0 ? null : made[night - 1].Id, manifest.HistoryFrom);
            foreach (var table in DailyFormats.Tables)
            {
                var rows = await fixture.Store.RowsAsync(manifest.Id, table, Token);
                Assert.Equal(Enumerable.Range(17, night + 1), rows.Select(row => DailyFormats.DayOf(row).Day).Distinct());
                Assert.Equal(table.Read(fixture.Registry, new DateOnly(2026, 11, 17)).Rows, DailyFormats.On(rows, new DateOnly(2026, 11, 17)));
            }

            Assert.Null(await fixture.NewVerify().RunAsync(manifest.Id, (_, _, _) => Task.CompletedTask, Token));
            var set = StarSet.Of(KpiDaily.Table);
            using var star = await new StarTables(fixture.Store).OpenAsync(manifest.Id, set, Token);
            var hashes = star.Walk(set.Query(), 5000, row => (string?)row[KpiDaily.Table.IndexOf("rows_hash")]).ToList();
            Assert.Equal(star.Count(set.Query().Rows), hashes.Count(hash => hash?.Length == 64));
        }

        // Between any two of them a day that both have is the same.
        await using var before = await fixture.Store.TableAsync(made[0].Id, KpiDaily.Table, Token);
        await using var after = await fixture.Store.TableAsync(made[1].Id, KpiDaily.Table, Token);
        var change = TableCompare.Compare(KpiDaily.Table, before, after, 0, Token);
        Assert.Equal((0, 0), (change.Removed, change.Changed));
        // A day's copy has all columns, whichever contract the snapshot is of.
        var day = fixture.Blobs.Bytes("history/kpi_daily/snapshot_date=2026-11-18/part-0.parquet")!;
        Assert.Contains("rows_hash", Encoding.Latin1.GetString(day), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(FilesOfTheSecond))]
    public async Task A_cell_that_is_another_in_a_file_of_the_second_contract_is_noticed_though_every_hash_is_right(string name)
    {
        foreach (var majors in new[] { Both, Second })
        {
            var fixture = await SnapshotFixture.OpenAsync();
            var manifest = await PublishAsync(fixture, majors, 21);
            Assert.Null(await VerifyAsync(fixture, manifest));
            var file = SnapshotMajors.Files.Single(each => each.Name == name);
            var rows = fixture.Read(manifest.Id, KpiDaily.Table).Rows.Select(row => ((TablePart)file.Table).Of(row)).ToList();
            rows[7][file.Table.IndexOf(file.Table == KpiDaily.Hashes ? "rows_hash" : "unit")] = "another";
            SnapshotVerifyTests.Forge(fixture, manifest, name, file.Format.Bytes(file.Table, rows, manifest.Id));
            Assert.Contains(majors == Both || file.Format.IsRecent ? name : "kpi_daily does not come out again", await VerifyAsync(fixture, manifest),
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Hashes_of_other_rows_than_the_figures_are_noticed_where_both_are_read()
    {
        var fixture = await SnapshotFixture.OpenAsync();
        var manifest = await PublishAsync(fixture, Second, 21);
        var rows = Rows(fixture, manifest.Id, KpiDaily.Hashes);
        foreach (IReadOnlyList<object?[]> wrong in new IReadOnlyList<object?[]>[] { [.. rows.Skip(1)], [.. rows.SkipLast(1)], [.. rows, rows[^1]] })
        {
            using var figures = new MemoryStream(fixture.Blobs.Bytes($"snapshots/{manifest.Id}/kpi_daily.v2.parquet")!);
            using var hashes = new MemoryStream(SnapshotFormat.Parquet.Bytes(KpiDaily.Hashes, wrong, "x"));
            var table = new TableRows(KpiDaily.Table, [("figures", figures), ("hashes", hashes)]);
            Assert.Throws<InvalidDataException>(() => table.Of(KpiDaily.Table.Columns).Count());
            Assert.Equal(rows.Count, table.Of([KpiDaily.Table.Columns[0]]).Count());
        }
    }

    [Fact]
    public async Task A_pointer_that_is_gone_comes_back_with_the_contracts_of_the_snapshot_that_it_names()
    {
        foreach (var majors in new[] { First, Second, Both })
        {
            var fixture = await SnapshotFixture.OpenAsync();
            await PublishAsync(fixture, majors, 21);
            var before = fixture.Json("current.json");
            fixture.Blobs.Tamper("current.json", null);
            await fixture.Keeper.RepairAsync(null, Token);
            var after = fixture.Json("current.json");
            foreach (var member in new[] { "schemaMajor", "tables", "majors", "manifest", "sha256" })
                Assert.Equal(before.GetProperty(member).GetRawText(), after.GetProperty(member).GetRawText());
            fixture.Audit();
        }
    }

    [Fact]
    public async Task What_a_program_of_before_wrote_is_read_and_carried_on()
    {
        var fixture = await SnapshotFixture.OpenAsync();
        var manifest = await PublishAsync(fixture, First, 20);
        // It knew of no other contract.
        var path = $"snapshots/{manifest.Id}/manifest.json";
        var (told, old) = (fixture.Blobs.Bytes(path)!, Without(fixture.Blobs.Bytes(path)!));
        fixture.Blobs.Tamper(path, old);
        fixture.Blobs.Tamper("current.json", Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Without(fixture.Blobs.Bytes("current.json")!))
            .Replace(SnapshotStore.Hash(told), SnapshotStore.Hash(old), StringComparison.Ordinal)));
        Assert.Null(await fixture.NewVerify().RunAsync(manifest.Id, (_, _, _) => Task.CompletedTask, Token));
        var next = await PublishAsync(fixture, Both, 21);
        Assert.Equal(manifest.Id, next.HistoryFrom);
        Assert.Equal([20, 21], Rows(fixture, next.Id, KpiDaily.Hashes).Select(row => DailyFormats.DayOf(row).Day).Distinct());
        fixture.Audit();

        static byte[] Without(byte[] json)
        {
            var text = Encoding.UTF8.GetString(json);
            Assert.Contains("\"majors\":{},", text, StringComparison.Ordinal);
            return Encoding.UTF8.GetBytes(text.Replace("\"majors\":{},", "", StringComparison.Ordinal));
        }
    }

    private static async Task<SnapshotManifest> PublishAsync(SnapshotFixture fixture, IReadOnlyList<int> majors, int night)
    {
        fixture.Options = fixture.Options with { Majors = majors };
        var outcome = await fixture.NewRun(fixture.Machine).RunAsync(SnapshotFixture.Final(night), Token);
        return Assert.IsType<SnapshotOutcome.Published>(outcome).Manifest;
    }

    private static Task<string?> VerifyAsync(SnapshotFixture fixture, SnapshotManifest manifest) =>
        fixture.NewVerify().RunAsync(manifest.Id, (_, _, _) => Task.CompletedTask, Token);

    private static List<object?[]> Rows(SnapshotFixture fixture, string id, TablePart part)
    {
        using var file = new MemoryStream(fixture.Blobs.Bytes($"snapshots/{id}/{part.Stem}.parquet")!);
        return [.. new TableRows(part, [("", file)]).Of(part.Columns)];
    }

    private static string Text(byte[] file, SnapshotFormat format)
    {
        using var bytes = new MemoryStream(file);
        using var text = new StreamReader(format.IsRecent ? new GZipStream(bytes, CompressionMode.Decompress) : bytes, Encoding.UTF8);
        return text.ReadToEnd();
    }

    private static IEnumerable<(string Table, string Path)> Paths(JsonElement of) =>
        of.GetProperty("tables").EnumerateObject().Select(table => (table.Name, table.Value.GetString()!));

    private static IEnumerable<string> Names(JsonElement of) =>
        of.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("name").GetString()!);

    private static IEnumerable<string> Columns(JsonElement of, string table) => of.GetProperty("tables").GetProperty(table).GetProperty("columns")
        .EnumerateArray().Select(column => column.GetProperty("name").GetString()!);
}
