using System.Text.Json;

namespace FriendCity.Snapshots;

/// <summary>How a table differs between two snapshots: rows that came, went or changed, found by the table's key.</summary>
internal sealed record TableChange(SnapshotTable Table, IReadOnlyList<(object?[]? Before, object?[]? After)> Rows)
{
    private const char Between = '\u001F';

    public static TableChange Of(TableData before, TableData after)
    {
        var (old, now) = (ByKey(before), ByKey(after));
        var rows = new List<(object?[]?, object?[]?)>();
        foreach (var (key, row) in old)
            if (!now.TryGetValue(key, out var other))
                rows.Add((row, null));
            else if (!row.AsSpan().SequenceEqual(other))
                rows.Add((row, other));
        rows.AddRange(now.Where(row => !old.ContainsKey(row.Key)).Select(row => ((object?[]?)null, (object?[]?)row.Value)));
        return new TableChange(after.Table, rows);
    }

    /// <param name="most">So many differences are shown; all are counted.</param>
    public void Write(Utf8JsonWriter writer, int most)
    {
        writer.WriteStartObject(Table.Name);
        writer.WriteNumber("added", Rows.Count(row => row.Before is null));
        writer.WriteNumber("removed", Rows.Count(row => row.After is null));
        writer.WriteNumber("changed", Rows.Count(row => row is { Before: not null, After: not null }));
        writer.WriteStartArray("differences");
        foreach (var (before, after) in Rows.Take(most))
            Write(writer, before, after);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static Dictionary<string, object?[]> ByKey(TableData data)
    {
        var key = data.Table.Key.Select(data.Table.IndexOf).ToList();
        var rows = new Dictionary<string, object?[]>(data.Rows.Count, StringComparer.Ordinal);
        foreach (var row in data.Rows)
            rows.TryAdd(string.Join(Between, key.Select(index => row[index] is { } cell ? Cells.Format(cell) : "")), row);
        return rows;
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
