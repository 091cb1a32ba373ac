using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;

namespace FriendCity.Tests.Integration.Http.Exports;

/// <summary>A workbook as Office's own library sees it: it must be valid, and cells are text as stored.</summary>
internal sealed class Workbook
{
    private readonly Dictionary<string, List<List<string?>>> _sheets = [];

    public Workbook(byte[] file)
    {
        using var document = SpreadsheetDocument.Open(new MemoryStream(file), isEditable: false);
        Assert.Empty(new OpenXmlValidator(FileFormatVersions.Microsoft365).Validate(document).Select(fault => $"{fault.Path?.XPath}: {fault.Description}"));
        var book = document.WorkbookPart!;
        foreach (var sheet in book.Workbook!.Sheets!.Elements<Sheet>())
            _sheets.Add(sheet.Name!, [.. ((WorksheetPart)book.GetPartById(sheet.Id!)).Worksheet!.Descendants<Row>().Select(Cells)]);
    }

    public IEnumerable<string> Sheets => _sheets.Keys;

    public IReadOnlyList<IReadOnlyList<string?>> Rows(string sheet) => _sheets[sheet];

    /// <summary>The cells under a heading.</summary>
    public IReadOnlyList<string?> Column(string sheet, string heading)
    {
        var rows = _sheets[sheet];
        var at = rows[0].IndexOf(heading);
        return [.. rows.Skip(1).Select(row => at < row.Count ? row[at] : null)];
    }

    private static List<string?> Cells(Row row)
    {
        var cells = new List<string?>();
        foreach (var cell in row.Elements<Cell>())
        {
            var letters = cell.CellReference!.Value!.TrimEnd([.. "0123456789"]);
            var column = letters.Aggregate(0, (number, letter) => (26 * number) + letter - 'A' + 1) - 1;
            while (cells.Count < column)
                cells.Add(null);
            cells.Add(cell.InlineString?.Text?.Text ?? cell.CellValue?.Text);
        }

        return cells;
    }
}
