using System.IO.Compression;
using System.Xml;
using FriendCity.Records.Formats.Reading;
using FriendCity.Records.Formats.Xlsx;

namespace FriendCity.Records.Formats.Marking;

/// <summary>
/// A workbook as it was sent, its styles, formulas and other sheets among it; in a sheet with rows at fault a column behind the last says what is
/// wrong with which, and import passes over it.
/// </summary>
internal sealed class XlsxMarks
{
    private static readonly XmlWriterSettings Settings = new()
    {
        CloseOutput = true,
        CheckCharacters = false,
        // A line break that was escaped must not become one that readers fold.
        NewLineHandling = NewLineHandling.Entitize,
    };

    private readonly int _head;
    private readonly int _column;
    private readonly ILookup<int, RowFault> _byRow;

    /// <param name="head">The row of headings.</param>
    /// <param name="column">Where the column stands, from 0.</param>
    private XlsxMarks(int head, int column, ILookup<int, RowFault> byRow) => (_head, _column, _byRow) = (head, column, byRow);

    /// <param name="file">A workbook that could be read to its end.</param>
    /// <exception cref="InvalidDataException">It unpacks to more than any workbook that is taken.</exception>
    public static void Write(Stream file, Stream output, IReadOnlyList<RowFault> faults)
    {
        file.Position = 0;
        using var book = new XlsxReader(file);
        var sheets = new Dictionary<string, XlsxMarks>(StringComparer.Ordinal);
        foreach (var sheet in book.Sheets)
            if (Plan(book, sheet, faults) is { } marks)
                sheets[book.Part(sheet)] = marks;

        using var source = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        using var target = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true);
        var left = XlsxReader.MaxPart;
        foreach (var entry in source.Entries)
        {
            using var from = new BoundedStream(entry.Open(), left);
            using var to = target.CreateEntry(entry.FullName, CompressionLevel.Fastest).Open();
            if (sheets.TryGetValue(entry.FullName, out var marks))
                marks.Copy(from, to);
            else
                from.CopyTo(to);
            left -= from.Count;
        }
    }

    /// <summary>Null where there is nothing to say, and nothing was said by an earlier import.</summary>
    private static XlsxMarks? Plan(XlsxReader book, string sheet, IReadOnlyList<RowFault> faults)
    {
        var own = faults.Where(fault => fault.Sheet == sheet).ToLookup(fault => fault.Row);
        var (head, column, width) = (0, -1, 0);
        foreach (var (row, cells) in book.Rows(sheet))
        {
            if (head == 0)
                (head, column) = (row, cells.FindIndex(cell => cell.Text == TableHead.Errors));
            width = Math.Max(width, cells.Count);
            if (column >= 0 || own.Count == 0)
                break;
        }

        if (column < 0 && (own.Count == 0 || width == XlsxLimits.Columns))
            return null;
        return new(head, column >= 0 ? column : width, own);
    }

    private void Copy(Stream from, Stream to)
    {
        using var xml = XmlReader.Create(from, XlsxReader.Settings);
        using var copy = XmlWriter.Create(to, Settings);
        xml.MoveToContent();
        Copy(xml, copy, () =>
        {
            // How far the sheet reached is of no use any more, and it need not say so.
            if (xml.LocalName == "dimension")
                xml.Skip();
            else if (xml.LocalName == "sheetData")
                CopyRows(xml, copy);
            else
                copy.WriteNode(xml, defattr: false);
        });
    }

    private void CopyRows(XmlReader xml, XmlWriter copy)
    {
        var row = 0;
        Copy(xml, copy, () =>
        {
            row = XlsxReader.RowNumber(xml, row);
            CopyRow(xml, copy, row);
        });
    }

    private void CopyRow(XmlReader xml, XmlWriter copy, int row)
    {
        var text = row == _head ? TableHead.Errors : RowMarks.Text([.. _byRow[row]], XlsxLimits.Cell);
        var (at, space) = (-1, xml.NamespaceURI);
        Copy(xml, copy, () =>
        {
            at = XlsxReader.Column(xml.GetAttribute("r")) ?? at + 1;
            if (at > _column || xml.LocalName != "c")
                Write();
            if (at == _column && xml.LocalName == "c")
                xml.Skip();
            else
                copy.WriteNode(xml, defattr: false);
        }, Write);

        void Write()
        {
            if (text.Length == 0)
                return;
            copy.WriteStartElement("c", space);
            copy.WriteAttributeString("r", XlsxWriter.Letters(_column) + XlsxParts.Number(row));
            copy.WriteAttributeString("t", "inlineStr");
            copy.WriteStartElement("is", space);
            copy.WriteStartElement("t", space);
            copy.WriteAttributeString("xml", "space", null, "preserve");
            copy.WriteString(XlsxText.Escape(text));
            copy.WriteEndElement();
            copy.WriteEndElement();
            copy.WriteEndElement();
            text = "";
        }
    }

    /// <summary>Copies an element; leaves the reader behind it.</summary>
    /// <param name="child">Copies an element in it, and leaves the reader behind that.</param>
    /// <param name="end">Writes what is to stand behind all others.</param>
    private static void Copy(XmlReader xml, XmlWriter copy, Action child, Action? end = null)
    {
        copy.WriteStartElement(xml.Prefix, xml.LocalName, xml.NamespaceURI);
        while (xml.MoveToNextAttribute())
            // A hint at the columns of a row, which are more by now.
            if (xml.LocalName != "spans")
                copy.WriteAttributeString(xml.Prefix, xml.LocalName, xml.NamespaceURI, xml.Value);
        xml.MoveToElement();
        var empty = xml.IsEmptyElement;
        xml.Read();
        while (!empty && xml.NodeType != XmlNodeType.EndElement)
            if (xml.NodeType == XmlNodeType.Element)
                child();
            else if (!xml.Read())
                throw new InvalidDataException("A sheet has no end.");
        end?.Invoke();
        copy.WriteEndElement();
        if (!empty)
            xml.Read();
    }
}
