using FriendCity.Storage;

namespace FriendCity.Tests.Integration.OpenApi;

/// <summary>Hands a body on as it comes, and what it held to a judge when it is over. A body that is broken off is not judged.</summary>
internal sealed class JudgedStream(Stream inner, JudgedStream.Verdict judge) : ReadStream
{
    /// <summary>Larger answers are rows by the hundred thousand, alike one another.</summary>
    private const int Most = 16 * 1024 * 1024;

    private readonly MemoryStream _held = new();
    private bool _isOver;

    /// <summary>Throws when the body is not what it should be.</summary>
    internal delegate void Verdict(ReadOnlySpan<byte> body);

    public override int Read(byte[] buffer, int offset, int count) => Taken(buffer.AsSpan(offset, count), inner.Read(buffer, offset, count));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        return Taken(buffer.Span, read);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    private int Taken(Span<byte> buffer, int read)
    {
        if (read > 0 && _held.Length <= Most)
            _held.Write(buffer[..read]);
        if (read == 0 && buffer.Length > 0 && !_isOver && _held.Length <= Most)
        {
            _isOver = true;
            judge(_held.GetBuffer().AsSpan(0, (int)_held.Length));
        }

        return read;
    }
}
