using FriendCity.Storage;

namespace FriendCity.Records.Formats.Xlsx;

/// <summary>What is unpacked, up to a length.</summary>
internal sealed class BoundedStream(Stream inner, long most) : ReadStream
{
    private long _read;

    /// <summary>What was read so far.</summary>
    public long Count => _read;

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = inner.Read(buffer, offset, count);
        return (_read += read) <= most ? read : throw new InvalidDataException("A part of the workbook is larger than any that is taken.");
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
