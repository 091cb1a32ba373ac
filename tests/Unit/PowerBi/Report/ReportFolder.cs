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
    public IEnumerable<string> Files => Directory.EnumerateFiles(project, "*", SearchOption.AllDirectories)
        .Where(file => Path.GetExtension(file) is ".json" or ".pbip" or ".pbir" or ".pbism" or ".platform"
            && !file.StartsWith(Resources, StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

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

    /// <summary>What it shows, in its order; nothing for texts and buttons.</summary>
    public IReadOnlyList<FieldUse> Fields { get; } =
        [.. Json.SelectTokens("visual.query.queryState").SelectMany(FieldUse.In).Distinct()];

    public double X => At("x");

    public double Y => At("y");

    public double Right => X + At("width");

    public double Bottom => Y + At("height");

    /// <summary>The container's title; a text box and a button are told by their text.</summary>
    public string? Title => Type switch
    {
        "textbox" => string.Concat(Json.SelectTokens("visual.objects.general[*].properties.paragraphs[*].textRuns[*].value")
            .Select(run => (string?)run)),
        "actionButton" => string.Concat(Json.SelectTokens("visual.objects.text[*].properties.text.expr.Literal.Value")
            .Select(text => Text((string?)text))),
        _ => Container("title", "show") == "true" ? Container("title", "text") : null,
    };

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

    private double At(string side) => (double)Json.SelectToken($"position.{side}")!;
}
