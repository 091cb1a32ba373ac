using FriendCity.Storage;
using FriendCity.Storage.Tables;

namespace FriendCity.Tests.Support;

/// <summary>The rows themselves. A transaction takes effect whole, or not at all.</summary>
internal sealed class FakeTableData
{
    private static readonly Comparer<(string Partition, string Row)> ByKeys = Comparer<(string Partition, string Row)>.Create((left, right) =>
        string.CompareOrdinal(left.Partition, right.Partition) is var order and not 0 ? order : string.CompareOrdinal(left.Row, right.Row));

    private readonly Lock _gate = new();
    private readonly Dictionary<string, SortedDictionary<(string Partition, string Row), TableRow>> _tables = new(StringComparer.Ordinal);
    private long _etag;

    public bool Ensure(string table)
    {
        lock (_gate)
            return _tables.TryAdd(table, new SortedDictionary<(string, string), TableRow>(ByKeys));
    }

    public TableRow? Get(string table, string partitionKey, string rowKey)
    {
        lock (_gate)
            return _tables.GetValueOrDefault(table)?.GetValueOrDefault((partitionKey, rowKey));
    }

    public IReadOnlyList<TableRow> Page(string table, TableRange range, (string Partition, string Row)? after, int size)
    {
        lock (_gate)
            return _tables.TryGetValue(table, out var rows)
                ? [.. rows.Where(row => (after is not { } last || ByKeys.Compare(row.Key, last) > 0) && IsIn(range, row.Key)).Take(size)
                    .Select(row => row.Value)]
                : [];
    }

    public TableSubmit Submit(string table, IReadOnlyList<TableOperation> operations)
    {
        lock (_gate)
        {
            var rows = _tables.GetValueOrDefault(table)
                ?? throw new StorageException($"Storage answered 404 TableNotFound to a transaction on {table}.");
            for (var i = 0; i < operations.Count; i++)
                if (Refusal(operations[i], rows.GetValueOrDefault(Key(operations[i]))) is { } reason)
                    return new TableSubmit.Refused(i, reason);
            return new TableSubmit.Committed([.. operations.Select(operation => Apply(rows, operation))]);
        }
    }

    private string? Apply(SortedDictionary<(string, string), TableRow> rows, TableOperation operation)
    {
        if (operation.Kind == TableWrite.Delete)
        {
            rows.Remove(Key(operation));
            return null;
        }

        var etag = $"W/\"{++_etag}\"";
        rows[Key(operation)] = operation.Row with { ETag = etag };
        return etag;
    }

    private static TableRefusal? Refusal(TableOperation operation, TableRow? row) => operation.Kind switch
    {
        TableWrite.Insert => row is null ? null : TableRefusal.Exists,
        TableWrite.Upsert => null,
        _ when row is null => TableRefusal.Missing,
        _ => operation.IfMatch == "*" || operation.IfMatch == row.ETag ? null : TableRefusal.Stale,
    };

    private static (string Partition, string Row) Key(TableOperation operation) => (operation.Row.PartitionKey, operation.Row.RowKey);

    private static bool IsIn(TableRange range, (string Partition, string Row) key) =>
        (range.Partition is null || range.Partition == key.Partition)
        && (range.From is null || string.CompareOrdinal(key.Row, range.From) >= 0)
        && (range.Before is null || string.CompareOrdinal(key.Row, range.Before) < 0)
        && (range.After is not { } start || ByKeys.Compare(key, start) >= 0);
}
