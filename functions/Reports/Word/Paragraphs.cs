using System.Globalization;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;
using FriendCity.Messages;
using Text = DocumentFormat.OpenXml.Wordprocessing.Text;

namespace FriendCity.Reports.Word;

/// <summary>Paragraphs, runs and cells of a layout.</summary>
internal sealed class Paragraphs(Layout layout, Language language)
{
    private bool IsChinese => language == Language.Chinese;

    public Paragraph Title(string text) => Line(Properties(layout.Pitch, JustificationValues.Center, after: 240),
        Run(text, layout.Title, layout.TitleSize, bold: !IsChinese));

    /// <summary>A part, counted as the language counts them.</summary>
    public Paragraph Heading(int number, string text) => Line(
        Properties(layout.Pitch, before: IsChinese ? 0 : 240, indent: layout.Indent, keep: true, level: 0),
        Run(IsChinese ? $"{Words.Ordinal(number)}、{text}" : FormattableString.Invariant($"{number}  {text}"), layout.Head, layout.BodySize,
            bold: !IsChinese));

    public Paragraph Body(string text) => Line(
        Properties(layout.Pitch, IsChinese ? JustificationValues.Both : JustificationValues.Left, after: IsChinese ? 0 : 100, indent: layout.Indent),
        Run(text, layout.Body, layout.BodySize));

    /// <summary>A heading that is not one of the parts, of a table or of the notes.</summary>
    public Paragraph Caption(string text, bool large) => Line(
        Properties(large ? layout.Pitch : layout.SmallPitch, JustificationValues.Center, before: 160, after: 80, keep: true, level: large ? 0 : null),
        Run(text, layout.Head, large ? layout.BodySize : layout.SmallSize, bold: !IsChinese));

    public Paragraph Small(params (string Text, bool Head)[] parts)
    {
        var line = Line(Properties(layout.SmallPitch, after: 40));
        line.Append(parts.Select(part => Run(part.Text, part.Head ? layout.Head : layout.Body, layout.SmallSize, bold: part.Head && !IsChinese)));
        return line;
    }

    public TableCell Cell(string text, int width, bool head)
    {
        var properties = new TableCellProperties(new TableCellWidth { Type = TableWidthUnitValues.Dxa, Width = Number(width) },
            new TableCellVerticalAlignment { Val = TableVerticalAlignmentValues.Center });
        var line = Properties(layout.SmallPitch, IsChinese ? JustificationValues.Center : JustificationValues.Left, keep: head);
        return new TableCell(properties, Line(line, Run(text, head ? layout.Head : layout.Body, layout.SmallSize, bold: head && !IsChinese)));
    }

    /// <summary>A picture is as high as it is: a fixed pitch would cut it.</summary>
    public Paragraph Picture(Drawing drawing) => Line(Properties(null, JustificationValues.Center, keep: true), new Run(drawing));

    /// <summary>
    /// The page's number: in Chinese between dashes, an even page's to the left and an odd one's to the right, a character from the edge.
    /// </summary>
    public Paragraph PageNumber(bool even)
    {
        var properties = new ParagraphProperties();
        if (IsChinese)
            properties.Append(even ? new Indentation { LeftChars = 100 } : new Indentation { RightChars = 100 });
        properties.Append(new Justification
        {
            Val = !IsChinese ? JustificationValues.Center : even ? JustificationValues.Left : JustificationValues.Right,
        });
        var size = IsChinese ? 28 : 18;
        var field = new SimpleField(Run("1", layout.Number, size)) { Instruction = "PAGE" };
        return IsChinese ? Line(properties, Run("— ", layout.Number, size), field, Run(" —", layout.Number, size)) : Line(properties, field);
    }

    /// <summary>A document with a sign that XML does not know cannot be opened at all; a name may hold one.</summary>
    public static string Legible(string text)
    {
        var signs = text.ToCharArray();
        for (var i = 0; i < signs.Length; i++)
        {
            if (i + 1 < signs.Length && XmlConvert.IsXmlSurrogatePair(signs[i + 1], signs[i]))
                i++;
            else if (!XmlConvert.IsXmlChar(signs[i]))
                signs[i] = '\uFFFD';
        }

        return new string(signs);
    }

    private static Paragraph Line(ParagraphProperties properties, params OpenXmlElement[] runs)
    {
        var line = new Paragraph(properties);
        line.Append(runs);
        return line;
    }

    /// <summary>In the order in which the schema wants them.</summary>
    private ParagraphProperties Properties(int? pitch, JustificationValues? justification = null, int before = 0, int after = 0, int indent = 0,
        bool keep = false, int? level = null)
    {
        var properties = new ParagraphProperties();
        if (keep)
            properties.Append(new KeepNext());
        var spacing = new SpacingBetweenLines { Before = Number(before), After = Number(after) };
        if (pitch is { } fixedPitch)
            (spacing.Line, spacing.LineRule) = (Number(fixedPitch), LineSpacingRuleValues.Exact);
        properties.Append(spacing);
        if (indent > 0)
            // Readers that do not count characters take the length.
            properties.Append(new Indentation { FirstLineChars = indent, FirstLine = Number(indent * layout.BodySize / 10) });
        if (justification is { } value)
            properties.Append(new Justification { Val = value });
        if (level is { } outline)
            properties.Append(new OutlineLevel { Val = outline });
        return properties;
    }

    private Run Run(string text, string font, int size, bool bold = false)
    {
        var properties = new RunProperties(new RunFonts
        {
            Ascii = font,
            HighAnsi = font,
            EastAsia = font,
            ComplexScript = font,
            // Quotation marks and dashes belong to both scripts: in Chinese text they are as wide as a character.
            Hint = IsChinese ? FontTypeHintValues.EastAsia : FontTypeHintValues.Default,
        });
        if (bold)
            properties.Append(new Bold());
        properties.Append(new FontSize { Val = Number(size) }, new FontSizeComplexScript { Val = Number(size) },
            new Languages { Val = "en-GB", EastAsia = "zh-CN" });
        return new Run(properties, new Text(Legible(text)) { Space = SpaceProcessingModeValues.Preserve });
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
