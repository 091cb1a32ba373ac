using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;

namespace FriendCity.Tests.Support;

/// <summary>One HTTP/1.1 message, byte for byte as it came: nothing is rewritten, so signatures stay good.</summary>
internal sealed record RawHttp(string StartLine, byte[] Head, byte[] Body)
{
    /// <summary>Null when the other side closed the connection instead.</summary>
    /// <param name="bodiless">An answer to HEAD has a length but no body.</param>
    /// <param name="expected">Called when the sender keeps its body back until it is asked for (RFC 9110 10.1.1).</param>
    public static async Task<RawHttp?> ReadAsync(PipeReader stream, bool bodiless, CancellationToken cancellationToken, Func<Task>? expected = null)
    {
        var head = await ThroughAsync(stream, "\r\n\r\n", cancellationToken);
        if (head.Length == 0)
            return null;
        var lines = Encoding.Latin1.GetString(head).Split("\r\n");
        if (expected is not null && Header(lines, "Expect:") is not null)
            await expected();
        if (bodiless || Header(lines, "HTTP/1.1 204") is not null || Header(lines, "HTTP/1.1 304") is not null)
            return new RawHttp(lines[0], head, []);
        if (Header(lines, "Transfer-Encoding:") is { } encoding && encoding.Contains("chunked", StringComparison.OrdinalIgnoreCase))
            return new RawHttp(lines[0], head, await ChunksAsync(stream, cancellationToken));
        var length = Header(lines, "Content-Length:") is { } told ? int.Parse(told, CultureInfo.InvariantCulture) : 0;
        return new RawHttp(lines[0], head, await ExactAsync(stream, length, cancellationToken));
    }

    private static string? Header(string[] lines, string prefix) =>
        lines.FirstOrDefault(line => line.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))?[prefix.Length..].Trim();

    private static async Task<byte[]> ChunksAsync(PipeReader stream, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        int size;
        do
        {
            var line = await ThroughAsync(stream, "\r\n", cancellationToken);
            size = int.Parse(Encoding.ASCII.GetString(line).Split(';')[0].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            body.Write(line);
            body.Write(await ExactAsync(stream, size + 2, cancellationToken));
        }
        while (size > 0);
        return body.ToArray();
    }

    /// <summary>
    /// Everything up to and with <paramref name="end"/>; nothing when the other side has closed the connection before the first byte.
    /// </summary>
    private static async Task<byte[]> ThroughAsync(PipeReader stream, string end, CancellationToken cancellationToken)
    {
        var mark = Encoding.ASCII.GetBytes(end);
        while (true)
        {
            var read = await stream.ReadAsync(cancellationToken);
            if (Take(stream, read.Buffer, mark) is { } found)
                return found;
            if (read.IsCompleted)
                return read.Buffer.IsEmpty ? [] : throw new IOException("The message broke off in its head.");
            stream.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static byte[]? Take(PipeReader stream, ReadOnlySequence<byte> buffer, byte[] mark)
    {
        var reader = new SequenceReader<byte>(buffer);
        if (!reader.TryReadTo(out ReadOnlySequence<byte> _, mark))
            return null;
        var found = buffer.Slice(buffer.Start, reader.Position).ToArray();
        stream.AdvanceTo(reader.Position);
        return found;
    }

    private static async Task<byte[]> ExactAsync(PipeReader stream, int count, CancellationToken cancellationToken)
    {
        if (count == 0)
            return [];
        var buffer = (await stream.ReadAtLeastAsync(count, cancellationToken)).Buffer;
        if (buffer.Length < count)
            throw new IOException("The message broke off in its body.");
        var part = buffer.Slice(0, count);
        var bytes = part.ToArray();
        stream.AdvanceTo(part.End);
        return bytes;
    }
}
