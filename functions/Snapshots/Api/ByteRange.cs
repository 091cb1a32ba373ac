using System.Globalization;
using FriendCity.Http.Errors;
using FriendCity.Storage.Blobs;

namespace FriendCity.Snapshots.Api;

/// <summary>
/// A part of a file, as RFC 9110 section 14 asks for it: one range of bytes. Readers of Parquet fetch the end of a file first, and then
/// the columns they need. What is no such range is ignored, as the RFC says, and the whole is sent.
/// </summary>
internal abstract record ByteRange
{
    private ByteRange() { }

    internal sealed record Whole : ByteRange;

    internal sealed record Part(long From, long Length, long Total) : ByteRange
    {
        public BlobRange Range => new(From, Length);

        public string ContentRange => string.Create(CultureInfo.InvariantCulture, $"bytes {From}-{From + Length - 1}/{Total}");
    }

    /// <summary>The part lies behind the end of the file.</summary>
    internal sealed record Beyond : ByteRange;

    public static ByteRange Of(HttpRequest request, long total, string etag)
    {
        // Parts are for GET alone: HEAD tells of the whole.
        if (HttpMethods.IsHead(request.Method))
            return new Whole();
        var headers = request.GetTypedHeaders();
        if (headers.Range is not { Ranges.Count: 1 } asked || asked.Unit != "bytes")
            return new Whole();
        // The part is of no use to who holds another version.
        if (request.Headers.IfRange is { Count: > 0 } held && held != etag)
            return new Whole();
        var range = asked.Ranges.Single();
        var from = range.From ?? Math.Max(0, total - range.To!.Value);
        var to = range.From is null ? total - 1 : Math.Min(range.To ?? long.MaxValue, total - 1);
        return from > to ? new Beyond() : new Part(from, to - from + 1, total);
    }

    /// <summary>416, with the length that the file has.</summary>
    public static IResult Refuse(long total) => new RangeRefused(total);

    private sealed class RangeRefused(long total) : IResult
    {
        public Task ExecuteAsync(HttpContext context)
        {
            context.Response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes */{total}");
            return new Problem(Problems.RangeNotSatisfiable).ToResult().ExecuteAsync(context);
        }
    }
}
