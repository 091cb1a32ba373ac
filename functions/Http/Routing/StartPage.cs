using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using FriendCity.Messages;
using Microsoft.Net.Http.Headers;

namespace FriendCity.Http.Routing;

/// <summary>What stands at <c>/</c>: a page that leads a person on, and a line for a program.</summary>
internal static class StartPage
{
    private const string Line = "FriendCity is running. Its API is described at /openapi.json.\n";
    private const string Policy = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'";
    private const string Lang = "lang";

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);
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
        request.HttpContext.Response.Headers.Vary = "Accept, Accept-Language";
        if (!IsBrowser(request))
            return Results.Text(Line, "text/plain; charset=utf-8");
        var headers = request.HttpContext.Response.Headers;
        var language = Language(request);
        headers.ContentSecurityPolicy = Policy;
        headers.ContentLanguage = Languages.Tag(language);
        headers.CacheControl = "no-cache";
        return Results.Content(Html(language), "text/html; charset=utf-8");
    }

    /// <summary>Programs take anything; browsers name the type.</summary>
    private static bool IsBrowser(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList([.. request.Headers.Accept.OfType<string>()], out var ranges)
        && ranges.Any(range => range.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase) && range.Quality != 0);

    private static Language Language(HttpRequest request) => Parameters.Text(request, Lang) switch
    {
        "en" => Messages.Language.English,
        "zh-CN" => Messages.Language.Chinese,
        _ => Languages.Of(request),
    };

    private static string Html(Language language)
    {
        string Safe(Text text) => Encoder.Encode(text.In(language));
        var ways = string.Concat(Ways.Select(way => string.Create(CultureInfo.InvariantCulture,
            $"    <section class=\"card\"><h2><a href=\"{way.Href}\">{Safe(way.Title)}</a></h2>"
                + $"<p class=\"when\">{Safe(way.About)}</p></section>\n")));
        return string.Create(CultureInfo.InvariantCulture, $"""
            <!doctype html>
            <html lang="{Languages.Tag(language)}">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <meta name="color-scheme" content="light dark">
              <title>{Safe(Title)} · FriendCity</title>
              <link rel="icon" href="/dashboard/icon.svg" type="image/svg+xml">
              <link rel="stylesheet" href="/dashboard/cards.css">
              <link rel="stylesheet" href="/dashboard/style.css">
              <link rel="stylesheet" href="/dashboard/guide.css">
            </head>
            <body>
              <header class="band"><div class="band-inner">
                <div class="brand"><img src="/dashboard/icon.svg" alt="" width="40" height="40">
                  <div><h1>{Safe(Title)}</h1><p>{Safe(Subtitle)}</p></div></div>
                <nav class="languages">
                  <a href="?lang=zh-CN" lang="zh-CN"{Current(language, Messages.Language.Chinese)}>中文</a>
                  <a href="?lang=en" lang="en"{Current(language, Messages.Language.English)}>English</a></nav>
              </div></header>
              <main class="guide">
            {ways}  </main>
            </body>
            </html>

            """);
    }

    private static string Current(Language shown, Language link) => shown == link ? " aria-current=\"true\"" : "";
}
