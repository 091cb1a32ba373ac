using System.Globalization;
using FriendCity.Snapshots.Contracts;
using FriendCity.Snapshots.Formats.Parquet;
using FriendCity.Snapshots.Tables;

namespace FriendCity.Snapshots.Formats;

/// <summary>
/// Reads a table's files as storage gives them back, knowing nothing of how they were written: as many rows as there were, under the
/// columns' names, each cell of its column's type, none missing, and no key twice.
/// </summary>
internal static class StoredTable
{
    private const char Between = '\u001f';
    private const string Nothing = "\u0000";

    /// <param name="see">Given each row.</param>
    /// <exception cref="InvalidDataException">The file is not such a table.</exception>
    public static void CheckCsv(SnapshotTable table, int rows, Stream file, Action<object?[]> see)
    {
        var name = SnapshotFormat.Csv.FileOf(table);
        var (lines, day, keys) = (0, DateOnly.MinValue, new HashSet<string>(StringComparer.Ordinal));
        var places = table.Key.Select(table.IndexOf).ToArray();
        try
        {
            foreach (var row in CsvTable.Rows(table, file))
            {
                lines++;
                for (var i = 0; i < row.Length; i++)
                    if (row[i] is null && !table.Columns[i].Nullable)
                        throw new InvalidDataException($"Line {lines} of {name} has no {table.Columns[i].Name}.");
                // Days follow each other, so a key can come twice only within one: years of keys are never held in memory.
                if (DailyFormats.Contains(table) && DailyFormats.DayOf(row) != day)
                {
                    if (DailyFormats.DayOf(row) < day)
                        throw new InvalidDataException($"The days in {name} are not in their order.");
                    day = DailyFormats.DayOf(row);
                    keys.Clear();
                }

                var key = places.Length == 1 && row[places[0]] is string only
                    ? only : string.Join(Between, places.Select(place => row[place] is { } cell ? Cells.Format(cell) : Nothing));
                if (!keys.Add(key))
                    throw new InvalidDataException($"Line {lines} of {name} has the key of another: {key.Replace(Between, ' ')}.");
                see(row);
            }
        }
        catch (Exception fault) when (fault is FormatException or OverflowException)
        {
            throw new InvalidDataException($"Line {lines + 1} of {name} does not come out again: {fault.Message}", fault);
        }

        Require(lines == rows, $"{name} has {lines} lines for {rows} rows.");
    }

    /// <param name="file">Read once, from where it stands; it need not seek.</param>
    /// <exception cref="InvalidDataException">The file is not such a table.</exception>
    public static async Task CheckJsonAsync(SnapshotTable table, int rows, Stream file, CancellationToken cancellationToken)
    {
        var objects = await new JsonCheck(table).RunAsync(file, cancellationToken);
        Require(objects == rows, $"{SnapshotFormat.Json.FileOf(table)} has {objects} objects for {rows} rows.");
    }

    /// <exception cref="InvalidDataException">The file is not such a table.</exception>
    public static void CheckParquet(SnapshotTable table, int rows, Stream file)
    {
        var (name, told) = (SnapshotFormat.Parquet.FileOf(table), ParquetEnd.Rows(file, table.Columns));
        Require(told == rows, string.Create(CultureInfo.InvariantCulture,
            $"{name} says that it has {told} rows, not {rows} under the table's columns."));
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
            throw new InvalidDataException(otherwise);
    }
}
