using System.Text;

namespace FriendCity.Snapshots;

/// <summary>
/// A table as CSV that spreadsheets and Power BI read alike: UTF-8 with BOM, CRLF, RFC 4180. Null is an empty cell and an empty text is
/// <c>""</c>; a text that a spreadsheet could take for a formula gets one <c>'</c> in front, and reading takes exactly one away.
/// </summary>
internal static class CsvTable
{
    private const string EndOfLine = "\r\n";
    private const string Guarded = "=+-@\t\r'";

    public static void Write(TableData data, Stream stream)
    {
        using var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true) { NewLine = EndOfLine };
        text.WriteLine(string.Join(',', data.Table.Columns.Select(column => column.Name)));
        foreach (var row in data.Rows)
            text.WriteLine(string.Join(',', row.Select(Cell)));
    }

    /// <summary>Reads by the header's names, so a column that the file does not have yet is null and one we no longer have is skipped.</summary>
    /// <exception cref="FormatException">It is not such a file.</exception>
    public static TableData Read(SnapshotTable table, ReadOnlySpan<byte> bytes)
    {
        var lines = new CsvReader(Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF')).Lines();
        if (lines.Count == 0)
            throw new FormatException("The file has no header.");

        var places = table.Columns.Select(column => lines[0].IndexOf(column.Name)).ToArray();
        return new TableData(table, [.. lines.Skip(1).Select(line => Row(table, places, line, lines[0].Count))]);
    }

    private static object?[] Row(SnapshotTable table, int[] places, List<string?> line, int width) =>
        line.Count != width
            ? throw new FormatException($"A line has {line.Count} cells where the header has {width}.")
            : [.. places.Zip(table.Columns, (place, column) => place >= 0 && line[place] is { } text ? Value(column.Type, text) : null)];

    private static object Value(ColumnType type, string text) => Cells.Parse(type, type == ColumnType.Text && text.StartsWith('\'') ? text[1..] : text);

    private static string Cell(object? cell) => cell switch
    {
        null => "",
        string text => Quote(text.Length > 0 && Guarded.Contains(text[0], StringComparison.Ordinal) ? "'" + text : text),
        _ => Cells.Format(cell),
    };

    private static string Quote(string text) =>
        text.Length == 0 || text.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
