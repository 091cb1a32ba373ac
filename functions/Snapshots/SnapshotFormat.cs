namespace FriendCity.Snapshots;

/// <summary>A form in which every table of a snapshot is written.</summary>
/// <param name="Name">Also the files' extension.</param>
internal sealed record SnapshotFormat(string Name, string ContentType, Action<TableData, Stream> Write)
{
    public static readonly SnapshotFormat Csv = new("csv", "text/csv; charset=utf-8", CsvTable.Write);

    public static readonly SnapshotFormat Json = new("json", "application/json; charset=utf-8", JsonTable.Write);

    public static readonly IReadOnlyList<SnapshotFormat> All = [Csv, Json];

    public string FileOf(SnapshotTable table) => $"{table.Name}.{Name}";
}
