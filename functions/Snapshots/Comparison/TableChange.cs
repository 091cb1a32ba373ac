using System.Text.Json;
using FriendCity.Snapshots.Contracts;

namespace FriendCity.Snapshots.Comparison;

/// <summary>How a table differs between two snapshots: rows that came, went or changed, found by the table's key.</summary>
/// <param name="Shown">The first of the differences: those of the older rows in their order, then what came.</param>
internal sealed record TableChange(SnapshotTable Table, int Added, int Removed, int Changed,
    IReadOnlyList<(object?[]? Before, object?[]? After)> Shown)
{
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject(Table.Name);
        writer.WriteNumber("added", Added);
        writer.WriteNumber("removed", Removed);
        writer.WriteNumber("changed", Changed);
        writer.WriteStartArray("differences");
        foreach (var (before, after) in Shown)
            Write(writer, before, after);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private void Write(Utf8JsonWriter writer, object?[]? before, object?[]? after)
    {
        writer.WriteStartObject();
        writer.WriteString("change", before is null ? "added" : after is null ? "removed" : "changed");
        writer.WriteStartObject("key");
        foreach (var column in Table.Key)
        {
            writer.WritePropertyName(column);
            Cells.Write(writer, (after ?? before!)[Table.IndexOf(column)]);
        }

        writer.WriteEndObject();
        writer.WriteStartObject("columns");
        for (var i = 0; i < Table.Columns.Count; i++)
            if (before is not null && after is not null && !Equals(before[i], after[i]))
            {
                writer.WriteStartObject(Table.Columns[i].Name);
                writer.WritePropertyName("from");
                Cells.Write(writer, before[i]);
                writer.WritePropertyName("to");
                Cells.Write(writer, after[i]);
                writer.WriteEndObject();
            }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
