using System.IO.Compression;
using FriendCity.Snapshots.Formats;
using FriendCity.Snapshots.Formats.Parquet;

namespace FriendCity.Snapshots.Contracts;

/// <summary>A form in which tables of a snapshot are written.</summary>
/// <param name="Name">Also the files' extension.</param>
/// <param name="Open">Begins a table of the snapshot of that id.</param>
internal sealed record SnapshotFormat(string Name, string ContentType, Func<SnapshotTable, string, Stream, TableWriter> Open)
{
    public static readonly SnapshotFormat Csv = new("csv", "text/csv; charset=utf-8", (table, _, stream) => new CsvWriter(table, stream));

    public static readonly SnapshotFormat Json = new("json", "application/json; charset=utf-8", (table, _, stream) => new JsonTable(table, stream));

    public static readonly SnapshotFormat Parquet = new("parquet", "application/vnd.apache.parquet",
        (table, snapshot, stream) => new ParquetTable(table, snapshot, stream));

    /// <summary>Those that any table may have; they hold all of its rows.</summary>
    public static readonly IReadOnlyList<SnapshotFormat> All = [Csv, Json, Parquet];

    /// <summary>Those that a daily table may have of its newest months.</summary>
    public static readonly IReadOnlyList<SnapshotFormat> Recent = [Compressed(Csv), Compressed(Json)];

    /// <summary>Whether a file is of the newest months only; such a file is compressed.</summary>
    public bool IsRecent { get; private init; }

    /// <summary>What is in a compressed file is of this form.</summary>
    public SnapshotFormat Plain => IsRecent ? All.Single(each => Name == $"{each.Name}.gz") : this;

    public string FileOf(SnapshotTable table) => $"{table.Stem}.{Name}";

    /// <summary>A file's bytes in its plain form. The file itself stays open.</summary>
    public Stream Opened(Stream file) => IsRecent ? new GZipStream(file, CompressionMode.Decompress, leaveOpen: true) : file;

    /// <summary>A whole table in this form, held in memory.</summary>
    public byte[] Bytes(SnapshotTable table, IEnumerable<object?[]> rows, string snapshot)
    {
        using var stream = new MemoryStream();
        using var writer = Open(table, snapshot, stream);
        foreach (var row in rows)
            writer.Add(row);
        writer.Finish();
        return stream.ToArray();
    }

    private static SnapshotFormat Compressed(SnapshotFormat plain) => new($"{plain.Name}.gz", "application/gzip",
        (table, snapshot, stream) => new CompressedTable(stream, inner => plain.Open(table, snapshot, inner)))
    { IsRecent = true };
}
