using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using FriendCity.Records.Formats.Xlsx;

namespace FriendCity.Tests.Integration.Imports;

/// <summary>Works on a workbook as a person does.</summary>
internal static class WorkbookEdits
{
    /// <param name="edit">Gets the sheets in their order.</param>
    public static byte[] Edited(byte[] file, Action<IReadOnlyList<Worksheet>> edit)
    {
        using var stream = new MemoryStream();
        stream.Write(file);
        using (var document = SpreadsheetDocument.Open(stream, isEditable: true))
        {
            var book = document.WorkbookPart!;
            edit([.. book.Workbook!.Sheets!.Elements<Sheet>().Select(sheet => ((WorksheetPart)book.GetPartById(sheet.Id!)).Worksheet!)]);
        }

        return stream.ToArray();
    }

    /// <summary>Puts a text under a heading, over what stands there; the row is added where it is not there.</summary>
    public static Cell Put(this Worksheet sheet, uint number, string heading, string text)
    {
        var rows = sheet.Descendants<Row>().ToList();
        var letters = Letters(rows[0].Elements<Cell>().Single(cell => cell.InlineString!.Text!.Text == heading));
        var row = rows.Find(each => each.RowIndex!.Value == number) ?? sheet.GetFirstChild<SheetData>()!.AppendChild(new Row { RowIndex = number });
        row.Elements<Cell>().FirstOrDefault(cell => Letters(cell) == letters)?.Remove();
        var made = new Cell { CellReference = $"{letters}{number}", DataType = CellValues.InlineString, InlineString = new(new Text(text)) };
        return row.InsertBefore(made, row.Elements<Cell>().FirstOrDefault(cell => XlsxReader.Column(Letters(cell)) > XlsxReader.Column(letters)))!;
    }

    private static string Letters(Cell cell) => cell.CellReference!.Value!.TrimEnd([.. "0123456789"]);
}
