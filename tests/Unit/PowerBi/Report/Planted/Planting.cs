using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Unit.PowerBi.Report.Planted;

/// <summary>What is done to the project, who notices, and what they say.</summary>
internal sealed record Mistake(string Caught, Func<ReportFolder, Task<string>> Faults, Action<ReportFolder> Plant);

/// <summary>Who looks at a report, and how a mistake gets into its files.</summary>
internal static class Planting
{
    public const string Published = "definition/report.json";

    public static Task<string> Schema(ReportFolder report) => ReportTools.SchemaFaultsAsync(report);

    public static Task<string> Checker(ReportFolder report) => ReportTools.CheckerFaultsAsync(report);

    public static Task<string> Binding(ReportFolder report) => Task.FromResult(string.Join('\n', ReportBinding.Faults(report, ReportModel.Shipped)));

    public static Task<string> Evidence(ReportFolder report) =>
        Task.FromResult(string.Join('\n', ReportEvidence.Faults(report, ReportModel.Shipped)));

    public static Task<string> Filters(ReportFolder report) =>
        Task.FromResult(string.Join('\n', ReportFilters.Faults(report, ReportModel.Shipped)));

    public static Task<string> Fit(ReportFolder report) => Task.FromResult(string.Join('\n', ReportFit.Faults(report)));

    public static Task<string> Navigation(ReportFolder report) => Task.FromResult(string.Join('\n', ReportNavigation.Faults(report)));

    public static Task<string> Language(ReportFolder report) =>
        Task.FromResult(string.Join('\n', ReportLanguage.Faults(report, ReportModel.Shipped)));

    public static Task<string> Mobile(ReportFolder report) => Task.FromResult(string.Join('\n', ReportMobile.Faults(report)));

    public static Task<string> Layout(ReportFolder report) => Task.FromResult(string.Join('\n', ReportLayout.Faults(report)));

    public static Task<string> Colours(ReportFolder report) => Task.FromResult(string.Join('\n', ReportColours.Faults(report)));

    public static ReportVisual First(ReportFolder report, string type) =>
        report.Pages().SelectMany(page => page.Visuals).First(visual => visual.Type == type);

    public static Action<ReportFolder> Visual(string type, Action<JObject> change) => report => Write(First(report, type).File, change);

    public static Action<ReportFolder> Slicer(string table, Action<JObject> change) => report => Write(
        report.Pages().SelectMany(page => page.Visuals)
            .First(visual => visual.Type == "slicer" && FieldUse.In(visual.Json).Any(field => field.Table == table)).File, change);

    /// <summary>The first column that a visual shows is another one.</summary>
    public static Action<JObject> Of(string table, string name) => visual =>
    {
        var column = visual.SelectTokens("visual.query.queryState.*.projections[0].field.Column").First();
        (column.SelectToken("Expression.SourceRef")!["Entity"], column["Property"]) = (table, name);
    };

    public static Action<ReportFolder> Literal(string type, string property, string value) =>
        Visual(type, visual => visual.SelectToken($"visual.{property}.expr.Literal")!["Value"] = value);

    public static string Named(ReportFolder report, string title) => report.Pages()
        .Single(page => page.Title.StartsWith("总览", StringComparison.Ordinal)).Visuals
        .Single(visual => visual.Title?.StartsWith(title, StringComparison.Ordinal) == true).Name;

    public static Action<ReportFolder> Page(string title, Action<JObject> change) =>
        report => Write(report.Pages().Single(page => page.Title.StartsWith(title, StringComparison.Ordinal)).File, change);

    public static Action<ReportFolder> Page(string page, string visual, Action<JObject> change) => report => Write(
        report.Pages().Where(each => each.Title.StartsWith(page, StringComparison.Ordinal)).SelectMany(each => each.Visuals)
            .Single(each => each.Title?.StartsWith(visual, StringComparison.Ordinal) == true).File, change);

    public static Action<ReportFolder> At(string path, Action<JObject> change) => report => Write(Path.Combine(report.Folder, path), change);

    public static Action<ReportFolder> Theme(Action<JObject> change) => report => Write(Path.Combine(report.Resources, "FriendCity.json"), change);

    public static Action<ReportFolder> Text(string text, string other) => report =>
    {
        foreach (var visual in report.Pages().SelectMany(page => page.Visuals))
            File.WriteAllText(visual.File, File.ReadAllText(visual.File).Replace(text, other, StringComparison.Ordinal));
    };

    /// <summary>The funnel's title is a text of one language.</summary>
    public static Action<ReportFolder> Fixed(string text) => Visual("funnel", funnel => funnel
        .SelectToken("visual.visualContainerObjects.title[0].properties.text.expr")!
        .Replace(new JObject { ["Literal"] = new JObject { ["Value"] = text } }));

    public static void Coloured(JObject visual, int colour) => visual.SelectToken(
        "visual.visualContainerObjects.title[0].properties.fontColor.solid.color.expr.ThemeDataColor")!["ColorId"] = colour;

    public static Action<ReportFolder> Bookmark(string name, Action<JObject> change) => report => Write(Path.Combine(report.Folder, "definition",
        "bookmarks", $"{report.Bookmarks().Single(each => (string?)each.Value["displayName"] == name).Key}.bookmark.json"), change);

    public static Action<ReportFolder> OnMobile(string type, Action<JObject> change) => report =>
        Write(First(report, type).MobileFile, mobile => change((JObject)mobile["position"]!));

    /// <summary>The first field in a role.</summary>
    public static JToken Field(JObject visual, string role) => visual.SelectToken($"visual.query.queryState.{role}.projections[0].field")!;

    public static void Rename(JToken value, string name) => value.Parent!.Replace(new JProperty(name, value));

    public static void Write(string file, Action<JObject> change)
    {
        var json = JObject.Parse(File.ReadAllText(file));
        change(json);
        File.WriteAllText(file, json.ToString());
    }
}
