using System.Globalization;
using Azure;
using Azure.Core;

namespace FriendCity.Storage.Rest;

/// <summary>Reads a blob's facts from the headers of an answer.</summary>
internal static class BlobAnswer
{
    private const string MetadataPrefix = "x-ms-meta-";

    public static BlobContent Content(HttpMessage message)
    {
        var response = message.Response;
        var length = response.Headers.ContentLengthLong ?? throw new StorageException("Storage sent a blob without its length.");
        var stream = message.ExtractResponseContent() ?? Stream.Null;
        return new BlobContent(new AnswerStream(stream, message), length, Total(response) ?? length, ETag(response), ContentType(response), Metadata(response));
    }

    public static BlobContent Empty(Response response) => new(
        Stream.Null, 0, response.Headers.ContentLengthLong ?? 0, ETag(response), ContentType(response), Metadata(response));

    /// <summary>The raw header: it goes back as it came.</summary>
    public static string ETag(Response response) =>
        response.Headers.TryGetValue("ETag", out var etag) ? etag : throw new StorageException("Storage answered without an ETag.");

    public static string Range(BlobRange range)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(range.From, nameof(range));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(range.Length ?? 1, nameof(range));
        return string.Create(CultureInfo.InvariantCulture, $"bytes={range.From}-{range.From + range.Length - 1}");
    }

    private static string ContentType(Response response) => response.Headers.ContentType ?? "application/octet-stream";

    private static Dictionary<string, string> Metadata(Response response) => response.Headers
        .Where(header => header.Name.StartsWith(MetadataPrefix, StringComparison.OrdinalIgnoreCase))
        .ToDictionary(header => header.Name[MetadataPrefix.Length..], header => header.Value, StringComparer.OrdinalIgnoreCase);

    private static long? Total(Response response) => response.Headers.TryGetValue("Content-Range", out var text) ? BlobRange.Total(text) : null;
}
