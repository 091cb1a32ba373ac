namespace FriendCity.Storage.TemporaryFiles;

/// <summary>
/// A temporary file whose refusals are told from those of other streams. A buffer may meet the full disk at any call, so each one tells.
/// </summary>
internal sealed class TempFileStream(Stream file) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => true;

    public override long Length => Tell(() => file.Length);

    public override long Position
    {
        get => Tell(() => file.Position);
        set => Tell(() => file.Position = value);
    }

    /// <summary>The last one, for callers whose foreign code keeps no more of it than its words.</summary>
    public TempFileException? Refusal { get; private set; }

    public static bool IsRefusal(Exception fault) => fault is (IOException or UnauthorizedAccessException) and not TempFileException;

    public override void Flush() => Tell(() =>
    {
        file.Flush();
        return true;
    });

    public override long Seek(long offset, SeekOrigin origin) => Tell(() => file.Seek(offset, origin));

    public override void SetLength(long value) => Tell(() =>
    {
        file.SetLength(value);
        return true;
    });

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return file.Read(buffer);
        }
        catch (Exception fault) when (IsRefusal(fault))
        {
            throw Refusal = new TempFileException(fault);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await file.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception fault) when (IsRefusal(fault))
        {
            throw Refusal = new TempFileException(fault);
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            file.Write(buffer);
        }
        catch (Exception fault) when (IsRefusal(fault))
        {
            throw Refusal = new TempFileException(fault);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            await file.WriteAsync(buffer, cancellationToken);
        }
        catch (Exception fault) when (IsRefusal(fault))
        {
            throw Refusal = new TempFileException(fault);
        }
    }

    protected override void Dispose(bool disposing)
    {
        try
        {
            if (disposing)
                file.Dispose();
        }
        catch (Exception fault) when (IsRefusal(fault))
        {
            // What is thrown away need not have reached the disk.
        }

        base.Dispose(disposing);
    }

    private T Tell<T>(Func<T> call)
    {
        try
        {
            return call();
        }
        catch (Exception fault) when (IsRefusal(fault))
        {
            throw Refusal = new TempFileException(fault);
        }
    }
}
