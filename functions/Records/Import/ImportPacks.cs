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
}
