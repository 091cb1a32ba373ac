using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Unit.PowerBi.Report;

/// <summary>
/// Titles, key numbers and notes are told in the language of the reader, or the one that was chosen: by measures, since fixed texts have one.
/// Names of pages and bookmarks cannot be measures and stand in both.
/// </summary>
internal static class ReportLanguage
{
    public static IEnumerable<string> Faults(ReportFolder report, ReportModel model) =>
    [
        .. model.SpeaksTheReadersLanguage ? [] : (string[])["the language is not the reader's own"],
        .. model.AllTexts
            .Except(report.Pages().SelectMany(page => page.Visuals).SelectMany(visual => FieldUse.In(visual.Json)).Select(field => field.Name))
            .Select(text => $"nobody shows {text}"),
        .. report.Pages().SelectMany(page => page.Visuals.SelectMany(visual => Visual(visual, model)).Select(fault => $"{page.Title}: {fault}")),
    ];

    private static IEnumerable<string> Visual(ReportVisual visual, ReportModel model) =>
    [
        .. visual.Type == "textbox" ? ["a text box has a fixed text"] : (string[])[],
        .. visual.TitleToken is { } title && Measure(title, model) is null ? [$"the title “{visual.Title}” is fixed"] : (string[])[],
        .. visual.Type == "cardVisual" ? Tiles(visual, model) : [],
    ];

    /// <summary>A tile says what its number is, and beside a figure what came since.</summary>
    private static IEnumerable<string> Tiles(ReportVisual card, ReportModel model)
    {
        if ((string?)card.Json.SelectToken("visual.objects.label[0].properties.show.expr.Literal.Value") == "false")
            yield break;
        foreach (var field in card.Fields)
        {
            var tile = $"{field.Table}.{field.Name}";
            if (Measure(Format(card.Json, "label", tile)?.SelectToken("properties.text.expr"), model) is null)
                yield return $"the name of {field.Name} is not told in the reader's language";
            if (model.IsComparable(field)
                && FieldUse.In(Format(card.Json, "referenceLabel", tile) ?? new JObject()).SingleOrDefault()?.Name != $"{field.Name} Compared")
                yield return $"{field.Name} has no label of what came since";
        }
    }

    private static JToken? Format(JObject card, string part, string tile) =>
        card.SelectTokens($"visual.objects.{part}[*]").FirstOrDefault(format => (string?)format.SelectToken("selector.metadata") == tile);

    private static string? Measure(JToken? text, ReportModel model) => text is not null
        && FieldUse.In(text).SingleOrDefault() is { Kind: "Measure" } measure && model.Texts(measure) is not null ? measure.Name : null;
}
