using FriendCity.Snapshots.Contracts;

namespace FriendCity.Snapshots.Tables;

/// <summary>
/// The tables that grow by a day with each snapshot: each holds all days so far in their order, by view, and a day that is made again
/// takes the place of what stood there.
/// </summary>
internal static class DailyFormats
{
    /// <summary>The first column, also of each part of these tables.</summary>
    public const string Day = "snapshot_date";

    public static readonly IReadOnlyList<SnapshotTable> Tables = [KpiDaily.Table, KpiCityDaily.Table];

    public static bool Contains(SnapshotTable table) => Tables.Contains(table);

    // Both tables begin with the day and the view.
    public static DateOnly DayOf(object?[] row) => (DateOnly)row[0]!;

    /// <summary>
    /// The rows so far, with those of the days and views that are made replaced or added, in the order of days. They pass by in parts, one
    /// after the other and each once: years of days are never held in memory.
    /// </summary>
    /// <param name="before">In the order of days.</param>
    /// <param name="days">In their order.</param>
    public static async IAsyncEnumerable<IEnumerable<object?[]?>> Merge(IEnumerable<object?[]> before, IReadOnlyList<DateOnly> days,
        Func<DateOnly, Task<IReadOnlyList<object?[]?>>> make)
    {
        using var old = before.GetEnumerator();
        var isMore = old.MoveNext();
        foreach (var day in days)
        {
            yield return While(row => DayOf(row) < day);
            var made = await make(day);
            var views = made.OfType<object?[]>().Select(row => row[1]).ToHashSet();
            yield return While(row => DayOf(row) == day).Where(row => !views.Contains(row[1])).Concat<object?[]?>(made);
        }

        yield return While(_ => true);

        IEnumerable<object?[]> While(Func<object?[], bool> holds)
        {
            for (; isMore && holds(old.Current); isMore = old.MoveNext())
                yield return old.Current;
        }
    }

    /// <summary>Only that day's rows.</summary>
    public static IEnumerable<object?[]> On(IEnumerable<object?[]> rows, DateOnly day) => rows.Where(row => DayOf(row) == day);
}
