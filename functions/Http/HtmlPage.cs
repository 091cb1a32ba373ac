using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using FriendCity.Messages;

namespace FriendCity.Http;

/// <summary>A page without script: its head, band and choice of languages, with what stands in it. What it loads comes from here.</summary>
/// <param name="page">The page whole, as <see cref="Frame"/> makes it.</param>
/// <param name="vary">The request headers that the page depends on.</param>
internal sealed class HtmlPage(string page, Language language, string vary = "Accept-Language") : IResult
{
    private const string Policy = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'";

    public static HtmlEncoder Encoder { get; } = HtmlEncoder.Create(UnicodeRanges.All);

    /// <param name="main">The sections, as HTML.</param>
    public static string Frame(Text title, Text subtitle, Language language, string main)
    {
        string Safe(Text text) => Encoder.Encode(text.In(language));
        string Current(Language link) => language == link ? " aria-current=\"true\"" : "";
        return string.Create(CultureInfo.InvariantCulture, $"""
            <!doctype html>
            <html lang="{Languages.Tag(language)}">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <meta name="color-scheme" content="light dark">
              <title>{Safe(title)} · FriendCity</title>
              <link rel="icon" href="/dashboard/icon.svg" type="image/svg+xml">
              <link rel="stylesheet" href="/dashboard/cards.css">
              <link rel="stylesheet" href="/dashboard/style.css">
              <link rel="stylesheet" href="/dashboard/guide.css">
            </head>
            <body>
              <header class="band"><div class="band-inner">
                <div class="brand"><img src="/dashboard/icon.svg" alt="" width="40" height="40">
                  <div><h1>{Safe(title)}</h1><p>{Safe(subtitle)}</p></div></div>
                <nav class="languages">
                  <a href="?lang=zh-CN" lang="zh-CN"{Current(Language.Chinese)}>中文</a>
                  <a href="?lang=en" lang="en"{Current(Language.English)}>English</a></nav>
              </div></header>
              <main class="guide">
            {main}  </main>
            </body>
            </html>

            """);
    }

    public Task ExecuteAsync(HttpContext context)
    {
        var response = context.Response;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.ContentLanguage = Languages.Tag(language);
        response.Headers.Vary = vary;
        response.Headers.CacheControl = JsonResult.CacheControl;
        response.Headers.ContentSecurityPolicy = Policy;
        return response.WriteAsync(page, context.RequestAborted);
    }
}
