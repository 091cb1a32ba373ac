namespace FriendCity.Tests.PowerBi.Report;

/// <summary>What a page lets its reader choose, and that no choice makes a figure untrue.</summary>
internal static class ReportFilters
{
    public static IEnumerable<string> Faults(ReportFolder report, ReportModel model) => report.Pages().SelectMany(page =>
        page.Visuals.Where(visual => visual.Type == "slicer").SelectMany(Slicer)
            .Concat(page.Visuals.SelectMany(visual => Days(visual, model)))
            .Select(fault => $"{page.Title}: {fault}"));

    private static IEnumerable<string> Slicer(ReportVisual slicer)
    {
        var field = FieldUse.In(slicer.Json.SelectToken("visual.query")!).First();
        // Events have dates of their own, years before the first snapshot: a choice among them would leave no snapshot, or not the registers.
        if (field.Table == "Date")
            yield return $"“{slicer.Title}” chooses among dates of events";
        // With a first and a last day somebody can choose a gap between two snapshots, and every figure is blank.
        if (field.Table == "Snapshot Date" && slicer.Object("data", "mode") != "Before")
            yield return $"“{slicer.Title}” lets somebody choose days without a snapshot";
    }

    /// <summary>Along dates of events stand events only; figures that are told day after day stand along the days of snapshots.</summary>
    private static IEnumerable<string> Days(ReportVisual visual, ReportModel model)
    {
        var fields = visual.Json.SelectTokens("visual.query").SelectMany(FieldUse.In).Distinct().ToList();
        return fields.Any(field => field is { Kind: "Column", Table: "Date" })
            ? fields.Where(field => field.Kind == "Measure" && !model.IsOfEvents(field)).Select(field => $"“{visual.Title}” tells {field.Name} by dates of events")
            : [];
    }
}
