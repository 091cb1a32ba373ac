using FriendCity.Records;
using FriendCity.Records.Persistence;
using FriendCity.Storage;
using FriendCity.Storage.Tables;

namespace FriendCity.Benchmarks.Store;

/// <summary>Rows put into the tables as fast as they go, without the product's engine around them.</summary>
internal static class RawRows
{
    private const int InFlight = 8;
    private static readonly string Operation = Ulid.New(DateTimeOffset.UnixEpoch);

    public static AzureTableStorage Tables(string connectionString) =>
        new(StorageAccount.Parse(connectionString), new StorageClock(TimeProvider.System), TimeProvider.System, StorageOptions.Default);

    /// <summary>Each record's current row and history row, fifty records a transaction. Rows this old need no pointers.</summary>
    public static async Task PutAsync(ITableStorage tables, RecordType type, IEnumerable<Record> records)
    {
        await tables.EnsureTableAsync(type.Table, CancellationToken.None);
        foreach (var record in records)
            Age(record);
        var packs = records.GroupBy(record => RecordKeys.Partition(record.Id))
            .SelectMany(partition => partition.Chunk(RecordStore.RecordsPerTransaction));
        await Parallel.ForEachAsync(packs, new ParallelOptions { MaxDegreeOfParallelism = InFlight }, async (pack, end) =>
        {
            var answer = await tables.SubmitAsync(type.Table, [.. pack.SelectMany(record => Operations(type, record))], end);
            // Each row is written once, so one that is there already is of a first try whose answer a busy machine lost.
            if (answer is not (TableSubmit.Committed or TableSubmit.Refused { Reason: TableRefusal.Exists }))
                throw new InvalidOperationException($"Rows of {type.Name} were refused: {answer}.");
        });
    }

    /// <summary>Makes it a first version that was written long ago.</summary>
    public static void Age(Record record) =>
        (record.Version, record.OperationId, record.ChangedAt) = (1, Operation, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    private static IEnumerable<TableOperation> Operations(RecordType type, Record record) =>
        [TableOperation.Insert(RecordRows.Current(type, record)), TableOperation.Insert(RecordRows.History(type, record))];
}
