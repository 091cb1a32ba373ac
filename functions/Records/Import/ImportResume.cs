using FriendCity.Records.Formats.Reading;
using FriendCity.Records.Persistence;

namespace FriendCity.Records.Import;

/// <summary>What is left of an import that was broken off: the rows of its plan whose version nobody has written yet.</summary>
internal sealed class ImportResume(RecordStore store, RecordType type, string actor, ImportPlan plan, RegistrySnapshot registry)
{
    private readonly List<ImportItem> _left = [];
    private readonly List<(ImportItem Item, bool Wrote)> _settled = [];

    public IReadOnlyList<ImportItem> Left => _left;

    /// <summary>Rows that are written already, and those that somebody else was faster to change.</summary>
    public IReadOnlyList<(ImportItem Item, bool Wrote)> Settled => _settled;

    public async Task RunAsync(RowSource source, CancellationToken cancellationToken)
    {
        foreach (var row in source.Rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!plan.Rows.TryGetValue(row.Number, out var planned))
                continue;
            var current = registry.Of(type.Name).Find(planned.Id);
            if ((current?.Version ?? 0) == planned.Base)
                _left.Add(new(row.Number, ImportRowReader.Read(type, planned.Id, row.Json, current, new()), current, row.Entries));
            else
                _settled.Add((new(row.Number, current!, planned.Base == 0 ? null : current, row.Entries),
                    await IsOursAsync(planned, current!, cancellationToken)));
        }
    }

    private async Task<bool> IsOursAsync(PlannedRow planned, Record current, CancellationToken cancellationToken)
    {
        var version = current.Version == planned.Base + 1 ? current
            : await store.VersionAsync(type, planned.Id, planned.Base + 1, cancellationToken);
        return version is { Deleted: false } && version.Actor == actor && PlannedRow.HashOf(type, version) == planned.Hash;
    }
}
