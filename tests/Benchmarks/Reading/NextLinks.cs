using System.Text.Json;

namespace FriendCity.Benchmarks.Reading;

/// <summary>A client that follows the links from page to page and keeps nothing else.</summary>
internal static class NextLinks
{
    private const int BufferBytes = 64 * 1024;

    /// <summary>More than any link needs.</summary>
    private const int TailBytes = 4096;

    /// <param name="link">
    /// The name under which a page has the next one's address; it stands at the page's end, as null or not at all on the last.
    /// </param>
    public static async Task<(int Pages, long Bytes)> FollowAsync(HttpClient http, Uri first, string link)
    {
        var (pages, bytes, buffer, tail) = (0, 0L, new byte[BufferBytes], new byte[TailBytes]);
        for (Uri? next = first; next is not null; pages++)
        {
            bytes += await ReadAsync(http, next, buffer, tail);
            next = Next(tail, System.Text.Encoding.UTF8.GetBytes($"\"{link}\":"));
        }

        return (pages, bytes);
    }

    /// <summary>Reads a whole answer and leaves its end in <paramref name="tail"/>.</summary>
    private static async Task<long> ReadAsync(HttpClient http, Uri address, byte[] buffer, byte[] tail)
    {
        using var response = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead);
        await using var body = await response.EnsureSuccessStatusCode().Content.ReadAsStreamAsync();
        var bytes = 0L;
        for (int read; (read = await body.ReadAsync(buffer)) > 0; bytes += read)
        {
            var kept = Math.Min(read, tail.Length);
            tail.AsSpan(kept).CopyTo(tail);
            buffer.AsSpan(read - kept, kept).CopyTo(tail.AsSpan(tail.Length - kept));
        }

        return bytes;
    }

    private static Uri? Next(ReadOnlySpan<byte> tail, ReadOnlySpan<byte> name)
    {
        var at = tail.LastIndexOf(name);
        return at >= 0 && JsonSerializer.Deserialize<string?>(tail[(at + name.Length)..].TrimEnd("}"u8)) is { } link ? new Uri(link) : null;
    }
}
