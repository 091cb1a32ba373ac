using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using FriendCity.Messages;
using Text = DocumentFormat.OpenXml.Wordprocessing.Text;

namespace FriendCity.Reports;

/// <summary>The briefing as a Word document, to be edited before it is read out. Sizes are in half points.</summary>
internal static class BriefingDocx
{
    public static byte[] Write(Briefing briefing, Language language)
    {
        using var file = new MemoryStream();
        using (var document = WordprocessingDocument.Create(file, WordprocessingDocumentType.Document))
        {
            var body = new Body();
            body.Append(Line(18, Run(briefing.Title.In(language), 40, bold: true)), Line(6, Run(briefing.Basis.In(language), 18, "596575")));
            if (briefing.Warning is { } warning)
                body.Append(Line(6, Run(warning.In(language), 20, "B35900", bold: true)));
            foreach (var section in briefing.Sections)
            {
                body.Append(Line(16, Run(section.Title.In(language), 28, "1F5FA8", bold: true)));
                foreach (var sentence in section.Sentences)
                {
                    var line = Line(8, Run(sentence.Text.In(language), 24));
                    if (Briefing.MarkOf(sentence, language) is { } mark)
                        line.Append(Run($" {mark}", 20, "B35900", bold: true));
                    body.Append(line, Line(0, Run(Briefing.Note(sentence, language), 16, "596575")));
                }
            }

            body.Append(Line(16, Run(language == Language.Chinese ? "指标定义" : "Definitions", 28, "1F5FA8", bold: true)));
            foreach (var (kpi, version) in briefing.Definitions)
                body.Append(Line(4, Run($"{version} {kpi.Name.In(language)}: ", 18, bold: true), Run(kpi.Formula.In(language), 18)));
            document.AddMainDocumentPart().Document = new Document(body);
        }

        return file.ToArray();
    }

    private static Paragraph Line(int pointsBefore, params OpenXmlElement[] runs)
    {
        var line = new Paragraph(new ParagraphProperties(
            new SpacingBetweenLines { Before = (20 * pointsBefore).ToString(System.Globalization.CultureInfo.InvariantCulture), After = "40" }));
        line.Append(runs);
        return line;
    }

    private static Run Run(string text, int size, string? colour = null, bool bold = false)
    {
        var properties = new RunProperties(new RunFonts { Ascii = "Calibri", HighAnsi = "Calibri", EastAsia = "SimSun" });
        if (bold)
            properties.Append(new Bold());
        if (colour is not null)
            properties.Append(new Color { Val = colour });
        properties.Append(new FontSize { Val = size.ToString(System.Globalization.CultureInfo.InvariantCulture) });
        return new Run(properties, new Text(Legible(text)) { Space = SpaceProcessingModeValues.Preserve });
    }

    /// <summary>A document with a sign that XML does not know cannot be opened at all; a name may hold one.</summary>
    private static string Legible(string text)
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
}
