using System.Globalization;
using FriendCity.Snapshots.Parquet;
using Newtonsoft.Json;

namespace FriendCity.Snapshots;

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
                    Demand(row[i] is not null || table.Columns[i].Nullable, $"Line {lines} of {name} has no {table.Columns[i].Name}.");
                // Days follow each other, so a key can come twice only within one: years of keys are never held in memory.
                if (Daily.Contains(table) && Daily.DayOf(row) != day)
                {
                    Demand(Daily.DayOf(row) > day, $"The days in {name} are not in their order.");
                    day = Daily.DayOf(row);
                    keys.Clear();
                }

                var key = string.Join(Between, places.Select(place => row[place] is { } cell ? Cells.Format(cell) : Nothing));
                Demand(keys.Add(key), $"Line {lines} of {name} has the key of another: {key.Replace(Between, ' ')}.");
                see(row);
            }
        }
        catch (Exception fault) when (fault is FormatException or OverflowException)
        {
            throw new InvalidDataException($"Line {lines + 1} of {name} does not come out again: {fault.Message}", fault);
        }

        Demand(lines == rows, $"{name} has {lines} lines for {rows} rows.");
    }

    /// <param name="file">Read once, from where it stands; it need not seek.</param>
    /// <exception cref="InvalidDataException">The file is not such a table.</exception>
    public static async Task CheckJsonAsync(SnapshotTable table, int rows, Stream file, CancellationToken cancellation)
    {
        var (name, objects) = (SnapshotFormat.Json.FileOf(table), 0);
        using var text = new StreamReader(file, leaveOpen: true);
        await using var json = new JsonTextReader(text) { DateParseHandling = DateParseHandling.None, CloseInput = false };
        try
        {
            await NextAsync(JsonToken.StartArray);
            while (await json.ReadAsync(cancellation) && json.TokenType == JsonToken.StartObject)
            {
                objects++;
                foreach (var column in table.Columns)
                {
                    await NextAsync(JsonToken.PropertyName);
                    Demand((string)json.Value! == column.Name, $"Object {objects} of {name} has {json.Value} where {column.Name} belongs.");
                    Demand(await json.ReadAsync(cancellation) && Fits(column, json), $"Object {objects} of {name} has no {column.Type} under {column.Name}.");
                }

                await NextAsync(JsonToken.EndObject);
            }

            Demand(json.TokenType == JsonToken.EndArray && !await json.ReadAsync(cancellation), $"{name} does not end after object {objects}.");
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"Object {objects} of {name} does not come out again: {fault.Message}", fault);
        }

        Demand(objects == rows, $"{name} has {objects} objects for {rows} rows.");

        async Task NextAsync(JsonToken token) =>
            Demand(await json.ReadAsync(cancellation) && json.TokenType == token, $"Object {objects} of {name} has no {token} where it belongs.");
    }

    /// <exception cref="InvalidDataException">The file is not such a table.</exception>
    public static void CheckParquet(SnapshotTable table, int rows, Stream file)
    {
        var (name, told) = (SnapshotFormat.Parquet.FileOf(table), ParquetEnd.Rows(file, table.Columns));
        Demand(told == rows, string.Create(CultureInfo.InvariantCulture, $"{name} says that it has {told} rows, not {rows} under the table's columns."));
    }

    private static bool Fits(Column column, JsonTextReader json) => json.TokenType switch
    {
        JsonToken.Null => column.Nullable,
        JsonToken.Integer => column.Type is ColumnType.Integer or ColumnType.Number or ColumnType.Decimal,
        JsonToken.Float => column.Type is ColumnType.Number or ColumnType.Decimal,
        JsonToken.Boolean => column.Type is ColumnType.Flag,
        JsonToken.String => column.Type is ColumnType.Text || (column.Type is ColumnType.Date && Records.DateKind.TryParse((string)json.Value!, out _)),
        _ => false,
    };

    private static void Demand(bool holds, string otherwise)
    {
        if (!holds)
            throw new InvalidDataException(otherwise);
    }
}
