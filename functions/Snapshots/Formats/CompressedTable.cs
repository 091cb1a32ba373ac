using System.IO.Compression;
using FriendCity.Snapshots.Contracts;

namespace FriendCity.Snapshots.Formats;

/// <summary>A table in another form, as a gzip file (RFC 1952).</summary>
internal sealed class CompressedTable : TableWriter
{
    private readonly GZipStream _gzip;
    private readonly TableWriter _inner;
    private bool _ended;

    public CompressedTable(Stream stream, Func<Stream, TableWriter> open)
    {
        _gzip = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true);
        _inner = open(_gzip);
    }

    public override void Add(object?[] row) => _inner.Add(row);

    public override void Finish()
    {
        _inner.Finish();
        Dispose();
    }

    public override void Dispose()
    {
        // The writer of text would flush once more, into what is closed.
        if (_ended)
            return;
        _ended = true;
        _inner.Dispose();
        _gzip.Dispose();
    }
}
