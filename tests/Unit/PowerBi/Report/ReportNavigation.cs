using FriendCity.Kpis.Definitions;
using FriendCity.Kpis.Model;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Unit.PowerBi.Report;

/// <summary>How a reader gets about: few pages, a way from each to the others, bookmarks for the view and the language, tooltips.</summary>
internal static class ReportNavigation
{
    /// <summary>More than a leader keeps in mind.</summary>
    private const int MostPages = 7;

    /// <summary>What the bookmarks of a group choose, by the table of their slicer.</summary>
    private static readonly Dictionary<string, string[]> Choices = new()
    {
        ["View"] = [.. ((string[])[KpiPresets.NowName, "article"])
            .Select(name => FigureNames.View(KpiPresets.World with { Name = name })).Select(name => $"{name.Zh} · {name.En}")],
        ["Display Language"] = ["自动 · Automatic", "中文", "English"],
    };

    public static IEnumerable<string> Faults(ReportFolder report)
    {
        var pages = report.Pages();
        return
        [
            .. pages.Count > MostPages ? [$"there are {pages.Count} pages, more than {MostPages}"] : (string[])[],
            .. pages.Where(page => page.IsShown == ((string?)page.Json["type"] is "Drillthrough" or "Tooltip"))
                .Select(page => $"{page.Title}: {(page.IsShown ? "can be opened without what it is about" : "nobody gets there")}"),
            .. pages.Where(page => page.Visuals.Count(visual => visual.Type == "pageNavigator") != 1)
                .Select(page => $"{page.Title}: has no way to the other pages"),
            .. pages.SelectMany(page => page.Visuals
                .Where(visual => (visual.Type.EndsWith("Chart", StringComparison.Ordinal) || visual.Type == "funnel") && !visual.In("Tooltips").Any())
                .Select(visual => $"{page.Title}: “{visual.Title}” has no tooltip of its own")),
            .. Choices.SelectMany(choice => Group(report, pages, choice.Key, choice.Value)),
        ];
    }

    /// <summary>The bookmarks that a navigator shows, in their order.</summary>
    public static IEnumerable<JObject> Of(ReportFolder report, ReportVisual navigator)
    {
        var all = report.Bookmarks();
        return report.Json("definition", "bookmarks", "bookmarks.json")["items"]!
            .Where(item => (string?)item["name"] == navigator.Object("bookmarks", "bookmarkGroup"))
            .SelectMany(item => item["children"]!).Select(name => all[(string)name!]);
    }

    /// <summary>A bookmark for each choice, which chooses it on every page and changes nothing else, where the reader is.</summary>
    private static IEnumerable<string> Group(ReportFolder report, IReadOnlyList<ReportPage> pages, string table, string[] choices)
    {
        var slicers = pages.ToDictionary(
            page => Path.GetFileName(page.Folder),
            page => page.Visuals.SingleOrDefault(visual => visual.Type == "slicer" && visual.Fields[0].Table == table));
        if (slicers.ContainsValue(null))
            return [$"{table} cannot be chosen on every page"];
        var shown = pages.SelectMany(page => page.Visuals).Where(visual => visual.Type == "bookmarkNavigator")
            .Select(visual => Of(report, visual).ToList())
            .FirstOrDefault(bookmarks => bookmarks.Select(bookmark => (string)bookmark["displayName"]!).SequenceEqual(choices));
        return shown is null ? [$"no bookmarks for {table}: {string.Join(", ", choices)}"]
            : shown.SelectMany(bookmark => Bookmark(bookmark, table, slicers!));
    }

    private static IEnumerable<string> Bookmark(JObject bookmark, string table, Dictionary<string, ReportVisual> slicers)
    {
        var (name, options) = ((string)bookmark["displayName"]!, bookmark["options"]!);
        if (!options["targetVisualNames"]!.Select(target => (string)target!).ToHashSet().SetEquals(slicers.Values.Select(slicer => slicer.Name))
            || (bool?)options["applyOnlyToTargetVisuals"] != true || (bool?)options["suppressActiveSection"] != true || options["suppressData"] is not null)
            yield return $"the bookmark {name} changes more or less than {table}, or leaves the page";
        foreach (var (page, slicer) in slicers)
        {
            var state = bookmark.SelectToken($"explorationState.sections['{page}'].visualContainers['{slicer.Name}']");
            if (state?.SelectToken("singleVisual.objects.merge.general[0].properties.filter") is null
                || !FieldUse.In(state).Distinct().SequenceEqual(slicer.Fields)
                || !state.SelectTokens("$..Values..Literal.Value").Select(value => (string?)value).Distinct().SequenceEqual([$"'{name}'"]))
                yield return $"the bookmark {name} does not choose it on page {page}";
        }
    }
}
