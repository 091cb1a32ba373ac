using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Unit.PowerBi.Report;

/// <summary>The layout for telephones: everything once, below one another, as wide as the screen, in the order of the keyboard.</summary>
internal static class ReportMobile
{
    /// <summary>The canvas of a telephone, in its own units.</summary>
    private const double Canvas = 324;

    private const string Schema = "visualContainerMobileState/2.1.0/schema.json";

    public static IEnumerable<string> Faults(ReportFolder report) =>
        report.Pages().SelectMany(page => Page(page).Select(fault => $"{page.Title}: {fault}"));

    private static IEnumerable<string> Page(ReportPage page)
    {
        var placed = page.Visuals.Where(visual => visual.Mobile is not null).Select(visual => (visual, At: new Place(visual.Mobile!))).ToList();
        return
        [
            .. page.Visuals.Where(visual => visual.Mobile is null).Select(visual => $"“{Called(visual)}” is not shown on a telephone"),
            .. placed.Where(each => !((string)each.visual.Mobile!["$schema"]!).EndsWith($"/{Schema}", StringComparison.Ordinal))
                .Select(each => $"“{Called(each.visual)}” does not follow {Schema}"),
            .. placed.Where(each => each.At.X < 0 || each.At.Y < 0 || each.At.Right > Canvas)
                .Select(each => $"“{Called(each.visual)}” leaves the telephone"),
            .. placed.SelectMany((one, place) => placed.Skip(place + 1).Where(other => one.At.Overlaps(other.At))
                .Select(other => $"“{Called(one.visual)}” covers “{Called(other.visual)}” on a telephone")),
            .. Order(placed.OrderBy(each => each.At.Y).ThenBy(each => each.At.X).Select(each => (double)each.visual.Json["position"]!["tabOrder"]!)),
        ];
    }

    private static string[] Order(IEnumerable<double> tabs) =>
        tabs.Zip(tabs.Skip(1)).All(pair => pair.First < pair.Second) ? [] : ["a telephone shows it in another order"];

    private static string Called(ReportVisual visual) => visual.Title ?? visual.Type;

    private sealed record Place(JObject Mobile)
    {
        public double X => At("x");

        public double Y => At("y");

        public double Right => X + At("width");

        public double Bottom => Y + At("height");

        public bool Overlaps(Place other) => X < other.Right && other.X < Right && Y < other.Bottom && other.Y < Bottom;

        private double At(string side) => (double)Mobile["position"]![side]!;
    }
}
