using System.Globalization;
using System.Text;
using System.Text.Json;
using FriendCity.Records.Query.Filters;
using FriendCity.Serialization;
using FriendCity.Snapshots.Contracts;
using FriendCity.Snapshots.Publishing;
using Newtonsoft.Json.Linq;

namespace FriendCity.Snapshots.Pointers;

/// <summary>The pointer as <c>current.json</c> holds it.</summary>
internal static class PointerJson
{
    private const int HashCharacters = 64;

    public static byte[] Bytes(CurrentPointer pointer) => Encoding.UTF8.GetBytes(Json.Text(writer => Write(writer, pointer)));

    /// <exception cref="InvalidDataException">It is not what this service writes.</exception>
    public static CurrentPointer Read(byte[] bytes)
    {
        CurrentPointer pointer;
        try
        {
            var json = (JObject)Json.Parse(Encoding.UTF8.GetString(bytes));
            pointer = new CurrentPointer(
                new(Majors(json), (string?)json["manifest"], (string?)json["sha256"]),
                [.. ((JArray)json["published"]!).Select(Snapshot)])
            {
                Retired = json["retired"] is JArray retired
                    ? [.. retired.Select(each => new RetiredSnapshot(Text(each["id"]), Instant(each["at"])))] : [],
                Repair = json["repair"] is JObject repair
                    ? new(Instant(repair["at"]), Text(repair["reason"]), [.. ((JArray)repair["damaged"]!).Select(Text)]) : null,
            };
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            throw new InvalidDataException("current.json is not what this service writes", fault);
        }

        return IsWhole(pointer) ? pointer : throw new InvalidDataException("current.json names no snapshot, or another than it lists first");
    }

    public static void Write(Utf8JsonWriter writer, PublishedSnapshot snapshot)
    {
        writer.WriteStartObject();
        writer.WriteString("id", snapshot.Id);
        writer.WriteString("snapshotDate", Cells.Format(snapshot.SnapshotDate));
        writer.WriteBoolean("provisional", snapshot.Provisional);
        ValueComparers.Write(writer, "publishedAt", snapshot.PublishedAt);
        writer.WriteString("operation", snapshot.Operation);
        writer.WriteString("supersededBy", snapshot.SupersededBy);
        if (snapshot.SupersededAt is { } at)
            ValueComparers.Write(writer, "supersededAt", at);
        else
            writer.WriteNull("supersededAt");
        writer.WriteEndObject();
    }

    private static bool IsWhole(CurrentPointer pointer) => pointer.Published is [var current, ..]
        ? pointer.Manifest == SnapshotStore.PathOf(current.Id, SnapshotManifest.FileName)
            && pointer.Sha256?.Length == HashCharacters && pointer.Target.Majors.All(major => major.Value.Count > 0
                && major.Value.All(table => IsPath(table.Value, SnapshotStore.PathOf(current.Id, table.Key))))
        : pointer.Manifest is null;

    /// <summary>Whether it leads to a Parquet file of the table, whichever contract's.</summary>
    private static bool IsPath(string path, string table) => path.StartsWith($"{table}.", StringComparison.Ordinal)
        && path.EndsWith($".{SnapshotFormat.Parquet.Name}", StringComparison.Ordinal) && path.LastIndexOf('/') < table.Length;

    /// <summary>Of earlier days there is the one contract, whose tables stand at the top.</summary>
    private static Dictionary<int, IReadOnlyDictionary<string, string>> Majors(JObject json)
    {
        var majors = ((JObject?)json["majors"] ?? []).Properties()
            .ToDictionary(each => int.Parse(each.Name, CultureInfo.InvariantCulture), each => Tables(each.Value["tables"]!));
        majors[(int)json["schemaMajor"]!] = Tables(json["tables"]!);
        return majors;

        static IReadOnlyDictionary<string, string> Tables(JToken tables) =>
            ((JObject)tables).Properties().ToDictionary(table => table.Name, table => Text(table.Value));
    }

    private static void Write(Utf8JsonWriter writer, CurrentPointer pointer)
    {
        var current = pointer.Published.Count > 0 ? pointer.Published[0] : null;
        writer.WriteStartObject();
        writer.WriteNumber("schemaMajor", pointer.Target.SchemaMajor);
        writer.WriteString("snapshotId", current?.Id);
        writer.WriteString("snapshotDate", current is null ? null : Cells.Format(current.SnapshotDate));
        WriteTables(writer, pointer.Target.Majors[pointer.Target.SchemaMajor]);
        writer.WriteStartObject("majors");
        // A reader of the second contract finds it in one place, whether or not the first is made.
        foreach (var (major, tables) in pointer.Target.Majors.Where(each => each.Key != SnapshotMajors.First))
        {
            writer.WriteStartObject($"{major}");
            WriteTables(writer, tables);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteString("manifest", pointer.Manifest);
        writer.WriteString("sha256", pointer.Sha256);
        writer.WriteStartArray("published");
        foreach (var snapshot in pointer.Published)
            Write(writer, snapshot);
        writer.WriteEndArray();
        writer.WriteStartArray("retired");
        foreach (var retired in pointer.Retired)
        {
            writer.WriteStartObject();
            writer.WriteString("id", retired.Id);
            ValueComparers.Write(writer, "at", retired.At);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        Write(writer, pointer.Repair);
        writer.WriteEndObject();
    }

    private static void WriteTables(Utf8JsonWriter writer, IReadOnlyDictionary<string, string> tables)
    {
        writer.WriteStartObject("tables");
        foreach (var (name, path) in tables)
            writer.WriteString(name, path);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, PointerRepair? repair)
    {
        if (repair is null)
        {
            writer.WriteNull("repair");
            return;
        }

        writer.WriteStartObject("repair");
        ValueComparers.Write(writer, "at", repair.At);
        writer.WriteString("reason", repair.Reason);
        writer.WriteStartArray("damaged");
        foreach (var id in repair.Damaged)
            writer.WriteStringValue(id);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static PublishedSnapshot Snapshot(JToken json) => new(
        Text(json["id"]), Cells.ParseDay(Text(json["snapshotDate"])),
        (bool)json["provisional"]!,
        Instant(json["publishedAt"]), (string?)json["operation"])
    {
        SupersededBy = (string?)json["supersededBy"],
        SupersededAt = json["supersededAt"] is { Type: JTokenType.String } at ? Instant(at) : null,
    };

    private static string Text(JToken? json) => json is { Type: JTokenType.String } ? (string)json! : throw new FormatException("A text is missing.");

    private static DateTimeOffset Instant(JToken? json) =>
        DateTimeOffset.Parse(Text(json), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
