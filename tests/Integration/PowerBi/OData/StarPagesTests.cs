using System.Globalization;
using System.Runtime.CompilerServices;
using FriendCity.Http.Errors;
using FriendCity.PowerBi.OData.Star;
using FriendCity.Snapshots.Contracts;
using FriendCity.Snapshots.Formats;
using FriendCity.Snapshots.Formats.Parquet;
using FriendCity.Snapshots.Tables;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Integration.PowerBi.OData;

/// <summary>Pages of a table that has many row groups, read from its files, are the table; and none of its rows stays in memory.</summary>
public sealed class StarPagesTests(StarPagesTests.Years years) : IClassFixture<StarPagesTests.Years>
{
    private const int RowsPerGroup = 3_000;

    private static readonly StarSet Set = StarSet.Of(KpiDaily.Table);

    private static readonly (string? Filter, Func<object?[], bool> Test)[] Filters =
    [
        (null, _ => true),
        ("kpiId eq 'K03'", row => (string?)Cell(row, "kpi_id") == "K03"),
        ("value gt 3 and dimension ne null", row => (double?)Cell(row, "value") > 3 && Cell(row, "dimension") is not null),
        ("snapshotDate ge 2026-12-20", row => (DateOnly)Cell(row, "snapshot_date")! >= new DateOnly(2026, 12, 20)),
        ("unit eq 'none such'", _ => false),
    ];

    private static readonly (string? Order, (string Column, bool Descending)[] Keys)[] Orders =
    [
        (null, []),
        ("view", [("view", false)]),
        ("view desc", [("view", true)]),
        ("snapshotDate desc, dimensionValue", [("snapshot_date", true), ("dimension_value", false)]),
        ("value", [("value", false)]),
    ];

    public static TheoryData<int, int, int, int?, int> Walks
    {
        get
        {
            var walks = new TheoryData<int, int, int, int?, int>();
            for (var filter = 0; filter < Filters.Length; filter++)
                for (var order = 0; order < Orders.Length; order++)
                {
                    walks.Add(filter, order, 997, 4_100, 1_500);
                    if (filter > 1)
                        continue;
                    walks.Add(filter, order, 5_000, null, 0);
                    walks.Add(filter, order, 5_000, 7_000, 20_500);
                    walks.Add(filter, order, 3, 10, 2_998);
                    if (order > 1)
                        continue;
                    walks.Add(filter, order, 5_000, null, 1_000_000);
                    walks.Add(filter, order, 10, 0, 0);
                }

            return walks;
        }
    }

    [Theory]
    [MemberData(nameof(Walks))]
    public void Pages_put_together_are_the_rows_of_the_table(int filter, int order, int size, int? top, int skip)
    {
        var matching = years.Rows.Where(Filters[filter].Test).ToList();
        var expected = Sorted(matching, Orders[order].Keys).Skip(skip).Take(top ?? int.MaxValue).Select(years.LineOf).ToList();
        Assert.NotEqual(filter == Filters.Length - 1, matching.Count > 0);
        foreach (var table in years.Tables)
        {
            using var source = Open(table);
            var query = Set.Query(Filters[filter].Filter, Orders[order].Order, top, skip, count: true);
            Assert.Equal(expected, source.Walk(query, size, Line));
            Assert.Equal((matching.Count, matching.Count), (source.Page(query, size).Count, source.Count(query.Rows)));
        }
    }

    [Fact]
    public async Task Many_read_at_once_and_each_gets_his_own_rows()
    {
        foreach (var table in years.Tables)
        {
            using var source = Open(table);
            await Task.WhenAll(Enumerable.Range(0, 8).Select(reader => Task.Run(() =>
            {
                var ((filter, test), (order, keys)) = (Filters[reader % 3], Orders[reader % 3 == 0 ? 0 : reader % 2]);
                Assert.Equal(Sorted(years.Rows.Where(test), keys).Select(years.LineOf), source.Walk(Set.Query(filter, order), 4_000 + reader, Line));
            })));
        }
    }

    [Fact]
    public void A_token_that_names_no_row_is_refused()
    {
        using var source = Open(years.Tables[0]);
        foreach (var order in new[] { null, "view" })
            foreach (var place in new[] { "", "17", "#", "#-1", $"#{years.Rows.Count}", Id(years.Rows[0]) })
                Assert.Equal(Problems.CursorInvalid,
                    Assert.Throws<ProblemException>(() => source.Page(Set.Query(order: order) with { After = [place] }, 10)).Problem.Code);
    }

    [Fact]
    public void A_row_is_found_by_its_id_in_whichever_row_group_it_stands()
    {
        foreach (var table in years.Tables)
        {
            using var source = Open(table);
            foreach (var at in new[] { 0, 2_999, 3_000, 17_000, years.Rows.Count - 1 })
            {
                var row = years.Rows[at];
                Assert.Equal(years.LineOf(row), Line((StarRow)source.Find(Id(row))!));
            }

            Assert.Null(source.Find($"{Id(years.Rows[0])}:"));
            Assert.Null(source.Find("x"));
        }
    }

    [Fact]
    public void The_newest_day_is_a_set_of_its_own()
    {
        var latest = StarSet.KpiLatest();
        using var source = new StarSource(latest, years.Tables[1], () => { }, TestContext.Current.CancellationToken);
        var expected = years.Rows.Where(row => (DateOnly)row[0]! == years.Last).Select(years.LineOf).ToList();
        Assert.Equal(expected, source.Walk(latest.Query(), 100, Line));
        Assert.Equal(expected.Order(StringComparer.Ordinal), source.Walk(latest.Query(order: "kpiId desc"), 100, Line).Order(StringComparer.Ordinal));
        Assert.Equal(expected.Count, source.Count(latest.Query().Rows));
        Assert.Null(source.Find(Id(years.Rows[0])));
    }

    /// <summary>Each row has a text that no other has, so what is alive of them tells how many rows are.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("value ne 3")]
    public void What_is_alive_of_the_rows_when_the_last_is_read_is_less_than_a_row_group(string? filter)
    {
        foreach (var table in years.Tables)
        {
            using var source = Open(table);
            var (seen, alive) = (0, 0);
            foreach (var (count, living) in Watched(source, filter))
                (seen, alive) = (count, living);
            Assert.True(seen > 20_000, $"Only {seen} rows were read.");
            Assert.InRange(alive, 1, RowsPerGroup);
        }
    }

    /// <summary>How many rows were read and how many of them are alive, at the last row.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private IEnumerable<(int Seen, int Alive)> Watched(StarSource source, string? filter)
    {
        var (hash, seen) = (KpiDaily.Table.IndexOf("rows_hash"), new List<WeakReference>());
        var last = years.Rows[^1][hash];
        foreach (var isLast in source.Walk(Set.Query(filter), 5_000, row =>
        {
            seen.Add(new(row[hash]));
            return Equals(row[hash], last);
        }))
            if (isLast)
            {
                GC.Collect();
                yield return (seen.Count, seen.Count(each => each.IsAlive));
            }
    }

    private static StarSource Open(StarTable table) => new(Set, table, () => { }, TestContext.Current.CancellationToken);

    private static object? Cell(object?[] row, string column) => row[KpiDaily.Table.IndexOf(column)];

    private static string Id(object?[] row) => StarKey.Join(Set.KeyColumns.Select(column => row[column]));

    private static string Line(object?[] row) =>
        string.Join('|', row.Prepend(Id(row)).Select(cell => Convert.ToString(cell, CultureInfo.InvariantCulture)));

    private static string Line(StarRow row)
    {
        var line = Line([.. Enumerable.Range(0, KpiDaily.Table.Columns.Count).Select(column => row[column])]);
        Assert.StartsWith(row.Id, line, StringComparison.Ordinal);
        return line;
    }

    /// <summary>Stable: rows of the same values keep the table's order.</summary>
    private static IEnumerable<object?[]> Sorted(IEnumerable<object?[]> rows, (string Column, bool Descending)[] keys)
    {
        var by = Comparer<object?>.Create((left, right) => (left, right) switch
        {
            (string a, string b) => string.CompareOrdinal(a, b),
            _ => Comparer<object>.Default.Compare(left!, right!),
        });
        var sorted = rows.OrderBy(_ => 0);
        foreach (var (column, descending) in keys)
            sorted = descending ? sorted.ThenByDescending(row => Cell(row, column), by) : sorted.ThenBy(row => Cell(row, column), by);
        return sorted;
    }

    /// <summary>Thirty days of <c>kpi_daily</c>, in the one file of the first contract and in the two of the second.</summary>
    public sealed class Years : IAsyncLifetime
    {
        private const int Days = 30;

        private static readonly DateOnly First = new(2026, 11, 21);
        private readonly List<TableRows> _files = [];

        private Dictionary<object?[], string> _lines = [];

        internal DateOnly Last { get; } = First.AddDays(Days - 1);

        internal IReadOnlyList<object?[]> Rows { get; private set; } = [];

        internal IReadOnlyList<StarTable> Tables { get; private set; } = [];

        internal string LineOf(object?[] row) => _lines[row];

        public async ValueTask InitializeAsync()
        {
            var table = KpiDaily.Table;
            var (day, hash) = (table.Read(await SampleRegistry.LoadAsync(), First).Rows, table.IndexOf("rows_hash"));
            Rows = [.. Enumerable.Range(0, Days).SelectMany(at => day.Select(row => row.ToArray()).Select((row, n) =>
            {
                (row[0], row[hash]) = (First.AddDays(at), string.Create(CultureInfo.InvariantCulture, $"{at * 7919:x}-{n * 104_729:x}"));
                return row;
            }))];
            _lines = Rows.ToDictionary(row => row, Line);
            _files.Add(new(table, [("whole", File(table, RowsPerGroup, Rows))]));
            _files.Add(new(table,
            [
                ("figures", File(KpiDaily.Figures, RowsPerGroup, Rows.Select(KpiDaily.Figures.Of))),
                ("hashes", File(KpiDaily.Hashes, 1_700, Rows.Select(KpiDaily.Hashes.Of))),
            ]));
            Tables = [.. _files.Select(files => new StarTable(files))];
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var files in _files)
                await files.DisposeAsync();
        }

        private static MemoryStream File(SnapshotTable table, int perGroup, IEnumerable<object?[]> rows)
        {
            var file = new MemoryStream();
            using var writer = new ParquetTable(table, "x", file, perGroup);
            foreach (var row in rows)
                writer.Add(row);
            writer.Finish();
            return file;
        }
    }
}
