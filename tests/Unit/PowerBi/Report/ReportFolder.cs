using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Unit.PowerBi.Report;

/// <summary>A Power BI project in a folder, read again from its files whenever asked.</summary>
internal sealed class ReportFolder(string project)
{
    public string Project => project;

    /// <summary>The report's folder, <c>FriendCity.Report</c>.</summary>
    public string Folder => Path.Combine(project, "FriendCity.Report");

    /// <summary>What the report draws with: the theme and pictures.</summary>
    public string Resources => Path.Combine(Folder, "StaticResources", "RegisteredResources");

    /// <summary>Every JSON file of the project, whatever its ending, the model's two among them; the theme has no published schema.</summary>
    public IEnumerable<string> Files => AllFiles.Where(file => !IsLater(file));

    /// <summary>Bookmarks and mobile layouts, whose schemas are others than those that every report needs.</summary>
    public IEnumerable<string> LaterFiles => AllFiles.Where(IsLater);

    private IEnumerable<string> AllFiles => Directory.EnumerateFiles(project, "*", SearchOption.AllDirectories)
        .Where(file => Path.GetExtension(file) is ".json" or ".pbip" or ".pbir" or ".pbism" or ".platform"
            && !file.StartsWith(Resources, StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    /// <summary>By name, each with its file.</summary>
    public IReadOnlyDictionary<string, JObject> Bookmarks() =>
        Directory.GetFiles(Path.Combine(Folder, "definition", "bookmarks"), "*.bookmark.json").Select(file => JObject.Parse(File.ReadAllText(file)))
            .ToDictionary(bookmark => (string)bookmark["name"]!);

    private static bool IsLater(string file) =>
        Path.GetFileName(file) == "mobile.json" || Path.GetFileName(Path.GetDirectoryName(file)) == "bookmarks";

    public JObject Json(params string[] path) => JObject.Parse(File.ReadAllText(Path.Combine([Folder, .. path])));

    /// <summary>The theme as report.json names it.</summary>
    public JObject Theme() =>
        Json("StaticResources", "RegisteredResources", (string)Json("definition", "report.json").SelectToken("themeCollection.customTheme.name")!);

    public IReadOnlyList<ReportPage> Pages() =>
        [.. Directory.GetDirectories(Path.Combine(Folder, "definition", "pages")).Order(StringComparer.Ordinal).Select(ReportPage.Read)];
}

internal sealed record ReportPage(string Folder, JObject Json, IReadOnlyList<ReportVisual> Visuals)
{
    public string Title => (string)Json["displayName"]!;

    public string File => Path.Combine(Folder, "page.json");

    /// <summary>Whether somebody comes to it by the tabs and the navigators.</summary>
    public bool IsShown => (string?)Json["visibility"] != "HiddenInViewMode";

    public static ReportPage Read(string folder) => new(
        folder, JObject.Parse(System.IO.File.ReadAllText(Path.Combine(folder, "page.json"))),
        [.. Directory.GetDirectories(Path.Combine(folder, "visuals")).Order(StringComparer.Ordinal).Select(ReportVisual.Read)]);
}

/// <summary>A visual in its container, with what a reader is told about it.</summary>
internal sealed record ReportVisual(string Folder, JObject Json)
{
    public string Type => (string)Json.SelectToken("visual.visualType")!;

    public string File => Path.Combine(Folder, "visual.json");

    public string Name => (string)Json["name"]!;

    /// <summary>What it shows, in its order; nothing for navigators and buttons. A sparkline's days are its own and choose nothing.</summary>
    public IReadOnlyList<FieldUse> Fields { get; } =
        [.. Json.SelectTokens("visual.query.queryState.*.projections[*].field")
            .SelectMany(field => FieldUse.In(field.SelectToken("SparklineData.Measure") ?? field)).Distinct()];

    /// <summary>Columns, tiles, and what charts show by place, size and colour; what a tooltip adds stands beside the visual.</summary>
    public int FieldCount => Json.SelectTokens("visual.query.queryState.*.projections[*]").Count() - In("Tooltips").Count();

    /// <summary>The fields of one role.</summary>
    public IEnumerable<FieldUse> In(string role) => Json.SelectTokens($"visual.query.queryState.{role}.projections[*].field").SelectMany(FieldUse.In);

    /// <summary>Goes to pages or to bookmarks, whose names it shows.</summary>
    public bool IsNavigator => Type.EndsWith("Navigator", StringComparison.Ordinal);

    /// <summary>Where a telephone shows it; null where it does not.</summary>
    public JObject? Mobile => System.IO.File.Exists(MobileFile) ? JObject.Parse(System.IO.File.ReadAllText(MobileFile)) : null;

    public string MobileFile => Path.Combine(Folder, "mobile.json");

    public double X => At("x");

    public double Y => At("y");

    public double Right => X + At("width");

    public double Bottom => Y + At("height");

    /// <summary>The container's title, of a button its text; what a measure tells in both languages.</summary>
    public string? Title => TitleToken switch
    {
        null => null,
        var text when FieldUse.In(text).SingleOrDefault() is { } measure =>
            ReportModel.Shipped.Texts(measure) is var (chinese, english) ? $"{chinese} · {english}" : null,
        var text => Text((string?)text.SelectToken("Literal.Value")),
    };

    /// <summary>The measure or literal that the title is; null where none is shown.</summary>
    public JToken? TitleToken => Type == "actionButton" ? Json.SelectToken("visual.objects.text[?(@.selector.id=='default')].properties.text.expr")
        : Container("title", "show") == "true" ? Json.SelectToken("visual.visualContainerObjects.title[0].properties.text.expr") : null;

    public string? AltText => Container("general", "altText");

    public static ReportVisual Read(string folder) => new(folder, JObject.Parse(System.IO.File.ReadAllText(Path.Combine(folder, "visual.json"))));

    public bool Overlaps(ReportVisual other) => X < other.Right && other.X < Right && Y < other.Bottom && other.Y < Bottom;

    /// <summary>A literal of the container; text without its quotes.</summary>
    public string? Container(string card, string property) =>
        Text((string?)Json.SelectToken($"visual.visualContainerObjects.{card}[0].properties.{property}.expr.Literal.Value"));

    /// <summary>A literal of the visual itself; text without its quotes.</summary>
    public string? Object(string card, string property) =>
        Text((string?)Json.SelectToken($"visual.objects.{card}[0].properties.{property}.expr.Literal.Value"));

    private static string? Text(string? literal) =>
        literal is ['\'', .., '\''] ? literal[1..^1].Replace("''", "'", StringComparison.Ordinal) : literal;

    /// <summary>A number of the visual's format; null where the theme's holds.</summary>
    public double? Number(string path) => (string?)Json.SelectToken($"{path}.expr.Literal.Value") is { } text
        ? double.Parse(text.TrimEnd('D', 'L'), System.Globalization.CultureInfo.InvariantCulture) : null;

    private double At(string side) => (double)Json.SelectToken($"position.{side}")!;
}
