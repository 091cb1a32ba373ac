namespace FriendCity.Dashboard;

internal static class DashboardHeaders
{
    // The page holds an API key, so nothing foreign may run in it, frame it or receive from it.
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; font-src 'self'; "
        + "base-uri 'none'; frame-ancestors 'none'; form-action 'none'";

    public static void Apply(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        // Kept, but asked for again each time: a new release is seen at once and costs a 304 otherwise.
        headers.CacheControl = "no-cache";
    }
}
