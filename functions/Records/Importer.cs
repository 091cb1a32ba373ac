namespace FriendCity.Records;

/// <param name="Written">Records that were not there.</param>
/// <param name="Unchanged">Records that are there, whatever they say now: an import never undoes the office's own edits.</param>
/// <param name="Faults">Why nothing was written; empty otherwise.</param>
internal sealed record ImportResult(int Written, int Unchanged, IReadOnlyList<ImportFault> Faults);

/// <summary>
/// Imports many records: everything is read and checked before anything is written, and what is there already stays as it is, so a
/// broken-off import is finished by running it again. Records are inserted whole, up to fifty of a partition in one transaction.
/// </summary>
internal sealed class Importer(Replica replica, RecordStore store, RecordTypes types)
{
    /// <summary>A character takes up to six bytes in a request and is sent twice, in the current row and its history: well under the service's 4 MiB.</summary>
    private const int CharactersPerTransaction = 300_000;

    /// <summary>Transactions under way at once: enough for a thousand rows a second, few enough that readers' polls need not queue behind them.</summary>
    private const int Parallel = 2;

    public async Task<ImportResult> RunAsync(string folder, string actor, CancellationToken cancellation)
    {
        var view = await replica.ReadAsync(cancellation);
        var (rows, faults) = await ImportFile.ReadFolderAsync(folder, types, cancellation);
        var fresh = rows.Where(row => view.Of(row.Type.Name).Find(row.Id) is null).ToList();
        if (faults.Count == 0)
            faults.AddRange(Check(fresh, view));
        if (faults.Count > 0)
            return new ImportResult(0, 0, faults);

        foreach (var type in types.All)
            await System.Threading.Tasks.Parallel.ForEachAsync(
                Pack(fresh.Where(row => row.Type == type)),
                new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellation },
                async (pack, token) => await InsertAsync(type, pack, actor, token));
        return new ImportResult(fresh.Count, rows.Count - fresh.Count, []);
    }

    /// <summary>Rules see the registry as it will be, so records of one import may refer to each other.</summary>
    private static IEnumerable<ImportFault> Check(IReadOnlyList<ImportRow> rows, View view)
    {
        // A version above the absent one, so that the set takes them in.
        foreach (var row in rows)
            row.Record.Version = 1;
        var after = view.With(rows.GroupBy(row => row.Type.Name).ToDictionary(group => group.Key, group => group.Select(row => row.Record).ToList()), view.AsOf);
        foreach (var row in rows)
        {
            var reading = new Reading();
            RecordChecks.Check(row.Type, row.Record, after, reading, before: view);
            foreach (var violation in reading.Violations)
                yield return new ImportFault($"{row.Place} ({row.Type.Name}/{row.Id})", violation);
        }
    }

    private static IEnumerable<List<Record>> Pack(IEnumerable<ImportRow> rows)
    {
        foreach (var partition in rows.GroupBy(row => RecordKeys.Partition(row.Id)))
        {
            var (pack, characters) = (new List<Record>(), 0);
            foreach (var row in partition)
            {
                var size = row.Type.ToColumns(row.Record).Sum(column => 64 + ((column.Value as string)?.Length ?? 0));
                if (pack.Count == RecordStore.RecordsPerTransaction || (pack.Count > 0 && characters + size > CharactersPerTransaction))
                {
                    yield return pack;
                    (pack, characters) = ([], 0);
                }

                pack.Add(row.Record);
                characters += size;
            }

            yield return pack;
        }
    }

    private async Task InsertAsync(RecordType type, List<Record> pack, string actor, CancellationToken cancellation)
    {
        if (await store.InsertAsync(type, pack, actor, cancellation))
            return;

        // Someone inserted one of them in the meantime: one by one, that one stays as they wrote it.
        foreach (var record in pack)
            await store.InsertAsync(type, [record], actor, cancellation);
    }
}
