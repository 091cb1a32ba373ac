using FriendCity.Snapshots.Contracts;
using FriendCity.Snapshots.Pointers;

namespace FriendCity.Snapshots.Formats.Parquet;

/// <summary>A table of a snapshot as a Parquet file. It says of itself which contract it follows and which snapshot it belongs to.</summary>
internal sealed class ParquetTable(SnapshotTable table, string snapshot, Stream stream) : TableWriter
{
    public const string SchemaKey = "friendcity.schema";
    public const string SnapshotKey = "friendcity.snapshot";

    private readonly ParquetWriter _writer = new(stream, table.Columns);

    public override void Add(object?[] row) => _writer.Add(row);

    public override void Dispose()
    {
        // What is held is the row group under way.
    }

    public override void Finish() => _writer.Finish((SchemaKey, $"{CurrentPointer.SchemaMajor}/{table.Name}"), (SnapshotKey, snapshot));
}
