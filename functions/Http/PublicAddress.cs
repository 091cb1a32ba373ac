namespace FriendCity.Http;

/// <summary>The address under which the caller reached us, for links: the host and scheme, or behind a front end those it named.</summary>
internal static class PublicAddress
{
    public static string Of(HttpRequest request, string pathAndQuery)
    {
        var scheme = First(request, "X-Forwarded-Proto").Equals("https", StringComparison.OrdinalIgnoreCase) ? "https" : request.Scheme;
        return $"{scheme}://{Host(request)}{pathAndQuery}";
    }

    /// <summary>What is no host is not repeated in a link.</summary>
    private static HostString Host(HttpRequest request) =>
        First(request, "X-Forwarded-Host") is { Length: > 0 } named && Uri.TryCreate($"https://{named}/", UriKind.Absolute, out var address) && address.Authority == named
            ? new HostString(named)
            : request.Host;

    /// <summary>Of several front ends the outermost comes first.</summary>
    private static string First(HttpRequest request, string header) => request.Headers[header].ToString().Split(',')[0].Trim();
}
