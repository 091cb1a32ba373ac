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

    /// <summary>The rows of a file, with these columns; each is given to <paramref name="see"/>.</summary>
    /// <param name="file">Read from where it stands, which is its beginning; only Parquet has to seek.</param>
    /// <exception cref="InvalidDataException">It is no such file.</exception>
    public static async Task ReadAsync(SnapshotTable table, IReadOnlyList<Column> columns, SnapshotFormat format, Stream file, Action<object?[]> see,
        CancellationToken cancellationToken)
    {
        await using var inside = format.Inside(file);
        var (rows, plain, content) = (0, format.Plain, inside ?? file);
        try
        {
            if (plain == SnapshotFormat.Json)
                await new JsonCheck(columns, format.FileOf(table), see).RunAsync(content, cancellationToken);
            else
                foreach (var row in plain == SnapshotFormat.Csv ? CsvTable.Rows(columns, content) : ParquetRows.Of(columns, content))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    rows++;
                    see(row);
                }
        }
        catch (Exception fault) when (fault is FormatException or OverflowException)
        {
            throw new InvalidDataException($"Line {rows + 1} of {format.FileOf(table)} does not come out again: {fault.Message}", fault);
        }
    }

    /// <param name="file">As <see cref="ReadAsync"/> takes it.</param>
    /// <param name="see">Given each row; of JSON none, and its keys are not looked at: no run goes on from it.</param>
    /// <exception cref="InvalidDataException">The file is not such a table.</exception>
    public static async Task CheckAsync(SnapshotTable table, SnapshotFormat format, int rows, Stream file, Action<object?[]> see,
        CancellationToken cancellationToken)
    {
        var (name, there) = (format.FileOf(table), 0);
        if (format.Plain == SnapshotFormat.Json)
        {
            await using var inside = format.Inside(file);
            there = await new JsonCheck(table.Columns, name, null).RunAsync(inside ?? file, cancellationToken);
        }
        else
        {
            if (format == SnapshotFormat.Parquet)
                Require(ParquetRows.Has(table.Columns, file), $"{name} has other columns than its table.");
            var isFirst = KeyCheck(table, name);
            await ReadAsync(table, table.Columns, format, file, row =>
            {
                there++;
                for (var i = 0; i < row.Length; i++)
                    if (row[i] is null && !table.Columns[i].Nullable)
                        throw new InvalidDataException($"Row {there} of {name} has no {table.Columns[i].Name}.");
                isFirst(row, there);
                see(row);
            }, cancellationToken);
        }

        Require(there == rows, $"{name} has {there} rows, and {rows} were made.");
    }

    private static Action<object?[], int> KeyCheck(SnapshotTable table, string name)
    {
        // Its key begins with the day.
        var isDaily = table.Key[0] == DailyFormats.Day;
        var (day, keys, places) = (DateOnly.MinValue, new HashSet<string>(StringComparer.Ordinal), table.Key.Select(table.IndexOf).ToArray());
        return (row, number) =>
        {
            // Days follow each other, so a key can come twice only within one: years of keys are never held in memory.
            if (isDaily && DailyFormats.DayOf(row) != day)
            {
                Require(DailyFormats.DayOf(row) >= day, $"The days in {name} are not in their order.");
                day = DailyFormats.DayOf(row);
                keys.Clear();
            }

            var key = places.Length == 1 && row[places[0]] is string only
                ? only : string.Join(Between, places.Select(place => row[place] is { } cell ? Cells.Format(cell) : Nothing));
            if (!keys.Add(key))
                throw new InvalidDataException($"Row {number} of {name} has the key of another: {key.Replace(Between, ' ')}.");
        };
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
            throw new InvalidDataException(otherwise);
    }
}
