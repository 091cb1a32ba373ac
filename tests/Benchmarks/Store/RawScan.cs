using Azure.Data.Tables;
using FriendCity.Records;
using FriendCity.Records.Persistence;
using FriendCity.Storage.Tables;

namespace FriendCity.Benchmarks.Store;

/// <summary>
/// The pages of all current rows of a type, sixteen range reads at once, by the official client, let go as they come: the least that a load has
/// to wait for.
/// </summary>
internal static class RawScan
{
    public static async Task RunAsync(string connectionString, RecordType type)
    {
        // The account's pages of rows, without the product's engine around them.
        var table = new TableServiceClient(connectionString).GetTableClient(type.Table);
        await Task.WhenAll(RecordKeys.Partitions.Select(partition => ReadAsync(table, partition)));
    }

    private static async Task ReadAsync(TableClient table, string partition)
    {
        var filter = TableFilter.For(TableRange.Rows(partition, RecordKeys.CurrentFrom, RecordKeys.CurrentBefore))?.Text;
        await foreach (var page in table.QueryAsync<TableEntity>(filter).AsPages())
            GC.KeepAlive(page.Values);
    }
}
