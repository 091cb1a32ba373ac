using System.Globalization;
using System.Text;

namespace FriendCity.Tests.Support;

/// <summary>One HTTP/1.1 message, byte for byte as it came: nothing is rewritten, so signatures stay good.</summary>
internal sealed record RawHttp(string StartLine, byte[] Head, byte[] Body)
{
    /// <summary>Null when the other side closed the connection instead.</summary>
    /// <param name="bodiless">An answer to HEAD has a length but no body.</param>
    public static async Task<RawHttp?> ReadAsync(Stream stream, bool bodiless, CancellationToken cancellation)
    {
        var head = new MemoryStream();
        while (!EndsWith(head, "\r\n\r\n"u8))
        {
            if (!await CopyAsync(stream, head, 1, cancellation))
                return head.Length == 0 ? null : throw new IOException("The message broke off in its head.");
        }

        var lines = Encoding.Latin1.GetString(head.ToArray()).Split("\r\n");
        var body = new MemoryStream();
        if (bodiless || Header(lines, "HTTP/1.1 204") is not null || Header(lines, "HTTP/1.1 304") is not null)
            return new RawHttp(lines[0], head.ToArray(), []);
        if (Header(lines, "Transfer-Encoding:") is { } encoding && encoding.Contains("chunked", StringComparison.OrdinalIgnoreCase))
            await ChunksAsync(stream, body, cancellation);
        else if (Header(lines, "Content-Length:") is { } length)
            await ExactAsync(stream, body, int.Parse(length, CultureInfo.InvariantCulture), cancellation);
        return new RawHttp(lines[0], head.ToArray(), body.ToArray());
    }

    private static string? Header(string[] lines, string prefix) =>
        lines.FirstOrDefault(line => line.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))?[prefix.Length..].Trim();

    private static async Task ChunksAsync(Stream stream, MemoryStream body, CancellationToken cancellation)
    {
        int size;
        do
        {
            var start = (int)body.Length;
            do
                await ExactAsync(stream, body, 1, cancellation);
            while (!EndsWith(body, "\r\n"u8));
            var line = Encoding.ASCII.GetString(body.GetBuffer(), start, (int)body.Length - start);
            size = int.Parse(line.Split(';')[0].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            await ExactAsync(stream, body, size + 2, cancellation);
        }
        while (size > 0);
    }

    private static async Task ExactAsync(Stream stream, MemoryStream target, int count, CancellationToken cancellation)
    {
        if (!await CopyAsync(stream, target, count, cancellation))
            throw new IOException("The message broke off in its body.");
    }

    private static async Task<bool> CopyAsync(Stream stream, MemoryStream target, int count, CancellationToken cancellation)
    {
        var buffer = new byte[count];
        var read = await stream.ReadAtLeastAsync(buffer, count, throwOnEndOfStream: false, cancellation);
        target.Write(buffer, 0, read);
        return read == count;
    }

    private static bool EndsWith(MemoryStream stream, ReadOnlySpan<byte> end) => stream.GetBuffer().AsSpan(0, (int)stream.Length).EndsWith(end);
}
