using FriendCity.Snapshots.Formats;
using FriendCity.Snapshots.Formats.Parquet;

namespace FriendCity.Snapshots.Contracts;

/// <summary>A form in which every table of a snapshot is written.</summary>
/// <param name="Name">Also the files' extension.</param>
/// <param name="Open">Begins a table of the snapshot of that id.</param>
internal sealed record SnapshotFormat(string Name, string ContentType, Func<SnapshotTable, string, Stream, TableWriter> Open)
{
    public static readonly SnapshotFormat Csv = new("csv", "text/csv; charset=utf-8", (table, _, stream) => new CsvWriter(table, stream));

    public static readonly SnapshotFormat Json = new("json", "application/json; charset=utf-8", (table, _, stream) => new JsonTable(table, stream));

    public static readonly SnapshotFormat Parquet = new("parquet", "application/vnd.apache.parquet",
        (table, snapshot, stream) => new ParquetTable(table, snapshot, stream));

    public static readonly IReadOnlyList<SnapshotFormat> All = [Csv, Json, Parquet];

    public string FileOf(SnapshotTable table) => $"{table.Name}.{Name}";

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
}
