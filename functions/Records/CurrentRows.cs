using FriendCity.Storage;

namespace FriendCity.Records;

/// <summary>Reads a whole record type from its table, deleted records included and history left out.</summary>
internal static class CurrentRows
{
    /// <summary>
    /// Shows every current row, and answers how many there are. A small type fits one page and one request; only a larger one is worth
    /// sixteen, one for each partition, which then show their rows side by side.
    /// </summary>
    /// <param name="columns">What is read of each row; null for all of it.</param>
    public static async Task<int> ScanAsync(ITableStorage tables, RecordType type, IReadOnlyList<string>? columns, Action<TableRow> see, CancellationToken cancellation)
    {
        IReadOnlyList<TableRow>? first = null;
        await foreach (var page in tables.QueryAsync(type.Table, Range(null), columns, cancellation))
        {
            if (first is not null)
                return (await Task.WhenAll(RecordKeys.Partitions.Select(PartitionAsync))).Sum();
            first = page;
        }

        return Show(first ?? []);

        async Task<int> PartitionAsync(string partition)
        {
            var rows = 0;
            await foreach (var page in tables.QueryAsync(type.Table, Range(partition), columns, cancellation))
                rows += Show(page);
            return rows;
        }

        int Show(IReadOnlyList<TableRow> rows)
        {
            foreach (var row in rows)
                see(row);
            return rows.Count;
        }
    }

    private static TableRange Range(string? partition) => new(partition, RecordKeys.CurrentFrom, RecordKeys.CurrentBefore);
}
