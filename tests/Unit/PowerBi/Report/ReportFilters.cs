namespace FriendCity.Tests.Unit.PowerBi.Report;

/// <summary>What a page lets its reader choose, and that no choice makes a figure untrue.</summary>
internal static class ReportFilters
{
    public static IEnumerable<string> Faults(ReportFolder report, ReportModel model) => report.Pages().SelectMany(page =>
        page.Visuals.Where(visual => visual.Type == "slicer").SelectMany(slicer => Slicer(slicer, model))
            .Concat(Interactions(page, model))
            .Concat(Drillthrough(page))
            .Concat(page.Visuals.SelectMany(visual => Stocks(visual, model)))
            .Concat(page.Visuals.SelectMany(visual => Days(visual, model)))
            .Select(fault => $"{page.Title}: {fault}"));

    private static IEnumerable<string> Slicer(ReportVisual slicer, ReportModel model)
    {
        var field = slicer.Fields[0];
        // Of two views at once nothing can be told, and of none only what nobody chose; likewise of languages.
        if (field.Table is "View" or "Display Language"
            && (slicer.Object("selection", "strictSingleSelect") != "true" || !model.IsSortedWithDefaultFirst(field)))
            yield return $"“{slicer.Title}” does not choose one, beginning with the default one";
        // Events have dates of their own, years before the first snapshot: a choice among them would leave no snapshot, or not the registers.
        if (field.Table == "Date")
            yield return $"“{slicer.Title}” chooses among dates of events";
        // With a first and a last day somebody can choose a gap between two snapshots, and every figure is blank.
        if (field.Table == "Snapshot Date" && slicer.Object("data", "mode") != "Before")
            yield return $"“{slicer.Title}” lets somebody choose days without a snapshot";
    }

    /// <summary>A page of one thing is opened from that thing only, and always shows one.</summary>
    private static IEnumerable<string> Drillthrough(ReportPage page)
    {
        if ((string?)page.Json["type"] != "Drillthrough")
            return [];
        var parameter = FieldUse.In(page.Json.SelectToken("pageBinding.parameters[0].fieldExpr")!).Single();
        return (string?)page.Json["visibility"] == "HiddenInViewMode" && page.Visuals.Any(visual => visual.Type == "slicer"
            && visual.Fields.Contains(parameter) && visual.Object("selection", "strictSingleSelect") == "true")
            ? [] : ["the page can be opened without what it is about"];
    }

    /// <summary>What stands at each stage is no funnel: who went on is missing where they were before.</summary>
    private static IEnumerable<string> Stocks(ReportVisual visual, ReportModel model) => visual.Type == "funnel"
        ? visual.In("Y").Where(field => !model.IsCumulative(field))
            .Select(field => $"“{visual.Title}” is a funnel over {field.Name}")
        : [];

    /// <summary>
    /// A click filters the other visuals of its page. What tells a whole figure would be blank or a part of itself, so it follows the view and the
    /// day that are chosen and nothing else; and nobody follows a click on a day, which the head would not tell.
    /// </summary>
    private static IEnumerable<string> Interactions(ReportPage page, ReportModel model)
    {
        var entries = page.Json.SelectTokens("visualInteractions[*]")
            .ToDictionary(entry => ((string)entry["source"]!, (string)entry["target"]!), entry => (string)entry["type"]!);
        var names = page.Visuals.Select(visual => visual.Name).ToHashSet();
        foreach (var (source, target) in entries.Keys.Where(pair => !names.Contains(pair.Item1) || !names.Contains(pair.Item2)))
            yield return $"an interaction of {source} with {target}, which are not both on the page";

        foreach (var source in page.Visuals.Where(visual => visual.Type != "cardVisual" && visual.Fields.Any(field => field.Kind == "Column")))
            foreach (var target in page.Visuals.Where(visual => visual != source && visual.Fields.Count > 0))
            {
                var isCut = entries.GetValueOrDefault((source.Name, target.Name)) == "NoFilter";
                if (IsBasis(source) && source.Type == "slicer" ? isCut : !isCut && !Follows(page, source, target, model))
                    yield return $"“{target.Title}” {(isCut ? "does not follow" : "is falsified by a click in")} “{source.Title}”";
            }
    }

    private static bool IsBasis(ReportVisual visual) =>
        visual.Fields.Any(field => field is { Kind: "Column", Table: "View" or "Snapshot Date" or "Display Language" });

    private static bool Follows(ReportPage page, ReportVisual source, ReportVisual target, ReportModel model) => !IsBasis(source)
        && (target.Type == "cardVisual"
            // The page of one city: its cards are that city's.
            ? (string?)page.Json["type"] == "Drillthrough" && source.Type == "slicer" && source.Fields[0].Table == "City"
            : !target.Fields.Any(model.IsWholeFigure));

    /// <summary>Along dates of events stand events only; figures that are told day after day stand along the days of snapshots.</summary>
    private static IEnumerable<string> Days(ReportVisual visual, ReportModel model) =>
        visual.Fields.Any(field => field is { Kind: "Column", Table: "Date" })
            ? visual.Fields.Where(field => field.Kind == "Measure" && !model.IsOfEvents(field))
                .Select(field => $"“{visual.Title}” tells {field.Name} by dates of events")
            : [];
}
