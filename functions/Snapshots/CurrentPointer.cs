using System.Globalization;
using System.Text;
using System.Text.Json;
using FriendCity.Records;
using Newtonsoft.Json.Linq;

namespace FriendCity.Snapshots;

/// <param name="Operation">The operation that asked for it; null for the night's run.</param>
internal sealed record PublishedSnapshot(string Id, DateOnly SnapshotDate, bool Provisional, DateTimeOffset PublishedAt, string? Operation = null);

/// <summary>
/// <c>current.json</c>: the one blob that is ever replaced, and the only list of snapshots readers get, so nothing half-written is seen.
/// </summary>
/// <param name="Tables">The path of each table's Parquet file; the other formats stand beside it.</param>
/// <param name="Manifest">The path of the manifest.</param>
/// <param name="Sha256">Of the manifest.</param>
/// <param name="Published">Newest first; the first is the current one.</param>
internal sealed record CurrentPointer(
    IReadOnlyDictionary<string, string> Tables, string? Manifest, string? Sha256, IReadOnlyList<PublishedSnapshot> Published)
{
    public const int SchemaMajor = 1;

    /// <summary>Before the first snapshot: a lease needs a blob.</summary>
    public static CurrentPointer None { get; } = new(new Dictionary<string, string>(), null, null, []);

    public bool Names(string id) => Published.Any(each => each.Id == id);

    /// <summary>The published snapshot that an order asks for already; null when it has to be made.</summary>
    public PublishedSnapshot? Answers(SnapshotOrder order) => Published.FirstOrDefault(each =>
        (order.Once && each.SnapshotDate == order.Day && !each.Provisional) || (order.Operation is not null && each.Operation == order.Operation));

    /// <summary>The pointer that makes a snapshot the current one; a provisional one of the same day goes, and so do old ones.</summary>
    public CurrentPointer Next(PublishedSnapshot snapshot, IReadOnlyDictionary<string, string> tables, string manifest, string sha256, SnapshotOptions options)
    {
        var published = Published.Where(each => !each.Provisional || each.SnapshotDate != snapshot.SnapshotDate).Prepend(snapshot);
        return new(tables, manifest, sha256, [.. published.Where((each, index) => index < options.Kept || snapshot.PublishedAt - each.PublishedAt < options.MinAge)]);
    }

    public byte[] ToBytes() => Encoding.UTF8.GetBytes(Json.Text(Write));

    /// <exception cref="InvalidDataException">Somebody else wrote it.</exception>
    public static CurrentPointer Read(byte[] bytes)
    {
        try
        {
            var json = (JObject)Json.Parse(Encoding.UTF8.GetString(bytes));
            return new CurrentPointer(
                ((JObject)json["tables"]!).Properties().ToDictionary(table => table.Name, table => (string)table.Value!),
                (string?)json["manifest"], (string?)json["sha256"], [.. ((JArray)json["published"]!).Select(Snapshot)]);
        }
        catch (Exception fault) when (fault is Newtonsoft.Json.JsonException or InvalidCastException or ArgumentException or FormatException or NullReferenceException)
        {
            throw new InvalidDataException("current.json is not what this service wrote; restore what it was.", fault);
        }
    }

    public static void Write(Utf8JsonWriter writer, PublishedSnapshot snapshot)
    {
        writer.WriteStartObject();
        writer.WriteString("id", snapshot.Id);
        writer.WriteString("snapshotDate", Cells.Format(snapshot.SnapshotDate));
        writer.WriteBoolean("provisional", snapshot.Provisional);
        Scales.Write(writer, "publishedAt", snapshot.PublishedAt);
        writer.WriteString("operation", snapshot.Operation);
        writer.WriteEndObject();
    }

    private void Write(Utf8JsonWriter writer)
    {
        var current = Published.Count > 0 ? Published[0] : null;
        writer.WriteStartObject();
        writer.WriteNumber("schemaMajor", SchemaMajor);
        writer.WriteString("snapshotId", current?.Id);
        writer.WriteString("snapshotDate", current is null ? null : Cells.Format(current.SnapshotDate));
        writer.WriteStartObject("tables");
        foreach (var (name, path) in Tables)
            writer.WriteString(name, path);
        writer.WriteEndObject();
        writer.WriteString("manifest", Manifest);
        writer.WriteString("sha256", Sha256);
        writer.WriteStartArray("published");
        foreach (var snapshot in Published)
            Write(writer, snapshot);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static PublishedSnapshot Snapshot(JToken json) => new(
        (string)json["id"]!,
        DateOnly.ParseExact((string)json["snapshotDate"]!, DateKind.Pattern, CultureInfo.InvariantCulture),
        (bool)json["provisional"]!,
        DateTimeOffset.Parse((string)json["publishedAt"]!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
        (string?)json["operation"]);
}
