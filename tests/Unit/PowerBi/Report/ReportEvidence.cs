using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Unit.PowerBi.Report;

/// <summary>Whether a page tells the truth about its figures: of one view and one day, and with the evidence of all of them at its head.</summary>
internal static partial class ReportEvidence
{
    public static IEnumerable<string> Faults(ReportFolder report, ReportModel model) => report.Pages().SelectMany(page => Head(page, model)
        .Concat(page.Visuals.SelectMany(visual => Rows(visual, model)
            .Select(table => $"“{visual.Title}” shows {table} of every view and day: no measure limits them")))
        .Select(fault => $"{page.Title}: {fault}"));

    private static IEnumerable<string> Head(ReportPage page, ReportModel model)
    {
        var head = page.Visuals.FirstOrDefault(visual => visual.Type == "cardVisual" && Measures(visual.Json).Contains("Evidence Summary"));
        if (head is null)
            return ["has no mark of its evidence"];

        var shown = page.Visuals.Where(visual => visual != head)
            .SelectMany(visual => Measures(visual.Json).SelectMany(model.Kpis).Concat(Kpis(visual.Json))).Distinct();
        return shown.Except(Kpis(head.Json)).Order(StringComparer.Ordinal)
            .Select(kpi => $"its mark leaves out the evidence of {kpi}, which it shows");
    }

    private static IEnumerable<string> Rows(ReportVisual visual, ReportModel model) => Measures(visual.Json).Any()
        ? []
        : visual.Json.SelectTokens("visual.query").SelectMany(FieldUse.In).Select(field => field.Table).Distinct().Where(model.IsToldByView);

    // A title is a measure too, and limits nothing.
    private static IEnumerable<string> Measures(JObject visual) =>
        visual.SelectTokens("visual.query").Concat(visual.SelectTokens("visual.objects")).Concat(visual.SelectTokens("filterConfig"))
            .SelectMany(FieldUse.In).Where(field => field.Kind == "Measure").Select(field => field.Name).Distinct();

    private static IEnumerable<string> Kpis(JObject visual) => visual.SelectTokens("filterConfig.filters[*]")
        .Where(filter => (string?)filter.SelectToken("field.Column.Property") == "KPI Id")
        .SelectMany(filter => Kpi().Matches(filter.ToString()).Select(match => match.Value));

    [GeneratedRegex(@"(?<=')K\d\d(?=')", RegexOptions.None, 1000)]
    private static partial Regex Kpi();
}
