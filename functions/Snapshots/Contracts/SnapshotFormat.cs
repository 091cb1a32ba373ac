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

    /// <summary>The form of what is compressed; null where nothing is.</summary>
    private SnapshotFormat? Inner { get; init; }

    /// <summary>Whether a file is of the newest months only; such a file is compressed.</summary>
    public bool IsRecent => Inner is not null;

    /// <summary>What is in a compressed file is of this form.</summary>
    public SnapshotFormat Plain => Inner ?? this;

    public string FileOf(SnapshotTable table) => $"{table.Stem}.{Name}";

    /// <summary>What is in a compressed file; null for a file that is not. The file itself stays open.</summary>
    public Stream? Inside(Stream file) => IsRecent ? new GZipStream(file, CompressionMode.Decompress, leaveOpen: true) : null;

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
    { Inner = plain };
}
