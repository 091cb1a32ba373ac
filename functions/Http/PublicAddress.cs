using FriendCity.Http.Errors;

namespace FriendCity.Http;

/// <summary>
/// The address by which people reach this service, for links: the setting <c>PublicAddress</c>, or else what the request names. The Functions
/// host overwrites <c>X-Forwarded-*</c> with what it saw, but <c>Host</c> is whatever a caller sends.
/// </summary>
/// <param name="given">Scheme and host of the setting; null when it is not set.</param>
internal sealed class PublicAddress(Uri? given)
{
    public const string Setting = "PublicAddress";

    /// <summary>Makes the request name the address, once, before anything reads it.</summary>
    public void Apply(HttpRequest request)
    {
        if (given is not null)
            (request.Scheme, request.Host) = (given.Scheme, new HostString(given.Authority));
        else
        {
            if (First(request, "X-Forwarded-Proto").Equals("https", StringComparison.OrdinalIgnoreCase))
                request.Scheme = "https";
            // What is no host is not repeated in a link.
            if (First(request, "X-Forwarded-Host") is { Length: > 0 } named && Uri.TryCreate($"https://{named}/", UriKind.Absolute, out var address)
                && address.Authority == named)
                request.Host = new HostString(named);
        }
    }

    public static string Of(HttpRequest request, string pathAndQuery) => $"{request.Scheme}://{request.Host}{pathAndQuery}";

    /// <summary>
    /// No file is made that sends a program with its key to an address that the caller alone has named: it must be the setting's, or this
    /// machine's own.
    /// </summary>
    /// <exception cref="ProblemException">It is neither.</exception>
    public void RequireKnown(HttpRequest request)
    {
        if (given is null && !IsLoopback(request.Host.Host))
            throw new ProblemException(new(Problems.AddressUnknown, new(
                $"The service must know the address by which people reach it: set {Setting} to https://HOST. A caller's word is not enough, because "
                    + $"programs would send their keys there.",
                $"服务必须知道自己的对外地址：请将设置 {Setting} 设为 https://主机名。不能只凭请求中的主机名，因为程序会把密钥发往该地址。")));
    }

    private static bool IsLoopback(string host) =>
        host == "localhost" || (System.Net.IPAddress.TryParse(host.Trim('[', ']'), out var address) && System.Net.IPAddress.IsLoopback(address));

    /// <summary>Of several front ends the outermost comes first.</summary>
    private static string First(HttpRequest request, string header) => request.Headers[header].ToString().Split(',')[0].Trim();
}
