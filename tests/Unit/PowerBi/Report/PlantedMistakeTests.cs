using FriendCity.Tests.Support;
using FriendCity.Tests.Unit.PowerBi.Model;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Unit.PowerBi.Report;

/// <summary>Every check must be able to fail: a copy of the project gets one mistake, and the check it is meant for says so.</summary>
[Trait("Set", "slow")]
public sealed class PlantedMistakeTests : IDisposable
{
    private const string Published = "definition/report.json";

    private static readonly Dictionary<string, Mistake> Mistakes = new()
    {
        ["a role the visual does not have"] = new("PBIR_ROLE_UNKNOWN", Checker,
            Visual("lineChart", chart => Rename(chart.SelectToken("visual.query.queryState.Y")!, "Values"))),
        ["a measure where a field to group by belongs"] = new("PBIR_ROLE_KIND_MISMATCH", Checker,
            Visual("lineChart", chart => Rename(Field(chart, "Category")["Column"]!, "Measure"))),
        ["a required role left empty"] = new("PBIR_ROLE_REQUIRED_MISSING", Checker,
            Visual("funnel", funnel => funnel.SelectToken("visual.query.queryState.Y")!.Parent!.Remove())),
        ["a formatting object the visual does not have"] = new("PBIR_FORMATTING_OBJECT_UNKNOWN", Checker,
            Visual("lineChart", chart => Rename(chart.SelectToken("visual.objects.legend")!, "legnd"))),
        ["a word that is none of the choices"] = new("PBIR_FORMATTING_ENUM_INVALID", Checker,
            Literal("lineChart", "objects.legend[0].properties.position", "'Middle'")),
        ["a visual there is none of"] = new("PBIR_VISUAL_TYPE_UNKNOWN", Checker,
            Visual("lineChart", chart => chart["visual"]!["visualType"] = "lineChrt")),
        ["a visual of the past"] = new("PBIR_VISUAL_TYPE_DEPRECATED", Checker, Visual("scatterChart", map => map["visual"]!["visualType"] = "map")),
        ["a page that is not in the order"] = new("PBIR_PAGE_DIR_NOT_IN_ORDER", Checker,
            At("definition/pages/pages.json", pages => pages["pageOrder"]!.Last!.Remove())),
        ["a drill-through page without a way back"] = new("PBIR_DRILLTHROUGH_BACK_BUTTON_MISSING", Checker,
            Literal("actionButton", "visualContainerObjects.visualLink[0].properties.show", "false")),
        ["a theme that is not shipped"] = new("PBIR_THEME_FILE_MISSING", Checker,
            report => File.Delete(Path.Combine(report.Resources, "FriendCity.json"))),
        ["a theme of another name"] = new("PBIR_THEME_FILE_NAME_MISMATCH", Checker, Theme(theme => theme["name"] = "Other")),

        ["a number in quotes"] = new("/position/x must be number", Schema, Visual("lineChart", chart => chart["position"]!["x"] = "16")),
        ["a property of nobody"] = new("/ must NOT have additional properties", Schema, Visual("lineChart", chart => chart["colour"] = "blue")),
        ["a file without its schema"] = new("/$schema names no known schema", Schema, Visual("lineChart", chart => chart.Remove("$schema"))),
        ["a file that is cut off"] = new("Unexpected end of JSON input", Schema,
            report => File.WriteAllText(First(report, "lineChart").File, "{\"name\":")),
        ["a theme of no kind"] = new("/themeCollection/customTheme/type must be equal to constant", Schema,
            At(Published, file => file["themeCollection"]!["customTheme"]!["type"] = "Somewhere")),

        ["a measure the model does not have"] = new("the model has no Measure KPI Daily.Circle Citys", Binding,
            Text("Circle Cities", "Circle Citys")),
        ["a column of another table"] = new("the model has no Column Country.Stage", Binding,
            Visual("funnel", funnel => Field(funnel, "Category").SelectToken("Column.Expression.SourceRef")!["Entity"] = "Country")),
        ["a filter on a column there is not"] = new("the model has no Column Alert.Severity Cod", Binding,
            Text("\"Severity Code\"", "\"Severity Cod\"")),
        ["a page that is drilled into by a column there is not"] = new("the model has no Column City.Town", Binding,
            Page("城市档案", page => page.SelectToken("pageBinding.parameters[0].fieldExpr.Column")!["Property"] = "Town")),
        ["a reference not called after its field"] = new("is not called after its field", Binding,
            Visual("funnel", funnel => Field(funnel, "Y").Parent!.Parent!["queryRef"] = "Cities")),
        ["a field twice in a visual"] = new("stands twice", Binding,
            Visual("tableEx", table => Field(table, "Values").Parent!.Parent!.AddAfterSelf(Field(table, "Values").Parent!.Parent!.DeepClone()))),
        ["a picture that is not shipped"] = new("report.json registers land-world.png, which is missing", Binding,
            report => File.Delete(Path.Combine(report.Resources, "land-world.png"))),
        ["a picture nobody registered"] = new("a visual shows other.png, which is not registered", Binding,
            Text("\"ItemName\": \"land-world.png\"", "\"ItemName\": \"other.png\"")),
        ["a model somewhere else"] = new("definition.pbir names no model: ../Other.SemanticModel", Binding,
            At("definition.pbir", file => file["datasetReference"]!["byPath"]!["path"] = "../Other.SemanticModel")),

        ["evidence left out of the head"] = new("its mark leaves out the evidence of K05, which it shows", Evidence, Text("'K05'", "'K95'")),
        ["a page without a mark of its evidence"] = new("has no mark of its evidence", Evidence, Text("Evidence Summary", "Illustrative Rows")),
        ["alerts of every view"] = new("“预警清单 · List of alerts” shows Alert of every view and day", Evidence,
            Page("预警", "预警清单", table => table.Remove("filterConfig"))),

        ["a slicer of events' dates"] = new("“截至 · As of” chooses among dates of events", Filters, Slicer("Snapshot Date", Of("Date", "Date"))),
        ["a range of days"] = new("“截至 · As of” lets somebody choose days without a snapshot", Filters, Slicer("Snapshot Date",
            slicer => slicer.SelectToken("visual.objects.data[0].properties.mode.expr.Literal")!["Value"] = "'Between'")),
        ["two views at once"] = new("“视图 · View” does not choose one view", Filters, Slicer("View",
            slicer => slicer.SelectToken("visual.objects.selection[0].properties.strictSingleSelect.expr.Literal")!["Value"] = "false")),
        ["a card that follows a click"] = new("“关键数字 · Key figures” is falsified by a click in", Filters,
            Page("总览", page => page.Remove("visualInteractions"))),
        ["figures that do not follow the view"] = new("“关键数字 · Key figures” does not follow “视图 · View”", Filters, report => Page("总览", page => (
            (JArray)page["visualInteractions"]!).Add(new JObject
            {
                ["source"] = Named(report, "视图"),
                ["target"] = Named(report, "关键数字"),
                ["type"] = "NoFilter"
            }))(report)),
        ["a city's page without a city"] = new("the page can be opened without what it is about", Filters,
            Page("城市档案", page => page.Remove("visibility"))),
        ["a funnel over stocks"] = new("is a funnel over Standing Ties", Filters,
            Visual("funnel", funnel => Field(funnel, "Y").SelectToken("Measure")!["Property"] = "Standing Ties")),
        ["a title that is cut"] = new("“按种类、程度和国家 · By kind, severity and country of the alert” is cut", Fit, Page("预警", "按种类", chart =>
            chart.SelectToken("visual.visualContainerObjects.title[0].properties.text.expr.Literal")!["Value"] =
                "'按种类、程度和国家 · By kind, severity and country of the alert'")),
        ["a name wider than its tile"] = new("“Agreements Due” needs", Fit,
            Page("预警", "关键数字", card => card["position"]!["width"] = 600)),
        ["figures by dates of events"] = new("tells Circle Cities by dates of events", Filters,
            Visual("lineChart", chart => Of("Date", "Date")(chart))),

        ["more numbers than a leader takes in"] = new("tells 6 key numbers, more than 5", Layout, Page("总览", "关键数字", card =>
        {
            var more = Field(card, "Data").Parent!.Parent!.DeepClone();
            more.SelectToken("field.Measure")!["Property"] = "Growth (Broad)";
            Field(card, "Data").Parent!.Parent!.AddAfterSelf(more);
        })),
        ["two visuals on one spot"] = new("overlaps", Layout, Visual("funnel", funnel => funnel["position"]!["x"] = 400)),
        ["a visual beyond the edge"] = new("leaves the page", Layout, Visual("funnel", funnel => funnel["position"]!["height"] = 433)),
        ["nothing for those who cannot see"] = new("the alternative text of “曾到达各阶段（登记册） · Ever reached (register)” is not told in both languages", Layout,
            Visual("funnel", funnel => funnel.SelectToken("visual.visualContainerObjects.general")!.Parent!.Remove())),
        ["a title in one language"] = new("the title of a funnel is not told in both languages: Stage funnel", Layout,
            Literal("funnel", "visualContainerObjects.title[0].properties.text", "'Stage funnel'")),
        ["a title that is not shown"] = new("the title of a funnel is not told in both languages", Layout,
            Literal("funnel", "visualContainerObjects.title[0].properties.show", "false")),
        ["two visuals in one place of the tab order"] = new("has no tab order of its own", Layout,
            Visual("funnel", funnel => funnel["position"]!["tabOrder"] = 0)),
        ["a visual not called as its folder"] = new("is called 0123456789abcdef0123", Layout,
            Visual("funnel", funnel => funnel["name"] = "0123456789abcdef0123")),
        ["a newer schema than older builds know"] = new("does not follow visualContainer/2.1.0", Layout,
            Text("visualContainer/2.1.0", "visualContainer/2.9.0")),
        ["a page of another size"] = new("is not 1280 x 720", Layout, Page("地图", page => page["height"] = 800)),
        ["a page in one language"] = new("the page is not told in both languages: Map", Layout, Page("地图", page => page["displayName"] = "Map")),

        ["text too pale"] = new("the theme's foreground, #AAAAAA on #FFFFFF, has a contrast of 2.3", Colours,
            Theme(theme => theme["foreground"] = "#AAAAAA")),
        ["a line too pale"] = new("a mark of the theme, #C3D6E4 on #FFFFFF", Colours, Theme(theme => theme["dataColors"]![0] = "#C3D6E4")),
        ["a table's head too pale"] = new("backColor", Colours,
            Theme(theme => theme.SelectToken("visualStyles.tableEx.*.columnHeaders[0].backColor.solid")!["color"] = "#17608F")),
        ["a header one cannot read"] = new("text, #55646F on #123B5D", Colours, Text("\"color\": \"#C3D6E4\"", "\"color\": \"#55646F\"")),
        ["a format of no tile"] = new("the format of its value names no tile", Colours,
            Page("总览", "依据", card => card.SelectToken("visual.objects.value[0].selector")!.Parent!.Remove())),
        ["white text on a tile of its own"] = new("its tiles cover its ground", Colours,
            Page("总览", "依据", card => card.SelectToken("visual.objects.layout")!.Parent!.Remove())),
        ["a colour beside the theme"] = new("#FF00FF is not of the theme", Colours, Text("'#123B5D'", "'#FF00FF'")),
    };

    private readonly ReportFolder _copy = new(Scratch.Folder("report"));

    public PlantedMistakeTests() => Repository.Copy(Repository.At("powerbi"), _copy.Project);

    public static TheoryData<string> Names { get; } = [.. Mistakes.Keys];

    public void Dispose() => Directory.Delete(_copy.Project, recursive: true);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_is_caught(string name)
    {
        var mistake = Mistakes[name];
        Assert.DoesNotContain(mistake.Caught, await mistake.Faults(_copy));
        mistake.Plant(_copy);
        Assert.Contains(mistake.Caught, await mistake.Faults(_copy));
    }

    private static Task<string> Schema(ReportFolder report) => ReportTools.SchemaFaultsAsync(report);

    private static Task<string> Checker(ReportFolder report) => ReportTools.CheckerFaultsAsync(report);

    private static Task<string> Binding(ReportFolder report) => Task.FromResult(string.Join('\n', ReportBinding.Faults(report, ReportModel.Shipped)));

    private static Task<string> Evidence(ReportFolder report) =>
        Task.FromResult(string.Join('\n', ReportEvidence.Faults(report, ReportModel.Shipped)));

    private static Task<string> Filters(ReportFolder report) =>
        Task.FromResult(string.Join('\n', ReportFilters.Faults(report, ReportModel.Shipped)));

    private static Task<string> Fit(ReportFolder report) => Task.FromResult(string.Join('\n', ReportFit.Faults(report, ModelFiles.Load())));

    private static Task<string> Layout(ReportFolder report) => Task.FromResult(string.Join('\n', ReportLayout.Faults(report)));

    private static Task<string> Colours(ReportFolder report) => Task.FromResult(string.Join('\n', ReportColours.Faults(report)));

    private static ReportVisual First(ReportFolder report, string type) =>
        report.Pages().SelectMany(page => page.Visuals).First(visual => visual.Type == type);

    private static Action<ReportFolder> Visual(string type, Action<JObject> change) => report => Write(First(report, type).File, change);

    private static Action<ReportFolder> Slicer(string table, Action<JObject> change) => report => Write(
        report.Pages().SelectMany(page => page.Visuals)
            .First(visual => visual.Type == "slicer" && FieldUse.In(visual.Json).Any(field => field.Table == table)).File, change);

    /// <summary>The first column that a visual shows is another one.</summary>
    private static Action<JObject> Of(string table, string name) => visual =>
    {
        var column = visual.SelectTokens("visual.query.queryState.*.projections[0].field.Column").First();
        (column.SelectToken("Expression.SourceRef")!["Entity"], column["Property"]) = (table, name);
    };

    private static Action<ReportFolder> Literal(string type, string property, string value) =>
        Visual(type, visual => visual.SelectToken($"visual.{property}.expr.Literal")!["Value"] = value);

    private static string Named(ReportFolder report, string title) => report.Pages()
        .Single(page => page.Title.StartsWith("总览", StringComparison.Ordinal)).Visuals.Single(visual => visual.Title?.StartsWith(title, StringComparison.Ordinal) == true).Name;

    private static Action<ReportFolder> Page(string title, Action<JObject> change) =>
        report => Write(report.Pages().Single(page => page.Title.StartsWith(title, StringComparison.Ordinal)).File, change);

    private static Action<ReportFolder> Page(string page, string visual, Action<JObject> change) => report => Write(
        report.Pages().Where(each => each.Title.StartsWith(page, StringComparison.Ordinal)).SelectMany(each => each.Visuals)
            .Single(each => each.Title?.StartsWith(visual, StringComparison.Ordinal) == true).File, change);

    private static Action<ReportFolder> At(string path, Action<JObject> change) => report => Write(Path.Combine(report.Folder, path), change);

    private static Action<ReportFolder> Theme(Action<JObject> change) => report => Write(Path.Combine(report.Resources, "FriendCity.json"), change);

    private static Action<ReportFolder> Text(string text, string other) => report =>
    {
        foreach (var visual in report.Pages().SelectMany(page => page.Visuals))
            File.WriteAllText(visual.File, File.ReadAllText(visual.File).Replace(text, other, StringComparison.Ordinal));
    };

    /// <summary>The first field in a role.</summary>
    private static JToken Field(JObject visual, string role) => visual.SelectToken($"visual.query.queryState.{role}.projections[0].field")!;

    private static void Rename(JToken value, string name) => value.Parent!.Replace(new JProperty(name, value));

    private static void Write(string file, Action<JObject> change)
    {
        var json = JObject.Parse(File.ReadAllText(file));
        change(json);
        File.WriteAllText(file, json.ToString());
    }

    /// <summary>What is done to the project, who notices, and what they say.</summary>
    private sealed record Mistake(string Caught, Func<ReportFolder, Task<string>> Faults, Action<ReportFolder> Plant);
}
