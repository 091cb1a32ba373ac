using System.Text.Json;
using FriendCity.Serialization;
using FriendCity.Snapshots.Contracts;

namespace FriendCity.Snapshots.Formats;

/// <summary>A table as a JSON array of objects, every column in every object.</summary>
internal sealed class JsonTable : TableWriter
{
    private readonly Utf8JsonWriter _writer;
    private readonly JsonEncodedText[] _names;

    public JsonTable(SnapshotTable table, Stream stream)
    {
        _writer = new Utf8JsonWriter(stream, Json.Writing);
        _names = [.. table.Columns.Select(column => JsonEncodedText.Encode(column.Name))];
        _writer.WriteStartArray();
    }

    public override void Add(object?[] row)
    {
        _writer.WriteStartObject();
        for (var i = 0; i < row.Length; i++)
        {
            _writer.WritePropertyName(_names[i]);
            Cells.Write(_writer, row[i]);
        }

        _writer.WriteEndObject();
        Json.Flush(_writer);
    }

    public override void Finish()
    {
        _writer.WriteEndArray();
        _writer.Flush();
    }

    public override void Dispose() => _writer.Dispose();
}
