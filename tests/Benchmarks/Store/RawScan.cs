using Azure.Core;
using FriendCity.Records;
using FriendCity.Storage;
using FriendCity.Storage.Rest;

namespace FriendCity.Benchmarks.Store;

/// <summary>The pages of all current rows of a type, sixteen range reads at once, their bytes let go as they come: the least that a load has to wait for.</summary>
internal static class RawScan
{
    public static async Task RunAsync(string connectionString, RecordType type)
    {
        var wire = StoragePipeline.Tables(StorageAccount.Parse(connectionString), new StorageClock(TimeProvider.System), TimeProvider.System, StorageOptions.Default);
        await Task.WhenAll(RecordKeys.Partitions.Select(partition => ReadAsync(wire, type, partition)));
    }

    private static async Task ReadAsync(StorageWire wire, RecordType type, string partition)
    {
        var filter = TableFilter.For(TableRange.Rows(partition, RecordKeys.CurrentFrom, RecordKeys.CurrentBefore))?.Text;
        string? nextPartition = null, nextRow = null;
        do
        {
            using var message = wire.Request(
                RequestMethod.Get, $"/{type.Table}()", ("$filter", filter), ("NextPartitionKey", nextPartition), ("NextRowKey", nextRow));
            message.Request.Headers.SetValue("Accept", "application/json;odata=minimalmetadata");
            var response = await wire.SendAsync(message, CancellationToken.None);
            if (response.Status != 200)
                throw StorageFault.Unexpected(message);
            response.Headers.TryGetValue("x-ms-continuation-NextPartitionKey", out nextPartition);
            response.Headers.TryGetValue("x-ms-continuation-NextRowKey", out nextRow);
        }
        while (nextPartition is not null);
    }
}
