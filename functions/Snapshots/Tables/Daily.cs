using FriendCity.Kpis;

namespace FriendCity.Snapshots;

/// <summary>
/// The tables that grow by a day with each snapshot: each holds all days so far, by view, and a day that is made again takes the place
/// of what stood there.
/// </summary>
internal static class Daily
{
    public static readonly IReadOnlyList<SnapshotTable> Tables = [KpiDaily.Table, KpiCityDaily.Table];

    public static bool Contains(SnapshotTable table) => Tables.Contains(table);

    /// <summary>The day a view is about: its own, but never one after the day of the snapshot.</summary>
    public static DateOnly AsOf(KpiView named, DateOnly day) => named.AsOf is { } own && own < day ? own : day;

    public static DateOnly DayOf(object?[] row) => (DateOnly)row[0]!;

    /// <summary>The rows so far, with those of the days and views in <paramref name="made"/> replaced or added, in the order of days.</summary>
    public static TableData Add(TableData before, TableData made)
    {
        var replaced = made.Rows.Select(Part).ToHashSet();
        var rows = before.Rows.Where(row => !replaced.Contains(Part(row))).Concat(made.Rows).OrderBy(DayOf);
        return made with { Rows = [.. rows] };
    }

    /// <summary>Only that day's rows.</summary>
    public static TableData On(TableData data, DateOnly day) => data with { Rows = [.. data.Rows.Where(row => DayOf(row) == day)] };

    // Both tables begin with the day and the view.
    private static (DateOnly, object?) Part(object?[] row) => (DayOf(row), row[1]);
}
