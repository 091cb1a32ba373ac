using System.Globalization;
using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Unit.PowerBi.Report;

/// <summary>
/// Whether people can read it: text at 4.5:1 at least, marks at 3:1 (WCAG 2.2, 1.4.3 and 1.4.11), and every colour named by its place in the theme.
/// </summary>
internal static partial class ReportColours
{
    private static readonly string[] TextColours = ["foreground", "foregroundNeutralSecondary", "foregroundNeutralTertiary", "hyperlink",
        "visitedHyperlink", "good", "neutral", "bad"];

    public static IEnumerable<string> Faults(ReportFolder report)
    {
        var theme = report.Theme();
        var grounds = new[] { (string)theme["background"]!, (string)theme["secondaryBackground"]! };
        // A place in the theme: its ground, its text, then the colours of data.
        string[] palette = [grounds[0], (string)theme["foreground"]!, .. theme["dataColors"]!.Select(colour => (string)colour!)];
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

    private static IEnumerable<string> Visual(ReportVisual visual, string standard, string[] palette)
    {
        var ground = Named(visual.Json.SelectTokens("visual.visualContainerObjects.background[0].properties.color"), palette).FirstOrDefault()
            ?? standard;
        // Buttons have a ground of their own in each state: the words on it are held against it.
        var states = visual.Json.SelectTokens("visual.objects.fill[*]").ToDictionary(
            fill => (string?)fill.SelectToken("selector.id") ?? "", fill => Named([fill], palette).FirstOrDefault() ?? ground);
        var texts = visual.Json.SelectTokens("$..fontColor").Concat(visual.Json.SelectTokens("$..labelColor")).SelectMany(part =>
            Named([part], palette).Select(text => (Text: text, Ground: states.GetValueOrDefault(State(part) ?? "", ground))));
        var places = visual.Json.SelectTokens("$..ThemeDataColor").ToList();
        return
        [
            .. texts.Distinct().SelectMany(each => Weak("text", each.Text, each.Ground, 4.5)),
            .. visual.Type == "cardVisual" ? Tiles(visual.Json) : [],
            .. places.Where(place => (int)place["ColorId"]! >= palette.Length || (double)place["Percent"]! != 0)
                .Select(place => $"{place.ToString(Newtonsoft.Json.Formatting.None)} is no colour of the theme"),
            .. Colour().Matches(visual.Json.ToString()).Select(match => match.Value).Distinct()
                .Select(colour => $"{colour} is not named by the theme"),
        ];
    }

    private static IEnumerable<string> Named(IEnumerable<JToken> parts, string[] palette) => parts
        .SelectMany(part => part.SelectTokens("$..ThemeDataColor.ColorId")).Select(place => palette.ElementAtOrDefault((int)place)).OfType<string>();

    private static string? State(JToken colour) => (string?)colour.Ancestors().OfType<JObject>().FirstOrDefault(each => each["selector"] is not null)
        ?.SelectToken("selector.id");

    // The format of a card's tiles counts only when it names the default tile or a field's; a tile's own ground would lie on the card's.
    private static IEnumerable<string> Tiles(JObject card) =>
    [
        .. ((string[])["value", "label", "outline"]).Where(part => card.SelectTokens($"visual.objects.{part}[*]")
            .Any(format => (string?)format.SelectToken("selector.id") != "default" && format.SelectToken("selector.metadata") is null))
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
