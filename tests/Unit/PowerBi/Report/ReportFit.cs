using System.Globalization;
using FriendCity.Tests.Unit.PowerBi.Model;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Unit.PowerBi.Report;

/// <summary>Whether a visual has room for what it says: its title, the names of its numbers in both languages, its categories.</summary>
internal static class ReportFit
{
    private const double Title = 11, Label = 10, Padding = 20, TilePadding = 24;

    /// <summary>Heights and widths in pixels that Power BI takes for itself, and that a category and its name need.</summary>
    private const double Head = 36, Axis = 28, Legend = 24, ValueAxis = 60, Row = 16, Column = 28;

    private const int Series = 8;

    /// <summary>Widths in pixels: a column of a table, what a button takes for itself. Points of a button's text.</summary>
    private const double Cell = 54, Button = 16, ButtonText = 9;

    /// <summary>Columns of the report whose values are told apart by another one in the files.</summary>
    private static readonly Dictionary<string, string> Codes = new()
    {
        ["Stage"] = "stage",
        ["Sector"] = "sector_id",
        ["Region"] = "region_en",
        ["Part"] = "dimension_value",
        ["Activity Type"] = "activity_type",
        ["Severity"] = "severity",
        ["Alert Kind"] = "alert_code",
        ["KPI"] = "kpi_id",
    };

    public static IEnumerable<string> Faults(ReportFolder report) => report.Pages().SelectMany(page =>
        page.Visuals.Where(visual => !visual.IsNavigator).SelectMany(Texts).Concat(page.Visuals.Where(visual => visual.IsNavigator)
            .SelectMany(visual => Buttons(visual, visual.Type == "pageNavigator"
                ? report.Pages().Where(each => each.IsShown).Select(each => each.Title)
                : ReportNavigation.Of(report, visual).Select(bookmark => (string)bookmark["displayName"]!))))
            .Select(fault => $"{page.Title}: {fault}"));

    /// <summary>For each chart: what it is, the SQL that counts its categories or its series, and how many there is room for.</summary>
    public static IEnumerable<(string Chart, string Sql, int Room)> Categories(ReportFolder report, ModelFiles model, ReportModel measures) =>
        from page in report.Pages()
        from visual in page.Visuals
        where IsOf(visual, "BarChart") || IsOf(visual, "ColumnChart") || IsOf(visual, "funnel")
        from role in new[] { "Category", "Series" }
        from field in visual.Json.SelectTokens($"visual.query.queryState.{role}").SelectMany(FieldUse.In).Take(1)
            // The page of one city shows one.
        where field is not { Table: "City", Name: "City" }
        select ($"{page.Title}: “{visual.Title}” {role}", Count(field, visual, model, measures), role == "Series" ? Series : Room(visual));

    private static bool IsOf(ReportVisual visual, string type) => visual.Type.EndsWith(type, StringComparison.OrdinalIgnoreCase);

    private static int Room(ReportVisual visual)
    {
        var hasLegend = visual.In("Y").Count() > 1 || visual.In("Series").Any();
        return IsOf(visual, "ColumnChart")
            ? (int)((visual.Right - visual.X - ValueAxis) / Column)
            : (int)((visual.Bottom - visual.Y - Head - Axis - (hasLegend ? Legend : 0)) / Row);
    }

    private static string Count(FieldUse category, ReportVisual visual, ModelFiles model, ReportModel measures)
    {
        var table = category.Table == "Date" ? visual.Fields.First(field => field.Kind == "Measure").Table : category.Table;
        var file = TwinFilter.File(model.Table(table)!)!;
        var value = category is { Table: "Date", Name: "Year" }
            ? $"year({(file == "fact_activity" ? "activity_date" : "stage_date")})" : Codes.GetValueOrDefault(category.Name, category.Name);
        var kpis = visual.Fields.Where(field => field.Kind == "Measure").SelectMany(field => measures.Kpis(field.Name))
            .Concat(visual.Json.SelectTokens("filterConfig.filters[*].filter..Literal.Value").Select(literal => ((string)literal!).Trim('\''))
                .Where(text => text.Length == 3 && text[0] == 'K')).Distinct().ToList();
        return $"SELECT count(DISTINCT {value}) FROM {file}"
            + (file is "kpi_daily" or "dim_kpi" && kpis.Count > 0 ? $" WHERE kpi_id IN ('{string.Join("','", kpis)}')" : "");
    }

    private static IEnumerable<string> Texts(ReportVisual visual)
    {
        var width = visual.Right - visual.X - Padding;
        var size = (double?)visual.Number("visual.visualContainerObjects.title[0].properties.fontSize") ?? Title;
        if (Words(visual.TitleToken).Any(title => Width(title, size) > width))
            yield return $"the title “{visual.Title}” is cut";
        if (visual.Type == "tableEx" && width / visual.FieldCount < Cell)
            yield return string.Create(CultureInfo.InvariantCulture, $"“{visual.Title}” has {visual.FieldCount} columns in {width:0} px");
        if (visual.Type != "cardVisual")
            yield break;
        var tile = (width / visual.Fields.Count) - (visual.Y > 0 ? TilePadding : 8);
        foreach (var name in visual.Json.SelectTokens("visual.objects.label[*].properties.text.expr").SelectMany(Words)
            .Where(name => Width(name, Label) > tile))
            yield return string.Create(CultureInfo.InvariantCulture, $"“{name}” needs {Width(name, Label):0} px on a tile of {tile:0}");
        foreach (var field in visual.Fields.Where(field => field.Table == "Display Language"))
        {
            var points = (double)visual.Number("visual.objects.value[0].properties.fontSize")!;
            var lines = Math.Floor((visual.Bottom - visual.Y - Heading(size)) / (points * 1.8));
            foreach (var text in ReportModel.Shipped.Texts(field) is var (zh, en) ? [zh, en] : (string[])[])
                if (Width(text, points) > lines * (width - 8))
                    yield return string.Create(CultureInfo.InvariantCulture,
                        $"“{text}” needs {Width(text, points):0} px in {lines} lines of {width - 8:0}");
        }
    }

    /// <summary>A button for each name, side by side.</summary>
    private static IEnumerable<string> Buttons(ReportVisual navigator, IEnumerable<string> names)
    {
        var all = names.ToList();
        var room = ((navigator.Right - navigator.X) / all.Count) - Button;
        return all.Where(name => Width(name, ButtonText) > room).Select(name => string.Create(CultureInfo.InvariantCulture,
            $"“{name}” needs {Width(name, ButtonText):0} px on a button of {room:0}"));
    }

    private static double Heading(double points) => (points * 1.6) + 10;

    private static IEnumerable<string> Words(JToken? text) =>
        text is null ? [] : FieldUse.In(text).SingleOrDefault() is { } measure && ReportModel.Shipped.Texts(measure) is var (zh, en) ? [zh, en]
            : [((string?)text.SelectToken("Literal.Value") ?? "").Trim('\'')];

    /// <summary>About as wide as the fonts of the theme set it, in pixels: a Chinese sign is a square, a Latin letter half of one.</summary>
    private static double Width(string text, double points) =>
        text.Sum(sign => sign >= '\u2E80' ? 1 : " il.,:;|'()·".Contains(sign, StringComparison.Ordinal) ? 0.3 : 0.56) * points * 4 / 3;
}
