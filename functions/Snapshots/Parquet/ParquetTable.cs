namespace FriendCity.Snapshots.Parquet;

/// <summary>A table of a snapshot as a Parquet file. It says of itself which contract it follows and which snapshot it belongs to.</summary>
internal static class ParquetTable
{
    public const string SchemaKey = "friendcity.schema";
    public const string SnapshotKey = "friendcity.snapshot";

    public static void Write(TableData data, string snapshot, Stream stream)
    {
        var writer = new ParquetWriter(stream, data.Table.Columns);
        foreach (var row in data.Rows)
            writer.Add(row);
        writer.Finish((SchemaKey, $"{CurrentPointer.SchemaMajor}/{data.Table.Name}"), (SnapshotKey, snapshot));
    }
}
