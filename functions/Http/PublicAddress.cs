namespace FriendCity.Http;

/// <summary>The address under which the caller reached us, for links: the host and scheme, or behind a front end those it named.</summary>
internal static class PublicAddress
{
    public static string Of(HttpRequest request, string pathAndQuery)
    {
        var scheme = request.Headers["X-Forwarded-Proto"].ToString() is "https" ? "https" : request.Scheme;
        return $"{scheme}://{Host(request)}{pathAndQuery}";
    }

    /// <summary>Of several front ends the outermost comes first; what is no host is not repeated in a link.</summary>
    private static HostString Host(HttpRequest request) =>
        request.Headers["X-Forwarded-Host"].ToString().Split(',')[0].Trim() is { Length: > 0 } named && Uri.TryCreate($"https://{named}/", UriKind.Absolute, out var address) && address.Authority == named
            ? new HostString(named)
            : request.Host;
}
