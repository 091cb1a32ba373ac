using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;

namespace FriendCity.Storage.Rest;

/// <summary>Signs with the account's key, anew for each try because the signature covers the date.</summary>
internal abstract class KeySigningPolicy(StorageAccess.SharedKey access, Func<DateTimeOffset> now) : HttpPipelineSynchronousPolicy
{
    protected string Account => access.Account;

    protected abstract string Scheme { get; }

    public override void OnSendingRequest(HttpMessage message)
    {
        var date = now().ToString("R", CultureInfo.InvariantCulture);
        message.Request.Headers.SetValue("x-ms-date", date);
        var signature = HMACSHA256.HashData(access.Key, Encoding.UTF8.GetBytes(TextToSign(message.Request, date)));
        message.Request.Headers.SetValue("Authorization", $"{Scheme} {Account}:{Convert.ToBase64String(signature)}");
    }

    protected abstract string TextToSign(Request request, string date);

    /// <summary>The account, then the path as sent: with a path-style endpoint the account stands there twice.</summary>
    protected string Resource(Uri address) => $"/{Account}{address.AbsolutePath}";
}

/// <summary>The tables' scheme: only date and path.</summary>
internal sealed class SharedKeyLitePolicy(StorageAccess.SharedKey access, Func<DateTimeOffset> now) : KeySigningPolicy(access, now)
{
    protected override string Scheme => "SharedKeyLite";

    protected override string TextToSign(Request request, string date) => $"{date}\n{Resource(request.Uri.ToUri())}";
}

/// <summary>The blobs' scheme: verb, standard headers, the service's headers, path and query.</summary>
internal sealed class SharedKeyPolicy(StorageAccess.SharedKey access, Func<DateTimeOffset> now) : KeySigningPolicy(access, now)
{
    private static readonly string[] StandardHeaders =
        ["Content-MD5", "Content-Type", "Date", "If-Modified-Since", "If-Match", "If-None-Match", "If-Unmodified-Since", "Range"];

    protected override string Scheme => "SharedKey";

    protected override string TextToSign(Request request, string date)
    {
        var text = new StringBuilder();
        text.Append(request.Method.Method).Append("\n\n\n").Append(Length(request));
        foreach (var name in StandardHeaders)
            text.Append('\n').Append(request.Headers.TryGetValue(name, out var value) ? value : "");
        var own = request.Headers
            .Select(header => (Name: header.Name.ToLowerInvariant(), header.Value))
            .Where(header => header.Name.StartsWith("x-ms-", StringComparison.Ordinal))
            .OrderBy(header => header.Name, StringComparer.Ordinal);
        foreach (var (name, value) in own)
            text.Append('\n').Append(name).Append(':').Append(value.Trim());
        var address = request.Uri.ToUri();
        text.Append('\n').Append(Resource(address));
        foreach (var (name, value) in Query(address).OrderBy(pair => pair.Name, StringComparer.Ordinal))
            text.Append('\n').Append(name).Append(':').Append(value);
        return text.ToString();
    }

    // An empty body is signed as nothing, not as 0.
    private static string Length(Request request) =>
        request.Content is not null && request.Content.TryComputeLength(out var length) && length > 0 ? length.ToString(CultureInfo.InvariantCulture) : "";

    private static IEnumerable<(string Name, string Value)> Query(Uri address) =>
        from pair in address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
        let parts = pair.Split('=', 2)
        select (Uri.UnescapeDataString(parts[0]).ToLowerInvariant(), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
}

/// <summary>Adds the shared access signature to the query, once: a retry sends the same address again.</summary>
internal sealed class SignaturePolicy(string signature) : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message)
    {
        var address = message.Request.Uri;
        if (!address.Query.Contains(signature, StringComparison.Ordinal))
            address.Query = address.Query.Length > 1 ? $"{address.Query}&{signature}" : "?" + signature;
    }
}
