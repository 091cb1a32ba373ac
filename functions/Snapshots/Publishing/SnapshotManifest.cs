using System.Globalization;
using System.Text;
using System.Text.Json;
using FriendCity.Kpis.Model;
using FriendCity.Records.Persistence;
using FriendCity.Records.Query.Filters;
using FriendCity.Serialization;
using FriendCity.Snapshots.Contracts;
using FriendCity.Snapshots.Pointers;
using Newtonsoft.Json.Linq;

namespace FriendCity.Snapshots.Publishing;

/// <summary>A check that was made on the files as storage holds them; a snapshot with a failed one is never published.</summary>
internal sealed record SnapshotCheck(string Name, int Checked);

/// <summary>What a run met that it could not take in.</summary>
/// <param name="Rows">How many rows are in no table of it.</param>
/// <param name="First">Some of them.</param>
/// <param name="Missing">Versions that history lacks.</param>
/// <param name="Damaged">Ids of other snapshots.</param>
internal sealed record SnapshotFindings(DateTimeOffset At, int Rows, IReadOnlyList<Quarantined> First, MissingHistory Missing,
    IReadOnlyList<string> Damaged);

/// <summary>What a snapshot holds; written last into its folder.</summary>
/// <param name="PointInTimeRead">The records as the registry knew them at the cut's instant, in storage time.</param>
/// <param name="HistoryFrom">The snapshot whose daily tables this one continues; null for none.</param>
/// <param name="Days">The days whose figures were made anew.</param>
/// <param name="Damaged">Listed snapshots that could not be read while this one was made.</param>
/// <param name="Views">The office's when it was made: settings may say others since.</param>
/// <param name="Majors">The contracts it is made under.</param>
internal sealed record SnapshotManifest(
    string Id, SnapshotJob Job, DateTimeOffset CreatedAt, PointInTimeRead PointInTimeRead, ConsistencyCheck Consistency, string AppVersion,
    string? HistoryFrom, IReadOnlyList<DateOnly> Days,
    IReadOnlyList<string> Damaged, IReadOnlyList<KpiPreset> Views, IReadOnlyList<int> Majors, IReadOnlyList<StoredFile> Stored,
    IReadOnlyList<SnapshotCheck> Checks)
{
    public const string FileName = "manifest.json";

    /// <summary>So many quarantined rows and incomplete records are named; all are counted.</summary>
    private const int MaxShown = 100;

    public IReadOnlyList<SnapshotFile> Files { get; } = [.. Stored.Select(each => each.File)];

    public DateOnly SnapshotDate => Job.Day;

    public bool Provisional => Job.Provisional;

    public byte[] ToBytes() => Encoding.UTF8.GetBytes(Json.Text(Write));

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("id", Id);
        writer.WriteString("snapshotDate", Cells.Format(SnapshotDate));
        writer.WriteBoolean("provisional", Provisional);
        ValueComparers.Write(writer, "createdAt", CreatedAt);
        writer.WriteNumber("schemaMajor", Majors.Min());
        writer.WriteString("appVersion", AppVersion);
        ValueComparers.Write(writer, "watermark", PointInTimeRead.Watermark);
        writer.WriteString("historyFrom", HistoryFrom);
        writer.WriteString("operation", Job.Operation);
        writer.WriteStartArray("days");
        foreach (var day in Days)
            writer.WriteStringValue(Cells.Format(day));
        writer.WriteEndArray();
        Write(writer, "quarantined", "rows", Consistency.Quarantined.Count, "reason",
            Consistency.Quarantined.Select(row => (row.Type, row.Id, row.Reason)));
        Write(writer, "missingVersions", "records", Consistency.Missing.Records, "versions",
            Consistency.Missing.First.Select(each => (each.Type, each.Id, each.Versions)));
        writer.WriteStartArray("damaged");
        foreach (var snapshot in Damaged)
            writer.WriteStringValue(snapshot);
        writer.WriteEndArray();
        writer.WritePropertyName("views");
        ViewJson.Write(writer, Views);
        Write(writer, Of(Majors.Min()));
        writer.WriteStartObject("majors");
        foreach (var major in Majors.Where(each => each != Majors.Min()))
        {
            writer.WriteStartObject($"{major}");
            Write(writer, Other(major));
            writer.WriteEndObject();
        }

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

    /// <summary>The files a stored manifest names, of all contracts.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static IReadOnlyList<SnapshotFile> FilesOf(byte[] manifest) => Read(manifest, json =>
        MajorsIn(json).SelectMany(major => FilesIn(major.Json)).DistinctBy(file => file.Name).ToList());

    /// <summary>The names of the tables' Parquet files by contract and table.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static IReadOnlyDictionary<int, IReadOnlyDictionary<string, string>> TablesOf(byte[] manifest) => Read(manifest, json =>
    {
        var majors = new Dictionary<int, IReadOnlyDictionary<string, string>>();
        var first = new Dictionary<string, string>();
        foreach (var (major, there) in MajorsIn(json))
        {
            var tables = new Dictionary<string, string>(first);
            foreach (var file in FilesIn(there).Where(file => file.Format == SnapshotFormat.Parquet.Name))
                tables[file.Table] = file.Name;
            majors.Add(major, tables);
            first = majors.Count == 1 ? tables : first;
        }

        return majors;
    });

    /// <summary>What the list of snapshots says of the one of a stored manifest; when it was published is not known, but when it was begun.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static PublishedSnapshot ListedOf(byte[] manifest) => Read(manifest, json => new PublishedSnapshot(
        Text(json, "id"), Day(json["snapshotDate"]!), (bool)json["provisional"]!, Instant(json, "createdAt"), (string?)json["operation"]));

    /// <summary>What a snapshot says of rows that are not in it and of other snapshots that could not be read.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static SnapshotFindings FindingsOf(byte[] manifest) => Read(manifest, json => new SnapshotFindings(
        Instant(json, "createdAt"), (int)json["quarantined"]!["rows"]!,
        [.. json["quarantined"]!["first"]!.Select(row => new Quarantined(Text(row, "type"), Text(row, "id"), Text(row, "reason")))],
        // Manifests of earlier days have none.
        json["missingVersions"] is { } missing ? new((int)missing["records"]!,
            [.. missing["first"]!.Select(each => new MissingVersions(Text(each, "type"), Text(each, "id"), Text(each, "versions")))])
            : MissingHistory.None,
        [.. (json["damaged"] ?? new JArray()).Select(id => (string)id!)]));

    /// <summary>The days whose figures the snapshot of a stored manifest made anew.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static IReadOnlyList<DateOnly> DaysOf(byte[] manifest) => Read(manifest, json => json["days"]!.Select(Day).ToList());

    /// <summary>The views of the office when the snapshot of a stored manifest was made; null in manifests of earlier days.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static IReadOnlyList<KpiPreset>? ViewsOf(byte[] manifest) =>
        Read(manifest, json => json["views"] is { } views ? ViewJson.Read(views) : null);

    /// <summary>When the records of a stored manifest were as they are in it, and of which day they tell.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static (DateTimeOffset Watermark, DateOnly Day) CutOf(byte[] manifest) => Read(manifest, json => (
        Instant(json, "watermark"), Day(json["snapshotDate"]!)));

    /// <summary>The names of a table's columns as a stored manifest tells them.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static IReadOnlyList<string> ColumnsOf(byte[] manifest, SnapshotTable table) => Read(manifest, json =>
        (json["majors"]?[$"{table.Major}"]?["tables"]?[table.Name] ?? json["tables"]![table.Name]!)["columns"]!
            .Select(column => Text(column, "name")).ToList());

    /// <summary>The files of a contract.</summary>
    private List<StoredFile> Of(int major) => [.. Stored.Where(each => each.Of.Majors.Contains(major))];

    /// <summary>The files of those tables that a contract has otherwise than the one that is told first.</summary>
    private List<StoredFile> Other(int major)
    {
        var own = Of(major);
        var tables = own.Except(Of(Majors.Min())).Select(each => each.File.Table).ToHashSet();
        return [.. own.Where(each => tables.Contains(each.File.Table))];
    }

    /// <summary>The contract that is told first, and of others what they have otherwise. Manifests of earlier days have the one.</summary>
    private static IEnumerable<(int Major, JToken Json)> MajorsIn(JToken json) =>
        ((JObject?)json["majors"] ?? []).Properties().Select(each => (int.Parse(each.Name, CultureInfo.InvariantCulture), each.Value))
            .Prepend(((int)json["schemaMajor"]!, json));

    private static IEnumerable<SnapshotFile> FilesIn(JToken json) => json["files"]!.Select(file => new SnapshotFile(
        Text(file, "name"), Text(file, "table"), Text(file, "format"), (int)file["rows"]!, (long)file["bytes"]!, Text(file, "sha256")));

    private static T Read<T>(byte[] manifest, Func<JToken, T> read)
    {
        try
        {
            return read(Json.Parse(Encoding.UTF8.GetString(manifest)));
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            throw new InvalidDataException("A manifest is not what this service wrote.", fault);
        }
    }

    private static string Text(JToken json, string name) =>
        json[name] is { Type: JTokenType.String } text ? (string)text! : throw new FormatException($"There is no {name}.");

    private static DateOnly Day(JToken json) => Cells.ParseDay((string)json!);

    private static DateTimeOffset Instant(JToken json, string name) =>
        DateTimeOffset.Parse(Text(json, name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static void Write(Utf8JsonWriter writer, string name, string countName, int count, string wordName,
        IEnumerable<(string Type, string Id, string Word)> found)
    {
        writer.WriteStartObject(name);
        writer.WriteNumber(countName, count);
        writer.WriteStartArray("first");
        foreach (var (type, id, word) in found.OrderBy(each => (each.Type, each.Id)).Take(MaxShown))
        {
            writer.WriteStartObject();
            writer.WriteString("type", type);
            writer.WriteString("id", id);
            writer.WriteString(wordName, word);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
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
        if (file.From is { } from)
            writer.WriteString("from", Cells.Format(from));
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, List<StoredFile> stored)
    {
        writer.WriteStartArray("files");
        foreach (var each in stored)
            Write(writer, each.File);
        writer.WriteEndArray();
        writer.WriteStartObject("tables");
        foreach (var whole in stored.Where(each => each.Of.Format == SnapshotFormat.Parquet))
        {
            writer.WriteStartObject(whole.File.Table);
            writer.WriteNumber("rows", whole.File.Rows);
            writer.WriteNumber("leftOut", whole.LeftOut);
            SnapshotContract.Write(writer, whole.Of.Table);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }
}
