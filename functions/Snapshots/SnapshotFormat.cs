using FriendCity.Snapshots.Parquet;

namespace FriendCity.Snapshots;

/// <summary>A form in which every table of a snapshot is written.</summary>
/// <param name="Name">Also the files' extension.</param>
/// <param name="Write">Writes a table of the snapshot of that id.</param>
internal sealed record SnapshotFormat(string Name, string ContentType, Action<TableData, string, Stream> Write)
{
    public static readonly SnapshotFormat Csv = new("csv", "text/csv; charset=utf-8", (data, _, stream) => CsvTable.Write(data, stream));

    public static readonly SnapshotFormat Json = new("json", "application/json; charset=utf-8", (data, _, stream) => JsonTable.Write(data, stream));

    public static readonly SnapshotFormat Parquet = new("parquet", "application/vnd.apache.parquet", ParquetTable.Write);

    public static readonly IReadOnlyList<SnapshotFormat> All = [Csv, Json, Parquet];

    public string FileOf(SnapshotTable table) => $"{table.Name}.{Name}";
}
