using System.Runtime.CompilerServices;
using FriendCity.Records.Persistence;

namespace FriendCity.Records.Import;

/// <summary>New records in transactions: whole, up to fifty of a partition in one.</summary>
internal static class ImportPacks
{
    /// <summary>
    /// Transactions under way at once: enough for a thousand rows a second, few enough that readers' polls need not queue behind them.
    /// </summary>
    public const int Parallel = 2;

    /// <summary>
    /// A character takes up to six bytes in a request and is sent twice, in the current row and its history: well under the service's 4 MiB.
    /// </summary>
    private const int CharactersPerTransaction = 300_000;

    public static IEnumerable<List<T>> Of<T>(RecordType type, IEnumerable<T> rows, Func<T, Record> record)
    {
        foreach (var partition in rows.GroupBy(row => RecordKeys.Partition(record(row).Id)))
        {
            var (pack, characters) = (new List<T>(), 0);
            foreach (var row in partition)
            {
                var size = type.ToColumns(record(row)).Sum(column => 64 + ((column.Value as string)?.Length ?? 0));
                if (pack.Count == RecordStore.RecordsPerTransaction || (pack.Count > 0 && characters + size > CharactersPerTransaction))
                {
                    yield return pack;
                    (pack, characters) = ([], 0);
                }

                pack.Add(row);
                characters += size;
            }

            yield return pack;
        }
    }

    /// <summary>Inserts a pack whole; where somebody inserted one of it in the meantime one by one, and that one stays as they wrote it.</summary>
    /// <returns>Each row with whether it was inserted.</returns>
    public static async IAsyncEnumerable<(T Row, bool IsInserted)> InsertAsync<T>(RecordStore store, RecordType type, IReadOnlyList<T> pack,
        Func<T, Record> record, string actor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var whole = await store.InsertAsync(type, [.. pack.Select(record)], actor, cancellationToken);
        foreach (var row in pack)
            yield return (row, whole || await store.InsertAsync(type, [record(row)], actor, cancellationToken));
    }
}
