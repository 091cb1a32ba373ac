using System.Text;
using FriendCity.Serialization;

namespace FriendCity.Records.Formats.Reading;

/// <summary>The records of a CSV file, as exports write it; lines may end in any way, and quotes may stand where they need not.</summary>
internal static class CsvRows
{
    /// <exception cref="SourceException">The file as a whole is at fault; also while rows are read.</exception>
    public static RowSource Read(RecordType type, Stream file)
    {
        Utf8File.Check(file);
        var reader = new CsvReader(new StreamReader(file, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, leaveOpen: true), anyEnd: true);
        var first = Line(reader, 1) ?? throw new SourceException(RowFault.Of(1, "no_headings", new("The file is empty.", "文件为空。")));
        var head = new TableHead(first, new TableHeadings(TableColumn.Of(type)), new CellReader());
        return new(Rows(reader, head), new FilePlaces(null, head.Headings));
    }

    private static IEnumerable<SourceRow> Rows(CsvReader reader, TableHead head)
    {
        for (var row = 2; Line(reader, row) is { } cells; row++)
        {
            // A line without a value is no record.
            if (cells.TrueForAll(cell => cell.Text is null))
                continue;
            var faults = new List<RowFault>();
            yield return new(row, head.Read(row, cells, faults), faults);
        }
    }

    private static List<SourceCell>? Line(CsvReader reader, int row)
    {
        try
        {
            return reader.Line()?.Select(cell => new SourceCell(cell is null ? null : CsvText.Unguarded(cell))).ToList();
        }
        catch (FormatException)
        {
            throw new SourceException(RowFault.Of(row, "malformed_csv", new(
                "A quotation mark opens or closes a cell in the wrong place.", "引号的位置不正确，单元格未正常开始或结束。")));
        }
    }
}
