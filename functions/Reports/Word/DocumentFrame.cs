using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace FriendCity.Reports.Word;

/// <summary>What a document has around its text: the page's size and edges, page numbers, the fonts with what stands in for them.</summary>
internal static class DocumentFrame
{
    public static void Add(MainDocumentPart main, Body body, Layout layout, Paragraphs lines, string title)
    {
        main.AddNewPart<FontTablePart>().Fonts = new Fonts(Layout.Fonts.Select(font => new Font(
            new AltName { Val = font.Others },
            new FontCharSet { Val = font.Han ? "86" : "00" },
            new FontFamily { Val = font.Han ? FontFamilyValues.Roman : FontFamilyValues.Swiss },
            new Pitch { Val = FontPitchValues.Variable })
        { Name = font.Name }));
        // Odd pages and even ones have their numbers on different sides.
        main.AddNewPart<DocumentSettingsPart>().Settings = new DocumentFormat.OpenXml.Wordprocessing.Settings(new EvenAndOddHeaders());
        main.AddNewPart<StyleDefinitionsPart>().Styles = new Styles(new DocDefaults(
            new RunPropertiesDefault(new RunPropertiesBaseStyle(
                new RunFonts { Ascii = layout.Body, HighAnsi = layout.Body, EastAsia = layout.Body },
                new FontSize { Val = $"{layout.BodySize}" })),
            new ParagraphPropertiesDefault()));
        main.OpenXmlPackage.PackageProperties.Title = Paragraphs.Legible(title);
        body.Append(new SectionProperties(
            Footer(main, lines, HeaderFooterValues.Default),
            Footer(main, lines, HeaderFooterValues.Even),
            new PageSize { Width = (uint)Layout.Twips(210), Height = (uint)Layout.Twips(297) },
            new PageMargin
            {
                Top = layout.Top,
                Bottom = layout.Bottom,
                Left = (uint)layout.Left,
                Right = (uint)layout.Right,
                Header = (uint)Layout.Twips(15),
                Footer = (uint)Layout.Twips(25),
                Gutter = 0,
            }));
    }

    private static FooterReference Footer(MainDocumentPart main, Paragraphs lines, HeaderFooterValues kind)
    {
        var part = main.AddNewPart<FooterPart>();
        part.Footer = new Footer(lines.PageNumber(even: kind == HeaderFooterValues.Even));
        return new FooterReference { Type = kind, Id = main.GetIdOfPart(part) };
    }
}
