using System.Text.Json;
using Azure;
using Azure.Core;

namespace FriendCity.Storage.Rest;

/// <summary>Why storage said no: its status and its error code.</summary>
internal readonly record struct StorageFault(int Status, string Code, string Text = "")
{
    public static StorageFault Of(Response response)
    {
        if (response.Headers.TryGetValue("x-ms-error-code", out var code))
            return new StorageFault(response.Status, code);
        // A body that is still on the wire is not read: blobs always name the code in the header.
        return response.ContentStream is MemoryStream ? OfBody(response.Status, response.Content.ToMemory()) : new StorageFault(response.Status, "");
    }

    /// <summary>Reads <c>{"odata.error":{"code":"…","message":{"lang":"…","value":"…"}}}</c>; anything else has no code.</summary>
    public static StorageFault OfBody(int status, ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var error = json.RootElement.GetProperty("odata.error");
            return new StorageFault(status, error.GetProperty("code").GetString() ?? "", error.GetProperty("message").GetProperty("value").GetString() ?? "");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return new StorageFault(status, "");
        }
    }

    public static StorageException Unexpected(HttpMessage message) =>
        Of(message.Response).Exception($"{message.Request.Method} {message.Request.Uri.ToUri().AbsolutePath}");

    /// <summary>The sentence names status and code only: the service's own text repeats values of rows.</summary>
    public StorageException Exception(string what) => new($"Storage answered {Status} {Code} to {what}.".Replace("  ", " ", StringComparison.Ordinal));
}
