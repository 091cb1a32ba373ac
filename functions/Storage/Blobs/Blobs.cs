using System.Globalization;

namespace FriendCity.Storage.Blobs;

internal readonly record struct BlobName(string Container, string Path);

/// <summary>Bytes from <paramref name="From"/>, <paramref name="Length"/> of them or to the end.</summary>
internal readonly record struct BlobRange(long From, long? Length)
{
    /// <summary>How long the whole is, as a header says it: <c>bytes 0-9/100</c>.</summary>
    public static long? Total(string contentRange) =>
        long.TryParse(contentRange.AsSpan(contentRange.LastIndexOf('/') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var total)
            ? total : null;
}

/// <summary>When a put takes effect.</summary>
internal abstract record BlobCondition
{
    private BlobCondition() { }

    public static BlobCondition Always { get; } = new Any();

    /// <summary>Write once: only when no such blob exists (<c>If-None-Match: *</c>).</summary>
    public static BlobCondition Absent { get; } = new None();

    internal sealed record Any : BlobCondition;

    internal sealed record None : BlobCondition;

    /// <summary>Only when the blob's ETag is this one and, where it is leased, the lease is ours.</summary>
    internal sealed record Matches(string ETag, string? LeaseId = null) : BlobCondition;
}

/// <summary>What became of a put.</summary>
internal abstract record BlobPut
{
    private BlobPut() { }

    internal sealed record Written(string ETag) : BlobPut;

    /// <summary>The condition did not hold: the blob exists, has another ETag, or another's lease guards it. Nothing was written.</summary>
    internal sealed record Refused : BlobPut;
}

internal sealed record BlobItem(string Name, long Length, string ETag, DateTimeOffset LastModified);

/// <param name="Length">Bytes in <paramref name="Content"/>.</param>
/// <param name="TotalLength">Bytes in the whole blob.</param>
internal sealed record BlobContent(
    Stream Content, long Length, long TotalLength, string ETag, string ContentType, IReadOnlyDictionary<string, string> Metadata) : IAsyncDisposable
{
    /// <summary>The bytes of a small blob, whole.</summary>
    public async Task<byte[]> BytesAsync(CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        await Content.CopyToAsync(bytes, cancellationToken);
        return bytes.ToArray();
    }

    public ValueTask DisposeAsync() => Content.DisposeAsync();
}
