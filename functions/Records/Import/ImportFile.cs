using FriendCity.Messages;
using FriendCity.Records.Schemas;
using FriendCity.Serialization;
using Newtonsoft.Json.Linq;

namespace FriendCity.Records.Import;

/// <summary>A record to import, and where it stands.</summary>
internal sealed record ImportRow(RecordType Type, string Id, Record Record, string Place);

/// <param name="Place">File and line.</param>
internal sealed record ImportFault(string Place, Violation Violation);

/// <summary>
/// The import form: a folder with one file a record type, <c>{type}.json</c>, each a JSON array of records as the API sends them, with their
/// <c>id</c>, or a whole list as the API answers it. Files are read as bodies are (<see cref="JsonText"/>), and what the registry adds to a
/// record may be repeated as in a PUT.
/// </summary>
internal static class ImportFile
{
    private const string Extension = ".json";

    /// <param name="registry">What is stored; null when nothing is.</param>
    public static async Task<(List<ImportRow> Rows, List<ImportFault> Faults)> ReadFolderAsync(string folder, RecordTypes types,
        CancellationToken cancellationToken, RegistrySnapshot? registry = null)
    {
        var (rows, faults, files) = (new List<ImportRow>(), new List<ImportFault>(), 0);
        // Hidden files are the system's own. Everything else was put there to be read, and is not passed over in silence.
        foreach (var path in Directory.EnumerateFileSystemEntries(folder).Where(path => Path.GetFileName(path)[0] != '.')
            .Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(path);
            if (name.EndsWith(Extension, StringComparison.Ordinal) && File.Exists(path) && types.Find(name[..^Extension.Length]) is { } type)
            {
                files++;
                Read(type, name, await File.ReadAllBytesAsync(path, cancellationToken), registry, rows, faults);
            }
            else
                faults.Add(Fault(name, "", "unknown_file", "This is no file of a record type: a file is called like its type, such as cities.json.",
                    "不是任何记录类型的文件：文件应以类型命名，例如 cities.json。"));
        }

        if (files == 0)
            faults.Add(Fault(folder, "", "no_files", "The folder holds no file of a record type.", "文件夹中没有任何记录类型的文件。"));
        return (rows, faults);
    }

    private static void Read(RecordType type, string file, byte[] bytes, RegistrySnapshot? registry, List<ImportRow> rows, List<ImportFault> faults)
    {
        JToken tree;
        var unfit = new ValidationContext();
        try
        {
            tree = JsonText.Read(bytes, unfit, lines: true);
        }
        catch (JsonFault fault)
        {
            faults.Add(Fault(FormattableString.Invariant($"{file}:{fault.Line}:{fault.Column}"), "", "malformed_json", fault.Reason.En,
                fault.Reason.Zh));
            return;
        }

        if (unfit.Failed)
            faults.AddRange(unfit.Violations.Select(violation => new ImportFault(file, violation)));
        else if (tree is JObject list && list["nextLink"] is { Type: not JTokenType.Null })
            faults.Add(Fault(file, "/nextLink", "incomplete", "This is one page of a list that goes on.", "这只是列表的一页，后面还有内容。"));
        else if ((tree as JArray ?? (tree as JObject)?["value"] as JArray) is not { } array)
            faults.Add(Fault(file, "", "wrong_type", "Expected an array of records.", "应为记录数组。"));
        else
            Read(type, file, array, registry, rows, faults);
    }

    private static void Read(RecordType type, string file, JArray array, RegistrySnapshot? registry, List<ImportRow> rows, List<ImportFault> faults)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in array)
        {
            var place = FormattableString.Invariant($"{file}:{JsonTree.LineOf(item)}");
            if (item is not JObject json || Json.TextOf(json["id"]) is not { } id || !RecordId.IsValid(id))
                faults.Add(Fault(place, "/id", "bad_id", RecordId.Rule.En, RecordId.Rule.Zh));
            else if (!ids.Add(id))
                faults.Add(Fault(place, "/id", "duplicate", $"The file names {id} twice.", $"文件中 {id} 出现了两次。"));
            else
                Read(type, id, json, registry?.Of(type.Name).Find(id), place, rows, faults);
        }
    }

    private static void Read(RecordType type, string id, JObject json, Record? current, string place, List<ImportRow> rows, List<ImportFault> faults)
    {
        // A record that is there already is never written: what the file says of its version need not be true any more.
        var validation = new ValidationContext();
        var record = type.Read(RecordJson.Fields(json, type, id, current, current is null ? validation : new ValidationContext()), validation);
        record.Id = id;
        faults.AddRange(validation.Violations.Select(violation => new ImportFault(place, violation)));
        if (!validation.Failed)
            rows.Add(new ImportRow(type, id, record, place));
    }

    private static ImportFault Fault(string place, string pointer, string rule, string en, string zh) =>
        new(place, new Violation(pointer, rule, new Text(en, zh)));
}
