namespace FriendCity.Http;

/// <summary>The address under which the caller reached us, for links: the host and, behind a front end, the scheme it named.</summary>
internal static class PublicAddress
{
    public static string Of(HttpRequest request, string pathAndQuery)
    {
        var scheme = request.Headers["X-Forwarded-Proto"].ToString() is "https" ? "https" : request.Scheme;
        return $"{scheme}://{request.Host}{pathAndQuery}";
    }
}
