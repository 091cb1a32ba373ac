using System.Globalization;
using FriendCity.Messages;
using Microsoft.Net.Http.Headers;

namespace FriendCity.Http.Routing;

/// <summary>What stands at <c>/</c>: a page that leads a person on, and a line for a program.</summary>
internal static class StartPage
{
    private const string Line = "FriendCity is running. Its API is described at /openapi.json.\n";
    private const string Vary = "Accept, Accept-Language";

    private static readonly Text Title = new("Friend cities", "友城登记与指标");
    private static readonly Text Subtitle = new("FriendCity: registry and figures", "FriendCity：登记、指标与接口");

    private static readonly (string Href, Text Title, Text About)[] Ways =
    [
        ("/dashboard", new("Dashboard", "概览"), new("The figures on one page, for leaders.", "供领导查看的一页指标。")),
        ("/docs", new("API reference", "接口文档"), new("Every address, tried with your own key.", "全部接口，可用您的密钥试用。")),
        ("/powerbi", new("Power BI", "连接 Power BI"), new("How to connect, and the ready model and report.", "连接方法，以及现成的模型与报表。")),
        ("/docs/problems", new("Problem codes", "错误代码"), new("What each refusal means.", "各种拒绝的含义。")),
        ("/health/ready", new("Health", "运行状态"), new("Whether the service is ready.", "服务是否就绪。")),
        ("/openapi.json", new("OpenAPI document", "OpenAPI 文档"), new("The API for programs; also as /openapi.yaml.", "供程序读取的接口说明；另有 /openapi.yaml。")),
    ];

    public static IResult Answer(HttpRequest request)
    {
        Parameters.Check(request, Languages.Parameter);
        var language = Languages.Asked(request);
        if (IsBrowser(request))
            return new HtmlPage(Html(language), language, Vary);
        request.HttpContext.Response.Headers.Vary = Vary;
        return Results.Text(Line, "text/plain; charset=utf-8");
    }

    /// <summary>Programs take anything; browsers name the type.</summary>
    private static bool IsBrowser(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList([.. request.Headers.Accept.OfType<string>()], out var ranges)
        && ranges.Any(range => range.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase) && range.Quality != 0);

    private static string Html(Language language)
    {
        string Safe(Text text) => HtmlPage.Encoder.Encode(text.In(language));
        return HtmlPage.Frame(Title, Subtitle, language, string.Concat(Ways.Select(way => string.Create(CultureInfo.InvariantCulture,
            $"    <section class=\"card\"><h2><a href=\"{way.Href}\">{Safe(way.Title)}</a></h2>"
                + $"<p class=\"when\">{Safe(way.About)}</p></section>\n"))));
    }
}
