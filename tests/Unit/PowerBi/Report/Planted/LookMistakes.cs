using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;
using static FriendCity.Tests.Unit.PowerBi.Report.Planted.Planting;

namespace FriendCity.Tests.Unit.PowerBi.Report.Planted;

/// <summary>How pages are laid out and coloured.</summary>
internal static class LookMistakes
{
    public static readonly Dictionary<string, Mistake> All = new()
    {
        ["more numbers than a leader takes in"] = new("tells 6 key numbers, more than 5", Layout, Page("总览", "关键数字", card =>
        {
            var more = Field(card, "Data").Parent!.Parent!.DeepClone();
            more.SelectToken("field.Measure")!["Property"] = "Growth (Broad)";
            Field(card, "Data").Parent!.Parent!.AddAfterSelf(more);
        })),
        ["more visuals than a page holds"] = new("visuals, more than 20", Layout, report =>
        {
            var first = report.Pages()[0].Visuals[0];
            foreach (var other in Enumerable.Range(0, 20).Select(each => Path.Combine(first.Folder, "..", $"{each:d20}")))
                Repository.Copy(first.Folder, other);
        }),
        ["a table of everything"] = new("shows 9 fields", Layout, Page("总览", "全部数字", table => Field(table, "Values").Parent!.Parent!.AddAfterSelf(
            Field(table, "Values").Parent!.Parent!.DeepClone()))),
        ["a visual that shows nothing"] = new("shows nothing", Layout, Visual("funnel", funnel => ((JObject)funnel["visual"]!).Remove("query"))),
        ["two visuals on one spot"] = new("overlaps", Layout, Visual("funnel", funnel => funnel["position"]!["x"] = 380)),
        ["a visual beyond the edge"] = new("leaves the page", Layout, Visual("funnel", funnel => funnel["position"]!["height"] = 433)),
        ["nothing for those who cannot see"] = new(
            "the alternative text of “曾到达各阶段（登记册） · Ever reached (register)” is not told in both languages", Layout,
            Visual("funnel", funnel => funnel.SelectToken("visual.visualContainerObjects.general")!.Parent!.Remove())),
        ["a title in one language"] = new("the title of a funnel is not told in both languages: Stage funnel", Layout,
            Fixed("'Stage funnel'")),
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
        ["a header one cannot read"] = new("text, #17242F on #0F3D5E", Colours, Page("总览", "总览", card => Coloured(card, 1))),
        ["a button one cannot read"] = new("text, #17242F on #0F3D5E", Colours, Visual("pageNavigator", pages =>
            pages.SelectToken("visual.objects.text[2].properties.fontColor..ColorId")!.Replace(1))),
        ["a format of no tile"] = new("the format of its value names no tile", Colours,
            Page("总览", "依据", card => card.SelectToken("visual.objects.value[0].selector")!.Parent!.Remove())),
        ["white text on a tile of its own"] = new("its tiles cover its ground", Colours,
            Page("总览", "依据", card => card.SelectToken("visual.objects.layout")!.Parent!.Remove())),
        ["a colour beside the theme"] = new("#FF00FF is not named by the theme", Colours, Page("总览", "总览", card => card
            .SelectToken("visual.visualContainerObjects.background[0].properties.color.solid.color.expr")!
            .Replace(JObject.Parse("""{"Literal":{"Value":"'#FF00FF'"}}""")))),
        ["a colour that the theme does not have"] = new("is no colour of the theme", Colours, Page("总览", "总览", card => Coloured(card, 40))),
    };
}
