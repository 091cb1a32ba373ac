using System.Globalization;
using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Unit.PowerBi.Report;

/// <summary>
/// Whether people can read it: text at 4.5:1 at least, marks at 3:1 (WCAG 2.2, 1.4.3 and 1.4.11), and no colour beside the theme's.
/// </summary>
internal static partial class ReportColours
{
    private static readonly string[] TextColours = ["foreground", "foregroundNeutralSecondary", "foregroundNeutralTertiary", "hyperlink",
        "visitedHyperlink", "good", "neutral", "bad"];

    public static IEnumerable<string> Faults(ReportFolder report)
    {
        var theme = report.Theme();
        var grounds = new[] { (string)theme["background"]!, (string)theme["secondaryBackground"]! };
        var palette = Colour().Matches(theme.ToString()).Select(match => match.Value).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return
        [
            .. from ground in grounds from name in TextColours from fault in Weak($"the theme's {name}", (string)theme[name]!, ground,
                4.5) select fault,
            .. from ground in grounds from name in theme["textClasses"]!.Children<JProperty>() from fault in Weak($"the theme's {name.Name}",
                (string)name.Value["color"]!, ground, 4.5) select fault,
            .. theme["dataColors"]!.SelectMany(colour => Weak("a mark of the theme", (string)colour!, grounds[0], 3)),
            .. theme.SelectTokens("visualStyles.*.*.*[*]").OfType<JObject>().SelectMany(Style),
            .. report.Pages().SelectMany(page => page.Visuals.SelectMany(visual => Visual(visual, grounds[0], palette)
                .Select(fault => $"{page.Title}: “{visual.Title}”: {fault}"))),
        ];
    }

    /// <summary>The ratio of the lighter one's luminance to the darker one's, 1 to 21.</summary>
    public static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static IEnumerable<string> Style(JObject style)
    {
        var pairs = new[] { ("fontColor", "backColor"), ("fontColorPrimary", "backColorPrimary"), ("fontColorSecondary", "backColorSecondary") };
        return pairs.SelectMany(pair => (style.SelectToken($"{pair.Item1}.solid.color"), style.SelectToken($"{pair.Item2}.solid.color")) is ({ } text,
            { } ground)
            ? Weak($"the theme's {style.Path}, {pair.Item1} on {pair.Item2}", (string)text!, (string)ground!, 4.5) : []);
    }

    private static IEnumerable<string> Visual(ReportVisual visual, string standard, HashSet<string> palette)
    {
        var ground = Colour().Match(visual.Json.SelectToken("visual.visualContainerObjects.background[0].properties.color")?.ToString()
            ?? standard).Value;
        var texts = visual.Json.SelectTokens("$..textStyle.color").Concat(visual.Json.SelectTokens("$..fontColor"))
            .Concat(visual.Json.SelectTokens("$..labelColor"))
            .SelectMany(part => Colour().Matches(part.ToString()).Select(match => match.Value));
        return
        [
            .. texts.Distinct().SelectMany(text => Weak("text", text, ground, 4.5)),
            .. visual.Type == "cardVisual" ? Tiles(visual.Json) : [],
            .. Colour().Matches(visual.Json.ToString()).Select(match => match.Value).Distinct().Where(colour => !palette.Contains(colour))
                .Select(colour => $"{colour} is not of the theme"),
        ];
    }

    // The format of a card's tiles counts only when it names the default tile; a tile's own ground would lie on the card's.
    private static IEnumerable<string> Tiles(JObject card) =>
    [
        .. ((string[])["value", "label", "outline"]).Where(part => card.SelectTokens($"visual.objects.{part}[*]")
            .Any(format => (string?)format.SelectToken("selector.id") != "default"))
            .Select(part => $"the format of its {part} names no tile"),
        .. card.SelectToken("visual.visualContainerObjects.background[0].properties.color") is null
            || card.SelectTokens("visual.objects.layout[?(@.selector.id=='default')].properties.backgroundShow.expr.Literal.Value")
                .Any(shown => (string?)shown == "false")
            ? [] : (string[])["its tiles cover its ground"],
    ];

    private static IEnumerable<string> Weak(string what, string colour, string ground, double enough) =>
        Contrast(colour, ground) is var contrast && contrast >= enough
            ? [] : [string.Create(CultureInfo.InvariantCulture, $"{what}, {colour} on {ground}, has a contrast of {contrast:0.0}, not {enough}")];

    private static double Luminance(string colour)
    {
        double Part(int from)
        {
            var share = int.Parse(colour.AsSpan(from, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
        }

        return (0.2126 * Part(1)) + (0.7152 * Part(3)) + (0.0722 * Part(5));
    }

    [GeneratedRegex("#[0-9A-Fa-f]{6}", RegexOptions.None, 1000)]
    private static partial Regex Colour();
}
