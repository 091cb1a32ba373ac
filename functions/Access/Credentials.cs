using System.Text;
using FriendCity.Http;

namespace FriendCity.Access;

/// <summary>
/// What a request shows of who sends it. A key comes in <c>X-Api-Key</c>, as the password of Basic, or in the query as <c>code</c>
/// (Power BI); a token of the organisation's directory after <c>Bearer</c>, and a key wins over it.
/// </summary>
/// <param name="Token">Empty when Power Query asks, by an empty token, where people sign in.</param>
internal readonly record struct Credentials(string? Key, string? Token)
{
    private const string Basic = "Basic ";
    private const string Bearer = "Bearer";

    public static Credentials Of(HttpRequest request)
    {
        if (request.Headers.TryGetValue("X-Api-Key", out var header))
            return new(header, null);
        var authorization = request.Headers.Authorization.ToString();
        if (authorization.StartsWith(Basic, StringComparison.OrdinalIgnoreCase))
            return new(Password(authorization[Basic.Length..]) ?? "", null);
        if (Parameters.Text(request, Parameters.Code) is { } code)
            return new(code, null);
        var isBearer = authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            && (authorization.Length == Bearer.Length || authorization[Bearer.Length] == ' ');
        return new(null, isBearer ? authorization[Bearer.Length..].Trim() : null);
    }

    /// <summary>Secrets never show in logs, whoever prints them.</summary>
    public override string ToString() => nameof(Credentials);

    private static string? Password(string credentials)
    {
        Span<byte> bytes = stackalloc byte[256];
        if (!Convert.TryFromBase64String(credentials, bytes, out var length))
            return null;

        var text = Encoding.UTF8.GetString(bytes[..length]);
        return text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..];
    }
}
