using System.IO.Compression;
using System.Xml;
using FriendCity.Records.Schemas;

namespace FriendCity.Records.Formats.Xlsx;

/// <summary>A column of a sheet; its kind says how cells of it are shown, also those that a person adds.</summary>
internal sealed record XlsxColumn(string Heading, CellKind Kind)
{
    /// <summary>The formula of what a cell may be picked from.</summary>
    public string? Choices { get; init; }

    /// <summary>Excel refuses anything else.</summary>
    public bool OnlyChoices { get; init; }
}

/// <summary>
/// Writes a workbook sheet by sheet and row by row into a file. Our own because text must come back as it was: libraries that stream drop spaces
/// at the ends, take <c>_x000A_</c> for a line break, and cut or pass on what is too long; Open XML SDK keeps whole sheets in memory.
/// </summary>
internal sealed class XlsxWriter(Stream file, XlsxLimits limits) : IDisposable
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    private readonly ZipArchive _zip = new(file, ZipArchiveMode.Create, leaveOpen: true);
    private readonly List<(string Name, bool IsHidden)> _sheets = [];
    private XmlWriter? _xml;
    private string[] _letters = [];
    private IReadOnlyList<XlsxColumn> _columns = [];
    private int _rows;

    /// <summary>Begins a sheet, with its headings as the first row; ends the one before.</summary>
    public void BeginSheet(string name, IReadOnlyList<XlsxColumn> columns, bool isHidden = false)
    {
        EndSheet();
        _sheets.Add((name, isHidden));
        (_columns, _rows, _letters) = (columns, 0, [.. Enumerable.Range(0, columns.Count).Select(Letters)]);
        _xml = Part($"xl/worksheets/sheet{XlsxParts.Number(_sheets.Count)}.xml");
        _xml.WriteStartElement("worksheet", Main);
        XlsxParts.WriteView(_xml);
        _xml.WriteStartElement("cols", Main);
        for (var i = 0; i < columns.Count; i++)
            XlsxParts.WriteColumn(_xml, i + 1, columns[i]);
        _xml.WriteEndElement();
        _xml.WriteStartElement("sheetData", Main);
        BeginRow();
        for (var i = 0; i < columns.Count; i++)
            WriteText(i, columns[i].Heading, XlsxParts.HeadingStyle);
        _xml.WriteEndElement();
    }

    /// <param name="what">Names the row where it has to be refused.</param>
    /// <exception cref="XlsxLimitException">A cell or the sheet would be larger than Excel takes.</exception>
    public void Row(string what, IEnumerable<TableCell> cells)
    {
        if (_rows == limits.Rows)
            throw new XlsxLimitException(new($"The sheet {_sheets[^1].Name} has more than the {limits.Rows} rows that it can hold.",
                $"工作表“{_sheets[^1].Name}”超过其可容纳的 {limits.Rows} 行。"));
        BeginRow();
        var i = 0;
        foreach (var cell in cells)
        {
            if (cell.Text is { Length: > XlsxLimits.Cell } text)
                throw new XlsxLimitException(new(
                    $"{what}, {_columns[i].Heading}: the cell has {text.Length} characters, and Excel takes {XlsxLimits.Cell}.",
                    $"{what}，{_columns[i].Heading}：单元格有 {text.Length} 个字符，Excel 最多容纳 {XlsxLimits.Cell} 个。"));
            Write(i++, cell);
        }

        _xml!.WriteEndElement();
    }

    public void Finish()
    {
        EndSheet();
        XlsxParts.WriteBook(_sheets, Part);
        _zip.Dispose();
    }

    public void Dispose()
    {
        _xml?.Dispose();
        _zip.Dispose();
    }

    /// <summary>What a column is called, from 0.</summary>
    public static string Letters(int column) =>
        column < 26 ? ((char)('A' + column)).ToString() : Letters((column / 26) - 1) + (char)('A' + (column % 26));

    private XmlWriter Part(string name)
    {
        _xml?.Dispose();
        _xml = null;
        return XmlWriter.Create(_zip.CreateEntry(name, CompressionLevel.Fastest).Open(), new XmlWriterSettings
        {
            CloseOutput = true,
            CheckCharacters = false,
            NewLineHandling = NewLineHandling.None,
        });
    }

    private void BeginRow()
    {
        _xml!.WriteStartElement("row", Main);
        _xml.WriteAttributeString("r", XlsxParts.Number(++_rows));
    }

    private void Write(int column, TableCell cell)
    {
        if (cell.Text is not { } text)
            return;
        switch (cell.Kind)
        {
            case CellKind.Number:
                WriteValue(column, null, text, null);
                break;
            case CellKind.Flag:
                WriteValue(column, "b", text == "true" ? "1" : "0", null);
                break;
            case CellKind.Date when DateFieldType.TryParse(text, out var day) && XlsxDays.Serial(day) is { } serial:
                WriteValue(column, null, XlsxParts.Number(serial), XlsxParts.DateStyle);
                break;
            default:
                WriteText(column, text, XlsxParts.TextStyle);
                break;
        }
    }

    private void WriteValue(int column, string? type, string value, string? style)
    {
        BeginCell(column, type, style);
        _xml!.WriteElementString("v", Main, value);
        _xml.WriteEndElement();
    }

    private void WriteText(int column, string text, string style)
    {
        BeginCell(column, "inlineStr", style);
        _xml!.WriteStartElement("is", Main);
        _xml.WriteStartElement("t", Main);
        _xml.WriteAttributeString("xml", "space", null, "preserve");
        _xml.WriteString(XlsxText.Escape(text));
        _xml.WriteEndElement();
        _xml.WriteEndElement();
        _xml.WriteEndElement();
    }

    private void BeginCell(int column, string? type, string? style)
    {
        _xml!.WriteStartElement("c", Main);
        _xml.WriteAttributeString("r", _letters[column] + XlsxParts.Number(_rows));
        if (style is not null)
            _xml.WriteAttributeString("s", style);
        if (type is not null)
            _xml.WriteAttributeString("t", type);
    }

    private void EndSheet()
    {
        if (_xml is null)
            return;
        _xml.WriteEndElement();
        XlsxParts.WriteChoices(_xml, _columns);
        _xml.WriteEndElement();
        _xml.Dispose();
        _xml = null;
    }
}
