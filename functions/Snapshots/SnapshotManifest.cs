using System.Text;
using System.Text.Json;
using FriendCity.Records;

namespace FriendCity.Snapshots;

internal sealed record SnapshotFile(string Name, string Table, string Format, int Rows, long Bytes, string Sha256);

/// <summary>A check that was made on the files as storage holds them; a snapshot with a failed one is never published.</summary>
internal sealed record SnapshotCheck(string Name, int Checked);

/// <summary>What a snapshot holds; written last into its folder.</summary>
/// <param name="Watermark">The records are as the registry knew them at this instant, in storage time.</param>
/// <param name="HistoryFrom">The snapshot whose <c>kpi_daily</c> this one continues; null for none.</param>
internal sealed record SnapshotManifest(
    string Id, DateOnly SnapshotDate, bool Provisional, DateTimeOffset CreatedAt, DateTimeOffset Watermark, string AppVersion, string? HistoryFrom,
    IReadOnlyList<SnapshotFile> Files, IReadOnlyList<TableData> Tables, IReadOnlyList<SnapshotCheck> Checks)
{
    public const string FileName = "manifest.json";

    public byte[] ToBytes() => Encoding.UTF8.GetBytes(Json.Text(Write));

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("id", Id);
        writer.WriteString("snapshotDate", Cells.Format(SnapshotDate));
        writer.WriteBoolean("provisional", Provisional);
        writer.WriteString("createdAt", CurrentPointer.Instant(CreatedAt));
        writer.WriteNumber("schemaMajor", CurrentPointer.SchemaMajor);
        writer.WriteString("appVersion", AppVersion);
        writer.WriteString("watermark", CurrentPointer.Instant(Watermark));
        writer.WriteString("historyFrom", HistoryFrom);
        writer.WriteStartArray("files");
        foreach (var file in Files)
            Write(writer, file);
        writer.WriteEndArray();
        writer.WriteStartObject("tables");
        foreach (var data in Tables)
            Write(writer, data);
        writer.WriteEndObject();
        writer.WriteStartArray("checks");
        foreach (var check in Checks)
        {
            writer.WriteStartObject();
            writer.WriteString("name", check.Name);
            writer.WriteNumber("checked", check.Checked);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>The files a stored manifest names.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static IReadOnlyList<SnapshotFile> FilesOf(byte[] manifest)
    {
        try
        {
            return [.. Json.Parse(Encoding.UTF8.GetString(manifest))["files"]!.Select(file => new SnapshotFile(
                (string)file["name"]!, (string)file["table"]!, (string)file["format"]!, (int)file["rows"]!, (long)file["bytes"]!, (string)file["sha256"]!))];
        }
        catch (Exception fault) when (fault is Newtonsoft.Json.JsonException or ArgumentException or InvalidOperationException)
        {
            throw new InvalidDataException("A manifest is not what this service wrote.", fault);
        }
    }

    private static void Write(Utf8JsonWriter writer, SnapshotFile file)
    {
        writer.WriteStartObject();
        writer.WriteString("name", file.Name);
        writer.WriteString("table", file.Table);
        writer.WriteString("format", file.Format);
        writer.WriteNumber("rows", file.Rows);
        writer.WriteNumber("bytes", file.Bytes);
        writer.WriteString("sha256", file.Sha256);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, TableData data)
    {
        writer.WriteStartObject(data.Table.Name);
        writer.WriteNumber("rows", data.Rows.Count);
        writer.WriteNumber("leftOut", data.LeftOut);
        writer.WriteStartArray("key");
        foreach (var column in data.Table.Key)
            writer.WriteStringValue(column);
        writer.WriteEndArray();
        writer.WriteStartArray("columns");
        foreach (var column in data.Table.Columns)
        {
            writer.WriteStartObject();
            writer.WriteString("name", column.Name);
            writer.WriteString("type", column.Type.ToString().ToLowerInvariant());
            writer.WriteBoolean("nullable", column.Nullable);
            writer.WriteString("unit", column.Unit);
            writer.WriteStartObject("description");
            writer.WriteString("en", column.Description.En);
            writer.WriteString("zh", column.Description.Zh);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
