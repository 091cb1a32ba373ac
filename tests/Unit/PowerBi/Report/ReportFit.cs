using System.Globalization;
using FriendCity.Tests.Unit.PowerBi.Model;

namespace FriendCity.Tests.Unit.PowerBi.Report;

/// <summary>Whether a visual has room for what it says: its title, the names of its numbers in both languages, its categories.</summary>
internal static class ReportFit
{
    private const double Title = 11, Label = 10, Padding = 20, TilePadding = 24;

    /// <summary>Heights and widths in pixels that Power BI takes for itself, and that a category and its name need.</summary>
    private const double Head = 36, Axis = 28, Legend = 24, ValueAxis = 60, Row = 16, Column = 28;

    private const int Series = 8;

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

    public static IEnumerable<string> Faults(ReportFolder report, ModelFiles model) => report.Pages().SelectMany(page =>
        page.Visuals.Where(visual => visual.Y > 0 && visual.Type is not ("textbox" or "actionButton")).SelectMany(visual => Texts(visual, model))
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
        var hasLegend = visual.Fields.Count(field => field.Kind == "Measure") > 1
            || visual.Json.SelectToken("visual.query.queryState.Series") is not null;
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

    private static IEnumerable<string> Texts(ReportVisual visual, ModelFiles model)
    {
        var width = visual.Right - visual.X - Padding;
        if (visual.Title is { } title && Width(title, Title) > width)
            yield return $"the title “{title}” is cut";
        if (visual.Type != "cardVisual")
            yield break;
        var tile = (width / visual.Fields.Count) - TilePadding;
        foreach (var name in visual.Fields.SelectMany(field => (string[])[field.Name, Caption(model, field)])
            .Where(name => Width(name, Label) > tile))
            yield return string.Create(CultureInfo.InvariantCulture, $"“{name}” needs {Width(name, Label):0} px on a tile of {tile:0}");
    }

    private static string Caption(ModelFiles model, FieldUse field) => model.Objects
        .Single(node => node.Kind == "cultureInfo").Of("translations").Single().Of("model").Single()
        .Of("table").Single(table => table.Name == field.Table).Of("measure").Single(measure => measure.Name == field.Name)["caption"]!;

    /// <summary>About as wide as the fonts of the theme set it, in pixels: a Chinese sign is a square, a Latin letter half of one.</summary>
    private static double Width(string text, double points) =>
        text.Sum(sign => sign >= '\u2E80' ? 1 : " il.,:;|'()·".Contains(sign, StringComparison.Ordinal) ? 0.3 : 0.56) * points * 4 / 3;
}
