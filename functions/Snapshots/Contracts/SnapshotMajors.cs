using FriendCity.Records;
using FriendCity.Snapshots.Tables;

namespace FriendCity.Snapshots.Contracts;

/// <summary>
/// The contracts with readers that a snapshot can be published under. In the first every file holds all days so far, which grows without end;
/// in the second CSV and JSON of the daily tables are compressed and hold the newest months, and hashes stand in a table of their own.
/// </summary>
internal static class SnapshotMajors
{
    public const int First = 1;
    public const int Second = 2;

    /// <summary>So many months of days a file that is not of all days holds.</summary>
    private const int RecentMonths = 13;

    public static readonly IReadOnlyList<int> All = [First, Second];

    /// <summary>Every file that a snapshot can have, table by table.</summary>
    public static IReadOnlyList<TableFile> Files { get; } = [.. SnapshotTables.All.SelectMany(FilesOf)];

    public static IReadOnlyList<TableFile> FilesOf(IReadOnlyList<int> majors) => [.. Files.Where(file => file.Majors.Intersect(majors).Any())];

    public static IReadOnlyList<SnapshotTable> TablesOf(int major) =>
        [.. Files.Where(file => file.Majors.Contains(major)).Select(file => file.Table).Distinct()];

    /// <summary>The parts in which a later contract has a table; none where it has the table itself.</summary>
    public static IReadOnlyList<TablePart> PartsOf(SnapshotTable table) => table == KpiDaily.Table ? [KpiDaily.Figures, KpiDaily.Hashes] : [];

    /// <summary>
    /// The first day of a file of the newest months, which ends with the snapshot's own: the day after the same day of the month thirteen months
    /// before, or after that month's last day where it has no such day.
    /// </summary>
    public static DateOnly RecentFrom(DateOnly snapshot) => snapshot.PlusMonths(-RecentMonths).PlusDays(1);

    private static IEnumerable<TableFile> FilesOf(SnapshotTable table)
    {
        if (!DailyFormats.Contains(table))
            return SnapshotFormat.All.Select(format => new TableFile(table, table, format, All));
        IReadOnlyList<TablePart> parts = PartsOf(table);
        return
        [
            .. SnapshotFormat.All.Select(format => new TableFile(table, table, format,
                format == SnapshotFormat.Parquet && parts.Count == 0 ? All : [First])),
            .. SnapshotFormat.Recent.Select(format => new TableFile(table, parts.Count == 0 ? table : parts[0], format, [Second])),
            .. parts.Select(part => new TableFile(table, part, SnapshotFormat.Parquet, [Second])),
        ];
    }
}

/// <summary>A file that a snapshot can have: a table in one form.</summary>
/// <param name="Made">The table whose rows are made, of which the file's are all or a part.</param>
/// <param name="Majors">The contracts that it belongs to.</param>
internal sealed record TableFile(SnapshotTable Made, SnapshotTable Table, SnapshotFormat Format, IReadOnlyList<int> Majors)
{
    public string Name => Format.FileOf(Table);

    /// <summary>What the file has of a row that was made; null where the row's day is none of its days.</summary>
    /// <param name="snapshot">The snapshot's own day.</param>
    public object?[]? Of(object?[] row, DateOnly snapshot) => !Has(row, snapshot) ? null : Table is TablePart part ? part.Of(row) : row;

    public bool Has(object?[] row, DateOnly snapshot) =>
        !Format.IsRecent || DailyFormats.DayOf(row) is var day && day >= SnapshotMajors.RecentFrom(snapshot) && day <= snapshot;
}
