namespace FriendCity.Http.Middleware;

/// <summary>What every answer carries. A page that needs more of its browser sets a policy of its own over this one.</summary>
internal static class SecurityHeaders
{
    private const string NothingRuns = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'";

    public static void Apply(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = NothingRuns;
        headers["Referrer-Policy"] = "no-referrer";
        // One year, as https://hstspreload.org asks; over plain http browsers must ignore it (RFC 6797 8.1), so it is not sent.
        if (http.Request.IsHttps)
            headers.StrictTransportSecurity = "max-age=31536000";
    }
}
