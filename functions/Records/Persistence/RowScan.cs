using FriendCity.Storage.Tables;

namespace FriendCity.Records.Persistence;

/// <summary>Reads a whole record type from its table, deleted records included: the current rows, or those of history.</summary>
internal static class RowScan
{
    /// <summary>
    /// A page of a thousand rows is some ten megabytes on its way from storage's text: more at once would be memory that nothing else needs.
    /// </summary>
    private const int PagesAtOnce = 3;

    /// <summary>Shows every current row, and answers how many there are.</summary>
    /// <param name="columns">What is read of each row; null for all of it.</param>
    public static Task<int> CurrentAsync(ITableStorage tables, RecordType type, IReadOnlyList<string>? columns, Action<TableRow> see,
        CancellationToken cancellationToken) =>
        ReadAsync(tables, type, new(null, RecordKeys.CurrentFrom, RecordKeys.CurrentBefore), null, columns, see, cancellationToken);

    /// <summary>Shows every history row that stands where a write puts it, with the record and version its key names.</summary>
    /// <param name="partitions">Those that are read; null for all.</param>
    public static Task HistoryAsync(ITableStorage tables, RecordType type, IReadOnlyList<string>? partitions, Action<string, long> see,
        CancellationToken cancellationToken) =>
        ReadAsync(tables, type, new(null, RecordKeys.HistoriesFrom, RecordKeys.HistoriesBefore), partitions, ["Version"], row =>
        {
            if (RecordKeys.OfHistory(row.RowKey) is var (id, version) && row.PartitionKey == RecordKeys.Partition(id))
                see(id, version);
        }, cancellationToken);

    /// <summary>
    /// A small type fits one page and one request; only a larger one is worth one for each of the sixteen partitions, a few of which then
    /// show their rows side by side.
    /// </summary>
    private static async Task<int> ReadAsync(ITableStorage tables, RecordType type, TableRange range, IReadOnlyList<string>? partitions,
        IReadOnlyList<string>? columns, Action<TableRow> see, CancellationToken cancellationToken)
    {
        if (partitions is not null)
            return await PartitionsAsync();
        IReadOnlyList<TableRow>? first = null;
        await foreach (var page in tables.QueryAsync(type.Table, range, columns, cancellationToken))
        {
            if (first is not null)
                return await PartitionsAsync();
            first = page;
        }

        return Show(first ?? []);

        async Task<int> PartitionsAsync()
        {
            var rows = 0;
            await Parallel.ForEachAsync(partitions ?? RecordKeys.Partitions,
                new ParallelOptions { MaxDegreeOfParallelism = PagesAtOnce, CancellationToken = cancellationToken }, async (partition, token) =>
            {
                await foreach (var page in tables.QueryAsync(type.Table, range with { Partition = partition }, columns, token))
                    Interlocked.Add(ref rows, Show(page));
            });
            return rows;
        }

        int Show(IReadOnlyList<TableRow> rows)
        {
            foreach (var row in rows)
                see(row);
            return rows.Count;
        }
    }
}
