using Newtonsoft.Json.Linq;
using static FriendCity.Tests.Unit.PowerBi.Report.Planted.Planting;

namespace FriendCity.Tests.Unit.PowerBi.Report.Planted;

/// <summary>What a page tells untruly, or cuts.</summary>
internal static class TruthMistakes
{
    public static readonly Dictionary<string, Mistake> All = new()
    {
        ["evidence left out of the head"] = new("its mark leaves out the evidence of K05, which it shows", Evidence, Text("'K05'", "'K95'")),
        ["a page without a mark of its evidence"] = new("has no mark of its evidence", Evidence, Text("Evidence Summary", "Illustrative Rows")),
        ["alerts of every view"] = new("“预警清单 · List of alerts” shows Alert of every view and day", Evidence,
            Page("预警", "预警清单", table => table.Remove("filterConfig"))),

        ["a slicer of events' dates"] = new("“截至 · As of” chooses among dates of events", Filters, Slicer("Snapshot Date", Of("Date", "Date"))),
        ["a range of days"] = new("“截至 · As of” lets somebody choose days without a snapshot", Filters, Slicer("Snapshot Date",
            slicer => slicer.SelectToken("visual.objects.data[0].properties.mode.expr.Literal")!["Value"] = "'Between'")),
        ["two views at once"] = new("“视图 · View” does not choose one, beginning", Filters, Slicer("View",
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
        ["a title that is cut"] = new("“按种类和程度 · By kind and severity” is cut", Fit, Page("预警", "按种类", chart => chart["position"]!["width"] = 120)),
        ["a name wider than its tile"] = new("“Illustrative Figures” needs", Fit,
            Page("预警", "关键数字", card => card["position"]!["width"] = 600)),
        ["columns nobody can read"] = new("“预警清单 · List of alerts” has 7 columns in", Fit,
            Page("预警", "预警清单", table => table["position"]!["width"] = 380)),
        ["a note that is cut"] = new("lines of", Fit, Page("预警", "说明", note => note["position"]!["width"] = 200)),
        ["a name wider than its button"] = new("“预警与质量 · Alerts and quality” needs", Fit,
            Visual("pageNavigator", pages => pages["position"]!["width"] = 1000)),
        ["figures by dates of events"] = new("tells Circle Cities by dates of events", Filters,
            Visual("lineChart", chart => Of("Date", "Date")(chart))),
    };
}
