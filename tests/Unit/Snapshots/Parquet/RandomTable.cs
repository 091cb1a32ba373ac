using System.Globalization;
using System.Text;
using FriendCity.Snapshots.Contracts;

namespace FriendCity.Tests.Unit.Snapshots.Parquet;

/// <summary>A table with two columns of each type, one of which takes nulls, and seeded rows that are as nasty as the types allow.</summary>
internal static class RandomTable
{
    private static readonly Columns<object?[]> C = new();

    public static readonly SnapshotTable Table = new SnapshotTable<object?[]>("things", new("Things", "东西"), ["id"],
    [
        C.Text("text", "Text", "文本", r => (string?)r[0]),
        C.Text("text_or_null", "Text", "文本", r => (string?)r[1], nullable: true),
        C.Date("day", "Day", "日期", r => (DateOnly?)r[2]),
        C.Date("day_or_null", "Day", "日期", r => (DateOnly?)r[3], nullable: true),
        C.Integer("count", "Count", "数量", r => (long?)r[4]),
        C.Integer("count_or_null", "Count", "数量", r => (long?)r[5], nullable: true),
        C.Number("value", "Value", "数值", r => (double?)r[6]),
        C.Number("value_or_null", "Value", "数值", r => (double?)r[7], nullable: true),
        C.Decimal("amount", "Amount", "金额", r => (decimal?)r[8]),
        C.Decimal("amount_or_null", "Amount", "金额", r => (decimal?)r[9], nullable: true),
        C.Flag("open", "Open", "开放", r => (bool?)r[10]),
        C.Flag("open_or_null", "Open", "开放", r => (bool?)r[11], nullable: true),
    ],
    _ => []);

    private static readonly string[] Texts =
        ["", " ", "a", "b", "=1+1", "'", "a,b", "\"", "\r\n", "\t", "青岛", "𠮷🤝", "\uFFFD", "\uE000", "\U0010FFFF", "\0", new('x', 64), new('y', 65),
            new('岛', 9_000)];

    private static readonly DateOnly[] Days = [DateOnly.MinValue, DateOnly.MaxValue, new(1582, 10, 15), new(1969, 12, 31), new(1970, 1, 1),
        new(2000, 2, 29), new(2026, 11, 22)];

    private static readonly long[] Integers = [0, 1, -1, long.MinValue, long.MaxValue, 1L << 53, (1L << 53) + 1, 127, 128];

    private static readonly double[] Numbers =
        [0, -0.0, 1, -1, 0.1, 2.25, 1e21, double.Epsilon, double.MinValue, double.MaxValue, double.PositiveInfinity, double.NegativeInfinity,
            10 / 17.0];

    private static readonly decimal[] Amounts = [0, 0.000001m, -0.000001m, 1.50m, 1.5m, 999_999_999_999.999999m, -999_999_999_999.999999m, 1_000_000m,
        0.10m];

    public static TableData Of(int rows, int seed)
    {
        var random = new Random(seed);
        // Few different values in a row make runs and dictionaries; many make plain pages. Some tables have columns without any value.
        var (variety, nulls) = (random.Next(4), random.Next(4));
        return new TableData(Table, [.. Enumerable.Range(0, rows).Select(_ => Table.Columns
            .Select(column => column.Nullable && random.Next(3) < nulls ? null : Cell(column.Type, random, variety)).ToArray())]);
    }

    /// <summary>A row as the readers in other languages write it: text in hex, dates in days, doubles as bits, decimals in millionths.</summary>
    public static string Line(object?[] row) => string.Join(',', row.Select(Form));

    private static object Cell(ColumnType type, Random random, int variety) => type switch
    {
        ColumnType.Text => variety == 3 ? Convert.ToHexString(BitConverter.GetBytes(random.NextInt64())) : Pick(Texts, random, variety),
        ColumnType.Date => variety == 3 ? DateOnly.FromDayNumber(random.Next(DateOnly.MaxValue.DayNumber)) : Pick(Days, random, variety),
        ColumnType.Integer => variety == 3 ? random.NextInt64(long.MinValue, long.MaxValue) : Pick(Integers, random, variety),
        ColumnType.Number => variety == 3 ? (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-300, 300)) : Pick(Numbers, random, variety),
        ColumnType.Decimal => variety == 3
            ? random.NextInt64(-999_999_999_999_999_999, 999_999_999_999_999_999) / 1_000_000m : Pick(Amounts, random, variety),
        _ => variety == 0 || random.Next(2) == 0,
    };

    private static object Pick<T>(T[] values, Random random, int variety)
        where T : notnull => values[variety == 0 ? 0 : variety == 1 ? random.Next(2) * random.Next(values.Length) : random.Next(values.Length)];

    private static string Form(object? cell) => cell switch
    {
        null => "~",
        string text => "t" + Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text)),
        DateOnly day => (day.DayNumber - new DateOnly(1970, 1, 1).DayNumber).ToString(CultureInfo.InvariantCulture),
        double number => BitConverter.DoubleToInt64Bits(number).ToString("x", CultureInfo.InvariantCulture),
        decimal amount => ((long)(amount * 1_000_000m)).ToString(CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        var integer => ((long)integer).ToString(CultureInfo.InvariantCulture),
    };
}
