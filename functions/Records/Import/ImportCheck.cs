using FriendCity.Messages;
using FriendCity.Records.Formats.Reading;
using FriendCity.Records.Schemas;
using Newtonsoft.Json.Linq;

namespace FriendCity.Records.Import;

/// <summary>What an import would do: everything is read and checked by the rules of single writes, and nothing is written.</summary>
/// <param name="skip">Rows at fault are left out, and the rest must hold without them.</param>
/// <param name="allowDuplicate">Records that are alike others are stored where both may be real.</param>
internal sealed class ImportCheck(
    RecordType type, ImportMode mode, bool skip, bool allowDuplicate, RegistrySnapshot registry, Func<string> newId)
{
    private readonly List<ImportItem> _writes = [];
    private readonly HashSet<int> _refused = [];
    private FilePlaces _places = FilePlaces.None;
    private int _unchanged;
    private int _differing;
    private int _deleted;

    public ImportFaults Faults { get; } = new();

    /// <summary>Rows of the file that hold a record.</summary>
    public int Rows { get; private set; }

    /// <summary>What is to be written, in the order of the file.</summary>
    public IReadOnlyList<ImportItem> Writes => _writes;

    public ImportCounts Counts => new(_writes.Count(item => item.Current is null), _writes.Count(item => item.Current is not null), _unchanged,
        _differing, _deleted, _refused.Count);

    /// <exception cref="SourceException">The file as a whole cannot be taken.</exception>
    public void Run(RowSource source, CancellationToken cancellationToken)
    {
        _places = source.Places;
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in source.Rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Rows++;
            if (row.Faults.Count > 0)
                Refuse(row.Number, row.Faults);
            else
                Read(row, ids);
        }

        CheckRules(cancellationToken);
    }

    private void Read(SourceRow row, HashSet<string> ids)
    {
        var validation = new ValidationContext();
        var id = ImportRowReader.IdOf(row.Json, validation);
        if (id is null && mode == ImportMode.Update && !validation.Failed)
            validation.Refuse("/id", "required", "A row that changes a record needs its id.", "修改记录的行须填写编号。");
        if (id is not null && !ids.Add(id))
            validation.Refuse("/id", "duplicate", $"The file names {id} twice.", $"文件中 {id} 出现了两次。");
        var current = id is null ? null : registry.Of(type.Name).Find(id);
        if (current is { Deleted: true } && !validation.Failed)
        {
            _deleted++;
            return;
        }

        if (current is null && id is not null && mode == ImportMode.Update)
            validation.Refuse("/id", "missing_record", $"There is no {type.Name}/{id}.", $"{type.Name}/{id} 不存在。");
        if (current is not null && mode != ImportMode.Insert)
            ImportRowReader.CheckVersion(row.Json, current, validation);
        // What changes no record need not be whole: its faults would be those of another.
        var next = current is null && mode == ImportMode.Update ? null
            : ImportRowReader.Read(type, id ?? newId(), row.Json, current, validation);
        if (next is null || validation.Failed)
            Refuse(row.Number, validation.Violations.Select(each => _places.Fault(row.Number, row.Entries, each, Value(row.Json, each))));
        else if (current is not null && type.SameFields(current, next))
            _unchanged++;
        else if (current is not null && mode == ImportMode.Insert)
            _differing++;
        else
            _writes.Add(new(row.Number, next, current, row.Entries));
    }

    /// <summary>
    /// Rules see the registry as it will be, so records of one file may refer to each other. What is refused will not be there: where the rest is
    /// to be written all the same, it is checked again without.
    /// </summary>
    private void CheckRules(CancellationToken cancellationToken)
    {
        while (_writes.Count > 0)
        {
            // A version above the stored one, so that the set takes them in.
            foreach (var item in _writes)
                item.Next.Version = item.Base + 1;
            var after = registry.With(new Dictionary<string, List<Record>> { [type.Name] = [.. _writes.Select(item => item.Next)] }, registry.AsOf);
            var faulty = new HashSet<ImportItem>();
            foreach (var (item, violation) in Violations(after, cancellationToken))
            {
                faulty.Add(item);
                Refuse(item.Row, [_places.Fault(item.Row, item.Entries, violation, Value(item.Next, violation))]);
            }

            _writes.RemoveAll(faulty.Contains);
            if (faulty.Count == 0 || !skip)
                return;
        }
    }

    private IEnumerable<(ImportItem Item, Violation Violation)> Violations(RegistrySnapshot after, CancellationToken cancellationToken)
    {
        foreach (var item in _writes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var validation = new ValidationContext();
            RecordChecks.Check(type, item.Next, after, validation, item.Current);
            foreach (var violation in validation.Violations)
                yield return (item, violation);
        }

        var byId = _writes.ToDictionary(item => item.Id, StringComparer.Ordinal);
        foreach (var (id, violation) in ImportRules.Duplicates(type, byId, after, allowDuplicate)
            .Concat(ImportRules.Referrers(type, byId, registry, after)))
            yield return (byId[id], violation);
    }

    private void Refuse(int row, IEnumerable<RowFault> faults)
    {
        _refused.Add(row);
        Faults.AddRange(faults);
    }

    private static string? Value(JObject json, Violation violation) =>
        violation.Pointer.Split('/') is [_, var name, ..] && json[name] is { Type: not JTokenType.Null } token
            ? token is JValue { Value: string text } ? text : token.ToString(Newtonsoft.Json.Formatting.None) : null;

    private string? Value(Record record, Violation violation) =>
        violation.Pointer.Split('/') is [_, var name, ..] ? type.Members.FirstOrDefault(field => field.Name == name)?.Cell(record) : null;
}
