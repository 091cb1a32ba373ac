using static FriendCity.Tests.Unit.PowerBi.Report.Planted.Planting;

namespace FriendCity.Tests.Unit.PowerBi.Report.Planted;

/// <summary>What the files are, and what they name.</summary>
internal static class FormMistakes
{
    public static readonly Dictionary<string, Mistake> All = new()
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
    };
}
