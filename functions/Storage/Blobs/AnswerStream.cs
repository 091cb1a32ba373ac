namespace FriendCity.Storage.Blobs;

/// <summary>A blob's bytes as they arrive. A connection that breaks off or falls silent halfway is storage's fault, and is thrown as such.</summary>
internal sealed class AnswerStream : ReadStream
{
    private readonly Stream _inner;
    private readonly IDisposable _answer;
    private readonly CallBound _bound;

    /// <param name="answer">What the bytes belong to; disposed with the stream.</param>
    /// <param name="bound">Of each wait for bytes; likewise.</param>
    public AnswerStream(Stream inner, IDisposable answer, CallBound bound)
    {
        (_inner, _answer, _bound) = (inner, answer, bound);
        bound.Rest();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var leave = cancellationToken.UnsafeRegister(bound => ((CallBound)bound!).End(), _bound);
        _bound.Begin();
        try
        {
            return await _inner.ReadAsync(buffer, _bound.Token);
        }
        catch (OperationCanceledException e) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(e.Message, e, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && e is not ObjectDisposedException)
        {
            throw Broken(e);
        }
        finally
        {
            _bound.Rest();
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
    {
        try
        {
            return _inner.Read(buffer, offset, count);
        }
        catch (Exception e) when (e is not ObjectDisposedException)
        {
            throw Broken(e);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
            _answer.Dispose();
            _bound.Dispose();
        }

        base.Dispose(disposing);
    }

    private static StorageException Broken(Exception e) => new("Storage broke off in the middle of a blob.", e);
}
