using FriendCity.Http.Errors;
using FriendCity.OpenApi.Building;

namespace FriendCity.OpenApi.Routes;

/// <summary>
/// The one call of the page. What stands inside its panels is a matter between this service and its page and may change with it, so the
/// document names the panels alone; partners ask for figures, alerts and records.
/// </summary>
internal static class DashboardOperation
{
    private static readonly string[] Lists =
    [
        "figures", "compared", "definitions", "sentences", "ties", "cities", "countries", "networks", "targets", "mechanisms", "platforms", "alerts",
        "anniversaries", "agreements", "conflicts", "published",
    ];

    private static readonly string[] Objects = ["home?", "time", "projects", "activities", "match?"];

    public static ApiOperation Of(KpiSchemas schemas, CommonParameters parameters) => new(
        "DashboardData", "GET", "/api/v1/dashboard", "getDashboardData", "reports", new("All that the dashboard shows first", "概览页首屏数据"))
    {
        About = new("Made for the page: what stands inside its panels may change with it.", "专供概览页使用：各面板内的结构可能随页面变化。"),
        Parameters =
        [
            parameters.AsOf(),
            CommonParameters.Own("lang", SchemaKit.Word(["en", "zh", "zh-CN"]), new("Goes before Accept-Language", "优先于 Accept-Language")),
            .. parameters.Figures(),
        ],
        Answers =
        [
            ApiAnswer.Of(schemas.Page(Lists, Objects), new("The page's data", "页面数据"), 200, "ETag", "Age", "Preference-Applied"),
            ApiAnswer.NotModified,
        ],
        Problems = [Problems.BadParameter, Problems.Stale],
    };
}
