using System.Security.Cryptography;
using System.Text;
using FriendCity.Access;
using FriendCity.Http;

namespace FriendCity.Idempotency;

/// <summary>What makes two requests the same one.</summary>
/// <param name="Name">Hash of the key with its caller, method and address: who else uses the key, or where else, is another request.</param>
/// <param name="Content">Hash of the body, and of the headers that change what is done or answered.</param>
internal sealed record RequestIdentity(byte[] Name, string Content)
{
    private static readonly string[] Headers = ["Content-Type", "If-Match", "If-None-Match"];

    public static RequestIdentity Of(HttpRequest request, string key)
    {
        // The holder and not the key of access: who rotates it goes on with what was begun.
        var query = request.Query.Where(each => each.Key != Parameters.Code).OrderBy(each => each.Key, StringComparer.Ordinal)
            .Select(each => $"{Uri.EscapeDataString(each.Key)}={Uri.EscapeDataString(each.Value.ToString())}");
        var name = Hash([
            Caller.Of(request.HttpContext).Holder, request.Method, request.Path.ToUriComponent().TrimEnd('/'), string.Join('&', query), key,
        ]);
        var content = Hash([
            .. Headers.Select(header => request.Headers[header].ToString()), Prefer.Find(request, "return") ?? "",
            Prefer.Find(request, "max-affected") ?? "", BodyDigest.Of(request),
        ]);
        return new(name, Convert.ToHexStringLower(content));
    }

    private static byte[] Hash(IEnumerable<string> parts) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts.Select(Uri.EscapeDataString))));
}
