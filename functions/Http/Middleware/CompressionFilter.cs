using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Primitives;

namespace FriendCity.Http.Middleware;

/// <summary>
/// Compresses text for callers who take it. A compressed form is another representation, so its strong ETag is another (RFC 9110 8.8.3.3):
/// <c>"7"</c> becomes <c>"7-gzip"</c>, and conditions may name either. It answers nothing itself, so it may stand outside the invocation.
/// </summary>
internal sealed partial class CompressionFilter(IResponseCompressionProvider provider) : IStartupFilter
{
    private static readonly string[] Conditions = ["If-Match", "If-None-Match", "If-Range"];

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(NameForm).UseResponseCompression();
        next(app);
    };

    private Task NameForm(HttpContext http, RequestDelegate next)
    {
        var held = http.Request.Headers.IfNoneMatch.ToString();
        foreach (var name in Conditions)
            if (http.Request.Headers.TryGetValue(name, out var tags))
                http.Request.Headers[name] = new StringValues([.. tags.Select(tag => Suffix().Replace(tag ?? "", "\""))]);
        http.Response.OnStarting(() =>
        {
            var response = http.Response;
            var unchanged = response.StatusCode == StatusCodes.Status304NotModified;
            if (unchanged && provider.CheckRequestAcceptsCompression(http))
                response.Headers.Append("Vary", "Accept-Encoding");
            if (response.Headers.ETag.ToString() is ['"', .., '"'] tag)
                response.Headers.ETag = unchanged ? Held(held, tag) : Tagged(tag, response.Headers.ContentEncoding.ToString());
            return Task.CompletedTask;
        });
        return next(http);
    }

    /// <summary>What has not changed is the form that the caller named.</summary>
    private static string Held(string held, string tag) =>
        Suffix().Matches(held).Select(suffix => Tagged(tag, suffix.Groups["coding"].Value))
            .FirstOrDefault(named => held.Contains(named, StringComparison.Ordinal)) ?? tag;

    private static string Tagged(string tag, string coding) => coding is "gzip" or "br" ? $"{tag[..^1]}-{coding}\"" : tag;

    [GeneratedRegex("-(?<coding>gzip|br)\"", RegexOptions.None, 1000)]
    private static partial Regex Suffix();
}

internal static class CompressionServices
{
    private static readonly string[] Text =
    [
        "application/json", "application/problem+json", "application/x-ndjson", "application/xml", "image/svg+xml",
        "text/css", "text/csv", "text/html", "text/javascript", "text/markdown", "text/plain",
    ];

    public static IServiceCollection AddCompression(this IServiceCollection services) => services
        .AddResponseCompression(options =>
        {
            // An answer holds no secret of the caller's beside text of an attacker's choice, so its length tells nothing (BREACH).
            options.EnableForHttps = true;
            options.MimeTypes = Text;
            options.Providers.Add<BrotliCompressionProvider>();
            options.Providers.Add<GzipCompressionProvider>();
        })
        .AddSingleton<IStartupFilter, CompressionFilter>();
}
