using System.Text.Json;
using FriendCity.Records;

namespace FriendCity.Snapshots;

/// <summary>A table as a JSON array of objects, every column in every object.</summary>
internal static class JsonTable
{
    private const int FlushAt = 32 * 1024;

    public static void Write(TableData data, Stream stream)
    {
        using var writer = new Utf8JsonWriter(stream, Json.Writing);
        writer.WriteStartArray();
        foreach (var row in data.Rows)
        {
            writer.WriteStartObject();
            foreach (var (cell, column) in row.Zip(data.Table.Columns))
            {
                writer.WritePropertyName(column.Name);
                Cells.Write(writer, cell);
            }

            writer.WriteEndObject();
            if (writer.BytesPending > FlushAt)
                writer.Flush();
        }

        writer.WriteEndArray();
    }
}
