using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using FriendCity.Records.Formats.Reading;

namespace FriendCity.Records.Formats.Xlsx;

/// <summary>
/// Reads a workbook row by row. Our own because cells must come as they are stored: libraries that stream turn numbers into dates by the look of
/// a cell, and give no way to tell a fault, or a formula without a value, from an empty cell.
/// </summary>
internal sealed class XlsxReader : IDisposable
{
    /// <summary>Of one part, unpacked: a small file must not become one that no machine holds.</summary>
    public const long MaxPart = 2L * 1024 * 1024 * 1024;

    public static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        CheckCharacters = false,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CloseInput = true,
    };

    private readonly ZipArchive _zip;
    private readonly Dictionary<string, string> _parts = new(StringComparer.Ordinal);
    private readonly List<string> _shared = [];

    /// <exception cref="InvalidDataException">It is no workbook.</exception>
    /// <exception cref="XmlException">A part of it is no XML.</exception>
    public XlsxReader(Stream file)
    {
        _zip = new(file, ZipArchiveMode.Read, leaveOpen: true);
        var book = Relations("", "_rels/.rels").Find(each => each.Type == "officeDocument").Target
            ?? throw new InvalidDataException("The file names no workbook.");
        var folder = book[..(book.LastIndexOf('/') + 1)];
        var relations = Relations(folder, $"{folder}_rels/{book[folder.Length..]}.rels");
        using (var xml = Open(book))
            while (xml.Read())
                if (xml is { NodeType: XmlNodeType.Element, LocalName: "workbookPr" })
                    Is1904 = xml.GetAttribute("date1904") is "1" or "true";
                else if (xml is { NodeType: XmlNodeType.Element, LocalName: "sheet" } && Attribute(xml, "name") is { } name
                    && relations.Find(each => each.Id == Attribute(xml, "id")).Target is { } target && _parts.TryAdd(name, target))
                    Sheets.Add(name);
        if (relations.Find(each => each.Type == "sharedStrings").Target is { } shared)
            ReadShared(shared);
    }

    public List<string> Sheets { get; } = [];

    public bool Is1904 { get; }

    /// <summary>The rows that hold something, each with its number and its cells from the first column on.</summary>
    public IEnumerable<(int Number, List<SourceCell> Cells)> Rows(string sheet)
    {
        using var xml = Open(_parts[sheet]);
        var number = 0;
        while (xml.Read())
        {
            if (xml is not { NodeType: XmlNodeType.Element, LocalName: "row" })
                continue;
            number = RowNumber(xml, number);
            if (xml.IsEmptyElement)
                continue;
            var cells = new List<SourceCell>();
            for (xml.Read(); xml is not { NodeType: XmlNodeType.EndElement, LocalName: "row" };)
                if (xml is { NodeType: XmlNodeType.Element, LocalName: "c" })
                    ReadCell(xml, cells);
                else
                    Next(xml, "row");
            if (cells.Exists(cell => cell.Text is not null))
                yield return (number, cells);
        }
    }

    /// <summary>The part of the file that holds a sheet.</summary>
    public string Part(string sheet) => _parts[sheet];

    /// <summary>The number of the row at which the reader stands.</summary>
    /// <param name="before">That of the row before it.</param>
    public static int RowNumber(XmlReader xml, int before) =>
        int.TryParse(xml.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var own) ? own : before + 1;

    public void Dispose() => _zip.Dispose();

    private void ReadCell(XmlReader xml, List<SourceCell> cells)
    {
        if (Column(xml.GetAttribute("r")) is { } column)
            while (cells.Count < column)
                cells.Add(default);
        var type = xml.GetAttribute("t");
        if (xml.IsEmptyElement)
        {
            cells.Add(default);
            xml.Read();
            return;
        }

        var (value, inline, formula) = ((string?)null, (string?)null, false);
        for (xml.Read(); xml is not { NodeType: XmlNodeType.EndElement, LocalName: "c" };)
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "v" })
                value = xml.ReadElementContentAsString();
            else if (xml is { NodeType: XmlNodeType.Element, LocalName: "is" })
                inline = Text(xml, "is");
            else
            {
                formula |= xml is { NodeType: XmlNodeType.Element, LocalName: "f" };
                Next(xml, "cell");
            }

        xml.Read();
        cells.Add(Cell(type, value, inline, formula));
    }

    /// <summary>Goes on inside of something that has to end.</summary>
    private static void Next(XmlReader xml, string inside)
    {
        if (!xml.Read())
            throw new InvalidDataException($"A {inside} has no end.");
    }

    private SourceCell Cell(string? type, string? value, string? inline, bool formula) => type switch
    {
        "inlineStr" => OfText(inline),
        "s" => OfText(int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < _shared.Count ? _shared[at]
            : throw new InvalidDataException("A cell names a text that the workbook does not have.")),
        "str" or "d" => OfText(value is null ? null : XlsxText.Unescape(value)),
        "b" => new(value switch { "1" => "true", "0" => "false", _ => value }, SourceKind.Flag),
        "e" => new(value ?? "?", SourceKind.Error),
        _ when value is null => formula ? new("?", SourceKind.Error) : default,
        _ => new(value, SourceKind.Number),
    };

    /// <summary>A workbook cannot tell an empty text from nothing: formulas give the one for the other.</summary>
    private static SourceCell OfText(string? text) => new(string.IsNullOrEmpty(text) ? null : text);

    private void ReadShared(string part)
    {
        using var xml = Open(part);
        for (xml.Read(); !xml.EOF;)
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "si" })
                _shared.Add(Text(xml, "si"));
            else
                xml.Read();
    }

    /// <summary>The text of an element, made of its runs without how they are pronounced. Leaves the reader behind the element.</summary>
    private static string Text(XmlReader xml, string element)
    {
        if (xml.IsEmptyElement)
        {
            xml.Read();
            return "";
        }

        var text = new StringBuilder();
        for (xml.Read(); !(xml.NodeType == XmlNodeType.EndElement && xml.LocalName == element);)
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "rPh" })
                xml.Skip();
            else if (xml is { NodeType: XmlNodeType.Element, LocalName: "t" })
                text.Append(xml.ReadElementContentAsString());
            else
                Next(xml, "text");
        xml.Read();
        return XlsxText.Unescape(text.ToString());
    }

    /// <summary>From 0, by the letters of its address; null when it has none.</summary>
    public static int? Column(string? address)
    {
        var letters = address.AsSpan().TrimEnd("0123456789");
        if (letters.IsEmpty)
            return null;
        var column = 0;
        foreach (var letter in letters)
            column = char.IsAsciiLetterUpper(letter) && column < XlsxLimits.Columns ? (26 * column) + letter - 'A' + 1
                : throw new InvalidDataException($"'{address}' is no cell.");
        return column - 1;
    }

    private List<(string? Id, string? Type, string? Target)> Relations(string folder, string part)
    {
        var relations = new List<(string?, string?, string?)>();
        using var xml = Open(part);
        while (xml.Read())
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "Relationship" } && xml.GetAttribute("Target") is { } target)
                relations.Add((xml.GetAttribute("Id"), xml.GetAttribute("Type")?.Split('/')[^1],
                    target.StartsWith('/') ? target[1..] : folder + target));
        return relations;
    }

    private XmlReader Open(string part) => XmlReader.Create(new BoundedStream(
        (_zip.GetEntry(part) ?? throw new InvalidDataException($"The workbook has no {part}.")).Open(), MaxPart), Settings);

    /// <summary>Whatever namespace it stands in.</summary>
    private static string? Attribute(XmlReader xml, string name)
    {
        string? found = null;
        for (var i = 0; i < xml.AttributeCount; i++)
        {
            xml.MoveToAttribute(i);
            if (xml.LocalName == name)
                found = xml.Value;
        }

        xml.MoveToElement();
        return found;
    }
}
