using System.Text;
using FriendCity.Serialization;
using FriendCity.Snapshots.Contracts;

namespace FriendCity.Snapshots.Formats;

/// <summary>A table as CSV: UTF-8 with BOM, cells as <see cref="CsvText"/> has them.</summary>
internal static class CsvTable
{
    /// <inheritdoc cref="Rows"/>
    public static TableData Read(SnapshotTable table, byte[] bytes)
    {
        using var stream = new MemoryStream(bytes, writable: false);
        return new TableData(table, [.. Rows(table.Columns, stream)]);
    }

    /// <summary>
    /// Reads from where the stream stands, row by row as they are asked for, by the header's names: a column that the file does not have yet is
    /// null and one we no longer have is skipped.
    /// </summary>
    /// <exception cref="FormatException">It is not such a file.</exception>
    public static IEnumerable<object?[]> Rows(IReadOnlyList<Column> columns, Stream stream)
    {
        using var text = new StreamReader(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        var reader = new CsvReader(text);
        var header = reader.Line()?.ToList() ?? throw new FormatException("The file has no header.");
        var places = columns.Select(column => header.IndexOf(column.Name)).ToArray();
        while (reader.Line() is { } line)
        {
            if (line.Count != header.Count)
                throw new FormatException($"A line has {line.Count} cells where the header has {header.Count}.");
            var row = new object?[places.Length];
            for (var i = 0; i < row.Length; i++)
                if (places[i] >= 0 && line[places[i]] is { } cell)
                    row[i] = Value(columns[i].Type, cell);
            yield return row;
        }
    }

    private static object Value(ColumnType type, string text) =>
        Cells.Parse(type, type == ColumnType.Text ? CsvText.Unguarded(text) : text);
}
