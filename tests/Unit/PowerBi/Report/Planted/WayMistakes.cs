using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;
using static FriendCity.Tests.Unit.PowerBi.Report.Planted.Planting;

namespace FriendCity.Tests.Unit.PowerBi.Report.Planted;

/// <summary>How a reader gets about, in which language, and on a telephone.</summary>
internal static class WayMistakes
{
    public static readonly Dictionary<string, Mistake> All = new()
    {
        ["a page too many"] = new("there are 8 pages, more than 7", Navigation, report =>
            Repository.Copy(report.Pages()[0].Folder, Path.Combine(report.Pages()[0].Folder, "..", "00000000000000000000"))),
        ["a city's page among the others"] = new("can be opened without what it is about", Navigation,
            Page("城市档案", page => page.Remove("visibility"))),
        ["a page that nobody gets to"] = new("nobody gets there", Navigation, Page("地图", page => page["visibility"] = "HiddenInViewMode")),
        ["a page without a way on"] = new("has no way to the other pages", Navigation,
            Visual("pageNavigator", pages => pages["visual"]!["visualType"] = "shape")),
        ["a chart without a tooltip"] = new("“曾到达各阶段（登记册） · Ever reached (register)” has no tooltip", Navigation,
            Visual("funnel", funnel => ((JObject)funnel.SelectToken("visual.query.queryState")!).Remove("Tooltips"))),
        ["a page without a language"] = new("Display Language cannot be chosen on every page", Navigation, report => Directory.Delete(
            report.Pages()[0].Visuals.Single(visual => visual.Type == "slicer" && visual.Fields[0].Table == "Display Language").Folder, true)),
        ["a view without a bookmark"] = new("no bookmarks for View", Navigation,
            Bookmark("文章口径 · Article", bookmark => bookmark["displayName"] = "文章 · Article")),
        ["a bookmark that leaves the page"] = new("the bookmark English changes more or less than Display Language", Navigation,
            Bookmark("English", bookmark => ((JObject)bookmark["options"]!).Remove("suppressActiveSection"))),
        ["a bookmark that chooses another language"] = new("the bookmark English does not choose it", Navigation,
            Bookmark("English", bookmark => bookmark.SelectTokens("explorationState.sections..Values..Literal").First()["Value"] = "'中文'")),

        ["a text that nobody translates"] = new("“Stage funnel” is fixed", Language, Fixed("'Stage funnel'")),
        ["a number's name in one language"] = new("the name of Circle Cities is not told in the reader's language", Language,
            Page("总览", "关键数字", card => card.SelectToken("visual.objects.label[0]")!.Remove())),
        ["a figure without what came since"] = new("Circle Cities has no label of what came since", Language,
            Page("总览", "关键数字", card => card.SelectToken("visual.objects.referenceLabel[0]")!.Remove())),
        ["a text that nobody shows"] = new("nobody shows Title Setup check", Language, Text("Title Setup check", "Title Note")),
        ["a box of text"] = new("a text box has a fixed text", Language, Visual("funnel", funnel => funnel["visual"]!["visualType"] = "textbox")),

        ["a visual that a telephone leaves out"] = new("is not shown on a telephone", Mobile,
            report => File.Delete(First(report, "funnel").MobileFile)),
        ["a visual wider than a telephone"] = new("leaves the telephone", Mobile, OnMobile("funnel", place => place["width"] = 400)),
        ["two visuals on one spot of a telephone"] = new("on a telephone", Mobile, OnMobile("funnel", place => place["height"] = 400)),
        ["another order on a telephone"] = new("a telephone shows it in another order", Mobile, OnMobile("funnel", place => place["y"] = 9000)),
    };
}
