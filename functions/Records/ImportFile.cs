using System.Text;
using Newtonsoft.Json.Linq;

namespace FriendCity.Records;

/// <summary>A record to import, where it stands, and its faults.</summary>
internal sealed record ImportRow(RecordType Type, string Id, Record Record, string Place);

/// <param name="Place">File and line.</param>
internal sealed record ImportFault(string Place, Violation Violation);

/// <summary>
/// The import form: a folder with one file a record type, <c>{type}.json</c>, each a JSON array of records as the API sends them,
/// with their <c>id</c>.
/// </summary>
internal static class ImportFile
{
    public static async Task<(List<ImportRow> Rows, List<ImportFault> Faults)> ReadFolderAsync(string folder, RecordTypes types, CancellationToken cancellation)
    {
        var (rows, faults) = (new List<ImportRow>(), new List<ImportFault>());
        foreach (var path in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(path);
            if (types.Find(name) is { } type)
                Read(type, Path.GetFileName(path), await File.ReadAllTextAsync(path, cancellation), rows, faults);
            else
                faults.Add(Fault(Path.GetFileName(path), "", "unknown_type", $"There is no record type '{name}'.", $"没有“{name}”这种记录。"));
        }

        return (rows, faults);
    }

    private static void Read(RecordType type, string file, string text, List<ImportRow> rows, List<ImportFault> faults)
    {
        JToken tree;
        try
        {
            tree = JsonTree.Read(Encoding.UTF8.GetBytes(text), lines: true);
        }
        catch (JsonFault fault)
        {
            faults.Add(Fault($"{file}:{fault.Line}", "", "malformed_json", fault.Message, fault.Reason.Zh));
            return;
        }

        if (tree is not JArray array)
        {
            faults.Add(Fault(file, "", "wrong_type", "Expected an array of records.", "应为记录数组。"));
            return;
        }

        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in array)
        {
            var place = $"{file}:{JsonTree.LineOf(item)}";
            if (item is not JObject json || Json.TextOf(json["id"]) is not { } id || !RecordId.IsValid(id))
                faults.Add(Fault(place, "/id", "bad_id", RecordId.Rule.En, RecordId.Rule.Zh));
            else if (!ids.Add(id))
                faults.Add(Fault(place, "/id", "duplicate", $"The file names {id} twice.", $"文件中 {id} 出现了两次。"));
            else
                Read(type, id, json, place, rows, faults);
        }
    }

    private static void Read(RecordType type, string id, JObject json, string place, List<ImportRow> rows, List<ImportFault> faults)
    {
        json.Remove("id");
        var reading = new Reading();
        var record = type.Read(json, reading);
        record.Id = id;
        faults.AddRange(reading.Violations.Select(violation => new ImportFault(place, violation)));
        if (!reading.Failed)
            rows.Add(new ImportRow(type, id, record, place));
    }

    private static ImportFault Fault(string place, string pointer, string rule, string en, string zh) => new(place, new Violation(pointer, rule, new Text(en, zh)));
}
