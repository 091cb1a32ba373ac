using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using FriendCity.Messages;
using Text = FriendCity.Messages.Text;

namespace FriendCity.Reports.Word;

/// <summary>The briefing as a Word document, as an office hands it on.</summary>
internal static class BriefingDocx
{
    private static readonly Text Map = new(
        "Where the ties are. Filled disc: friend city; ring: friendly cooperation; dashed ring: intention. The outline is schematic and shows no "
            + "boundaries.",
        "友城布局图。实心圆为友好城市，圆环为友好合作城市，虚线圆环为结好意向城市；轮廓仅为示意，不表示任何边界。");

    /// <summary>How wide the columns of the table are, of a hundred.</summary>
    private static readonly int[] Shares = [8, 22, 22, 19, 29];

    public static byte[] Write(Briefing briefing, Language language)
    {
        var layout = Layout.Of(language);
        var lines = new Paragraphs(layout, language);
        using var file = new MemoryStream();
        using (var document = WordprocessingDocument.Create(file, WordprocessingDocumentType.Document))
        {
            var main = document.AddMainDocumentPart();
            var body = new Body();
            body.Append(lines.Title(briefing.Title.In(language)), lines.Body(briefing.Basis.In(language)));
            if (briefing.Warning is { } warning)
                body.Append(lines.Body(warning.In(language)));
            foreach (var (section, index) in briefing.Sections.Select((section, index) => (section, index)))
            {
                body.Append(lines.Heading(index + 1, section.Title.In(language)));
                body.Append(section.Sentences.Select(sentence => lines.Body(sentence.Text.In(language))));
            }

            Cities(body, lines, layout, briefing, language);
            if (MapPicture.Draw(briefing, language, layout.Head) is { } map)
            {
                body.Append(lines.Picture(Picture.Inline(main, map, MapPicture.Width, MapPicture.Height, Map.In(language))));
                body.Append(lines.Small((Map.In(language), false)));
            }

            body.Append(lines.Caption(Briefing.NotesTitle.In(language), large: true));
            var colon = language == Language.Chinese ? "：" : "  ";
            body.Append(briefing.Notes(language).Select(each => lines.Small((each.Place + colon, true), (each.Note, false))));
            body.Append(briefing.Definitions.Select(each => Briefing.Definition(each, language))
                .Select(each => lines.Small((each.Name, true), (each.Formula, false))));
            DocumentFrame.Add(main, body, layout, lines, briefing.Title.In(language));
            main.Document = new Document(body);
        }

        return file.ToArray();
    }

    private static void Cities(Body body, Paragraphs lines, Layout layout, Briefing briefing, Language language)
    {
        var cities = CityTable.Of(briefing, language);
        if (cities.Rows.Count == 0)
            return;
        int[] widths = [.. Shares.Select(share => share * (Layout.Twips(210) - layout.Left - layout.Right) / 100)];
        var table = new Table(
            new TableProperties(
                new TableWidth { Type = TableWidthUnitValues.Dxa, Width = $"{widths.Sum()}" },
                new TableJustification { Val = TableRowAlignmentValues.Center },
                new TableBorders(Rule<TopBorder>(8), Rule<BottomBorder>(8), Rule<InsideHorizontalBorder>(4)),
                new TableLayout { Type = TableLayoutValues.Fixed }),
            new TableGrid(widths.Select(width => new GridColumn { Width = $"{width}" })));
        table.Append(Row(new TableRowProperties(new CantSplit(), new TableHeader()), cities.Heads, head: true));
        foreach (var row in cities.Rows)
            table.Append(Row(new TableRowProperties(new CantSplit()), row, head: false));
        body.Append(lines.Caption(Briefing.CitiesTitle.In(language), large: true), table);
        body.Append(lines.Small((cities.Note ?? "", false)));

        TableRow Row(TableRowProperties properties, IReadOnlyList<string> cells, bool head)
        {
            var line = new TableRow(properties);
            line.Append(cells.Select((cell, column) => lines.Cell(cell, widths[column], head)));
            return line;
        }
    }

    private static T Rule<T>(uint eighths)
        where T : BorderType, new() => new() { Val = BorderValues.Single, Size = eighths, Color = "auto" };
}
