using System.Collections.Concurrent;
using FriendCity.Messages;
using FriendCity.Records.Persistence;
using FriendCity.Records.Replication;
using FriendCity.Records.Schemas;

namespace FriendCity.Records.Import;

/// <summary>An import never undoes the office's own edits: what is there stays as it is.</summary>
/// <param name="Written">Records that were not there.</param>
/// <param name="Unchanged">Records that are there and say the same.</param>
/// <param name="Differing">Records that are there and say something else.</param>
/// <param name="Deleted">Records that were there and are deleted.</param>
/// <param name="Faults">Why nothing was written; empty otherwise.</param>
internal sealed record ImportResult(int Written, int Unchanged, int Differing, int Deleted, IReadOnlyList<ImportFault> Faults)
{
    /// <summary>What became of all records, in a line.</summary>
    public string Summary => Faults.Count > 0
        ? $"refused, faults: {Faults.Count}, nothing written"
        : $"{Written} written, {Unchanged} "
            + $"unchanged{(Differing > 0 ? $", {Differing} skipped: differs" : "")}{(Deleted > 0 ? $", {Deleted} skipped: deleted" : "")}";
}

/// <summary>
/// Imports many records: everything is read and checked before anything is written, and what is there already stays as it is, so a
/// broken-off import is finished by running it again. Records are inserted whole, up to fifty of a partition in one transaction.
/// </summary>
internal sealed class Importer(Replica replica, RecordStore store, RecordTypes types)
{
    public async Task<ImportResult> RunAsync(string folder, string actor, CancellationToken cancellationToken)
    {
        var registry = await replica.ReadAsync(cancellationToken);
        var (rows, faults) = await ImportFile.ReadFolderAsync(folder, types, cancellationToken, registry);
        var fresh = rows.Where(row => registry.Of(row.Type.Name).Find(row.Id) is null).ToList();
        if (faults.Count == 0)
            faults.AddRange(Check(fresh, registry));
        if (faults.Count > 0)
            return new ImportResult(0, 0, 0, 0, faults);
        // Told now: a record takes on its version and actor when it is written.
        var kept = rows.Select(row => (row, Stored: registry.Of(row.Type.Name).Find(row.Id))).Where(each => each.Stored is not null)
            .Select(each => Kept(each.row.Type, each.row.Record, each.Stored!)).ToList();
        var met = new ConcurrentBag<Fate>();

        foreach (var type in types.All)
            await Parallel.ForEachAsync(
                ImportPacks.Of(type, fresh.Where(row => row.Type == type).Select(row => row.Record), record => record),
                new ParallelOptions { MaxDegreeOfParallelism = ImportPacks.Parallel, CancellationToken = cancellationToken },
                async (pack, token) =>
                {
                    await foreach (var (record, isInserted) in ImportPacks.InsertAsync(store, type, pack, each => each, actor, token))
                        met.Add(isInserted ? Fate.Written
                            : await store.ReadAsync(type, record.Id, token) is { } stored ? Kept(type, record, stored) : Fate.Differing);
                });
        var fates = kept.Concat(met).CountBy(fate => fate).ToDictionary();
        return new ImportResult(
            fates.GetValueOrDefault(Fate.Written), fates.GetValueOrDefault(Fate.Unchanged), fates.GetValueOrDefault(Fate.Differing),
            fates.GetValueOrDefault(Fate.Deleted), []);
    }

    /// <summary>What becomes of a record.</summary>
    private enum Fate
    {
        Written,
        Unchanged,
        Differing,
        Deleted,
    }

    private static Fate Kept(RecordType type, Record record, Record stored) =>
        stored.Deleted ? Fate.Deleted : type.SameFields(stored, record) ? Fate.Unchanged : Fate.Differing;

    /// <summary>Rules see the registry as it will be, so records of one import may refer to each other.</summary>
    private static IEnumerable<ImportFault> Check(IReadOnlyList<ImportRow> rows, RegistrySnapshot registry)
    {
        // A version above the absent one, so that the set takes them in.
        foreach (var row in rows)
            row.Record.Version = 1;
        var after = registry.With(rows.GroupBy(row => row.Type.Name)
            .ToDictionary(group => group.Key, group => group.Select(row => row.Record).ToList()),
            registry.AsOf);
        foreach (var row in rows)
        {
            var validation = new ValidationContext();
            RecordChecks.Check(row.Type, row.Record, after, validation);
            foreach (var violation in validation.Violations)
                yield return new ImportFault($"{row.Place} ({row.Type.Name}/{row.Id})", violation);
        }

        foreach (var type in rows.GroupBy(row => row.Type))
        {
            var places = type.ToDictionary(row => row.Id, row => row.Place);
            var items = type.ToDictionary(row => row.Id, row => new ImportItem(0, row.Record, null, null));
            foreach (var (id, violation) in ImportRules.Duplicates(type.Key, items, after, allowed: false))
                yield return new ImportFault($"{places[id]} ({type.Key.Name}/{id})", violation);
        }
    }
}
