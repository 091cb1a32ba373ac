using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Unit.PowerBi.Report;

/// <summary>How pages are laid out and told: sizes, overlaps, names, and what somebody who cannot see or uses the keyboard needs.</summary>
internal static partial class ReportLayout
{
    private const string Definition = "https://developer.microsoft.com/json-schemas/fabric/item/report/definition/";

    /// <summary>A leader takes in no more at once: key numbers and visuals of a page, columns of a table, fields of another visual.</summary>
    private const int MostNumbers = 5, MostVisuals = 20, MostColumns = 8, MostFields = 6;

    public static IEnumerable<string> Faults(ReportFolder report)
    {
        var pages = report.Pages();
        var order = report.Json("definition", "pages", "pages.json")["pageOrder"]!.Select(name => (string)name!).ToList();
        return
        [
            .. order.Order(StringComparer.Ordinal).SequenceEqual(pages.Select(page => (string)page.Json["name"]!).Order(StringComparer.Ordinal))
                ? [] : (string[])["pages.json does not name every page once"],
            .. pages.SelectMany(page => Page(page).Concat(page.Visuals.SelectMany(visual => Visual(page, visual)))
                .Select(fault => $"{page.Title}: {fault}")),
        ];
    }

    private static IEnumerable<string> Page(ReportPage page) =>
    [
        .. Named(page.Folder, page.Json, "page/2.0.0"),
        .. BothLanguages("the page", page.Title),
        .. ((double?)page.Json["width"], (double?)page.Json["height"], (string?)page.Json["displayOption"]) == (1280, 720, "FitToPage")
            ? [] : (string[])["is not 1280 x 720, fitted to the page"],
        .. KeyNumbers(page) is > MostNumbers and var told ? [$"tells {told} key numbers, more than {MostNumbers}"] : (string[])[],
        .. page.Visuals.Count > MostVisuals ? [$"has {page.Visuals.Count} visuals, more than {MostVisuals}"] : (string[])[],
        .. page.Visuals.SelectMany((visual, place) => page.Visuals.Skip(place + 1).Where(visual.Overlaps)
            .Select(other => $"“{visual.Title}” overlaps “{other.Title}”")),
        .. page.Visuals.GroupBy(visual => (double?)visual.Json.SelectToken("position.tabOrder"))
            .Where(group => group.Key is null || group.Count() > 1)
            .Select(group => $"“{group.First().Title}” has no tab order of its own"),
        .. page.Visuals.Any(visual => visual.Y == 0 && visual.Title == page.Title)
            ? [] : (string[])["has no header that says its name"],
    ];

    /// <summary>Those on tiles below the head, which tells the day, the view and the evidence; texts are no numbers.</summary>
    private static int KeyNumbers(ReportPage page) => page.Visuals.Where(visual => visual is { Type: "cardVisual", Y: > 0 })
        .Sum(visual => visual.Fields.Count(field => field.Table != "Display Language"));

    private static IEnumerable<string> Visual(ReportPage page, ReportVisual visual) =>
    [
        .. Named(visual.Folder, visual.Json, "visualContainer/2.1.0"),
        .. visual.IsNavigator ? [] : BothLanguages($"the title of a {visual.Type}", visual.Title),
        .. BothLanguages($"the alternative text of “{visual.Title}”", visual.AltText),
        .. visual.X >= 0 && visual.Y >= 0 && visual.Right <= (double?)page.Json["width"] && visual.Bottom <= (double?)page.Json["height"]
            ? [] : (string[])[$"“{visual.Title}” leaves the page"],
        .. visual.FieldCount == 0 && !visual.IsNavigator && visual.Type != "actionButton" ? [$"“{visual.Title}” shows nothing"] : (string[])[],
        .. visual.FieldCount > (visual.Type == "tableEx" ? MostColumns : MostFields) && visual.Type != "cardVisual"
            ? [$"“{visual.Title}” shows {visual.FieldCount} fields"] : (string[])[],
    ];

    // Desktop drops, without a word, what is not called as its folder; newer schemas keep older builds of Desktop from opening the report.
    private static IEnumerable<string> Named(string folder, JObject json, string schema)
    {
        if ((string?)json["name"] != Path.GetFileName(folder) || !Id().IsMatch((string)json["name"]!))
            yield return $"{Path.GetFileName(folder)} is called {json["name"]}";
        if ((string?)json["$schema"] != $"{Definition}{schema}/schema.json")
            yield return $"{Path.GetFileName(folder)} does not follow {schema}";
    }

    // Names of pages and fixed texts are not translated by the model's cultures.
    private static IEnumerable<string> BothLanguages(string what, string? text) =>
        text is not null && Chinese().IsMatch(text) && English().IsMatch(text) ? [] : [$"{what} is not told in both languages: {text}"];

    [GeneratedRegex("^[0-9a-f]{20}$", RegexOptions.None, 1000)]
    private static partial Regex Id();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}", RegexOptions.None, 1000)]
    private static partial Regex Chinese();

    [GeneratedRegex("[A-Za-z]{2}", RegexOptions.None, 1000)]
    private static partial Regex English();
}
