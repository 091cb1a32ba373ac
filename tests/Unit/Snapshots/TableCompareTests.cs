using System.Globalization;
using FriendCity.Snapshots.Comparison;
using FriendCity.Snapshots.Contracts;
using FriendCity.Snapshots.Formats;
using FriendCity.Snapshots.Tables;

namespace FriendCity.Tests.Unit.Snapshots;

/// <summary>The differences of two files, held against those that two tables in memory have.</summary>
public sealed class TableCompareTests
{
    private const int Cases = 200;

    private static readonly Columns<object?[]> C = new();

    private static readonly SnapshotTable Things = new SnapshotTable<object?[]>("things", new("Things", "东西"), ["name", "part"],
    [
        C.Text("name", "Name", "名称", r => (string?)r[0]),
        C.Text("part", "Part", "部分", r => (string?)r[1], nullable: true),
        C.Number("value", "Value", "数值", r => (double?)r[2], nullable: true),
        C.Decimal("amount", "Amount", "金额", r => (decimal?)r[3], nullable: true),
        C.Text("note", "Note", "备注", r => (string?)r[4], nullable: true),
    ],
    _ => []);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, InlineData(0), InlineData(1), InlineData(3), InlineData(1000)]
    public void Files_in_any_order_differ_as_their_tables_do(int most)
    {
        var random = new Random(most);
        for (var i = 0; i < Cases; i++)
            Check(Things, Rows(random), Rows(random), most);

        static List<object?[]> Rows(Random random)
        {
            var rows = Enumerable.Range(0, 9).SelectMany(name => new[] { null, "", "a" }.Skip(name % 2).Take(1), (name, part) => new object?[]
            {
                $"n{name}", part, random.Next(4) switch { 0 => null, 1 => 0.0, 2 => -0.0, _ => 0.5 },
                random.Next(3) switch { 0 => null, 1 => 1.5m, _ => 1.50m },
                random.Next(4) switch { 0 => null, 1 => "", 2 => "x", _ => "x,\u001f" },
            }).Where(_ => random.Next(3) > 0).ToArray();
            random.Shuffle(rows);
            return [.. rows];
        }
    }

    [Theory, InlineData(0), InlineData(1), InlineData(4), InlineData(1000)]
    public void Days_that_only_one_file_has_are_rows_that_came_or_went(int most)
    {
        var random = new Random(most);
        for (var i = 0; i < Cases; i++)
            Check(KpiCityDaily.Table, Rows(random), Rows(random), most);

        static List<object?[]> Rows(Random random) => [.. Enumerable.Range(1, 5).Where(_ => random.Next(3) > 0).SelectMany(day =>
        {
            var cities = new[] { "CNTAO", "RULED", "KZALA" };
            random.Shuffle(cities);
            return cities.Where(_ => random.Next(4) > 0).Select(city => Row(new DateOnly(2026, 11, day), city, random.Next(2)));
        })];
    }

    private static object?[] Row(DateOnly day, string city, long projects) =>
        [.. KpiCityDaily.Table.Columns.Select<Column, object?>(column => column.Name switch
    {
        "snapshot_date" => day,
        "view" => "now",
        "city_id" => city,
        "projects" => projects,
        _ when column.Nullable => null,
        _ => column.Type == ColumnType.Text ? "x" : column.Type == ColumnType.Date ? day : 0L,
    })];

    private static void Check(SnapshotTable table, IReadOnlyList<object?[]> before, IReadOnlyList<object?[]> after, int most)
    {
        var change = TableCompare.Compare(table, Stored(table, before), Stored(table, after), most, Token);
        var expected = Differences(table, before, after).ToList();
        Assert.Equal(
            (expected.Count(each => each.Before is null), expected.Count(each => each.After is null),
                expected.Count(each => each is { Before: not null, After: not null })),
            (change.Added, change.Removed, change.Changed));
        Assert.Equal(expected.Take(most).Select(each => (Line(each.Before), Line(each.After))),
            change.Shown.Select(each => (Line(each.Before), Line(each.After))));
    }

    private static TableRows Stored(SnapshotTable table, IReadOnlyList<object?[]> rows) =>
        new(table, [("", new MemoryStream(SnapshotFormat.Parquet.Bytes(table, rows, "")))]);

    /// <summary>First what went or changed in the order of the older rows, then what came.</summary>
    private static IEnumerable<(object?[]? Before, object?[]? After)> Differences(SnapshotTable table, IReadOnlyList<object?[]> before,
        IReadOnlyList<object?[]> after) =>
    [
        .. before.Select(row => ((object?[]?)row, after.FirstOrDefault(other => Key(table, other) == Key(table, row))))
            .Where(pair => pair.Item2 is null || !pair.Item1!.SequenceEqual(pair.Item2)),
        .. after.Where(row => before.All(other => Key(table, other) != Key(table, row))).Select(row => ((object?[]?)null, (object?[]?)row)),
    ];

    private static string Key(SnapshotTable table, object?[] row) =>
        string.Join('/', table.Key.Select(column => row[table.IndexOf(column)] is { } cell ? Cells.Format(cell) : ""));

    private static string Line(object?[]? row) => row is null ? "none" : string.Join('|', row.Select(cell => cell switch
    {
        null => "null",
        double and 0 => "0",
        // A file does not tell how many zeros an amount was written with.
        decimal amount => amount.ToString("G29", CultureInfo.InvariantCulture),
        _ => string.Create(CultureInfo.InvariantCulture, $"'{cell}'"),
    }));
}
