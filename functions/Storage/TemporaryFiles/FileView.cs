namespace FriendCity.Storage.TemporaryFiles;

/// <summary>One reader's view of a file that several read at once: its place is its own, and the file stays open when it is disposed.</summary>
/// <param name="file">It has to seek. Its own place is moved by every reader.</param>
/// <param name="gate">The same for all views of the file.</param>
internal sealed class FileView(Stream file, Lock gate) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length
    {
        get
        {
            lock (gate)
                return file.Length;
        }
    }

    public override long Position { get; set; }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        lock (gate)
        {
            file.Position = Position;
            var read = file.Read(buffer);
            Position += read;
            return read;
        }
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch
    {
        SeekOrigin.Begin => 0,
        SeekOrigin.Current => Position,
        _ => Length,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
