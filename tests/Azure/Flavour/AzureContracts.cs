using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using FriendCity.Storage;
using FriendCity.Storage.Official;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Storage;

/// <summary>The adapters over the official clients, put to the same contracts as ours.</summary>
internal static class Official
{
    public static StorageOptions Quick { get; } = new() { RetryDelay = TimeSpan.FromMilliseconds(5), LongestRetryDelay = TimeSpan.FromMilliseconds(20) };

    public static ITableStorage Tables(string connectionString) =>
        new AzureTableStorage(StorageAccount.Parse(connectionString), new StorageClock(TimeProvider.System), TimeProvider.System, Quick);

    public static IBlobStorage Blobs(string connectionString, StorageOptions options) =>
        new AzureBlobStorage(StorageAccount.Parse(connectionString), new StorageClock(TimeProvider.System), TimeProvider.System, options);
}

public sealed class AzureTableRows(Azurite azurite) : TableRowContract(azurite)
{
    private protected override ITableStorage Open(string connectionString) => Official.Tables(connectionString);
}

public sealed class AzureTableQueries(Azurite azurite) : TableQueryContract(azurite)
{
    private protected override ITableStorage Open(string connectionString) => Official.Tables(connectionString);
}

public sealed class AzureTableTransactions(Azurite azurite) : TableTransactionContract(azurite)
{
    /// <summary>The client escapes each of their characters.</summary>
    private protected override int ChineseRows => 21;

    private protected override ITableStorage Open(string connectionString) => Official.Tables(connectionString);
}

public sealed class AzureBlobs(Azurite azurite) : BlobContract(azurite)
{
    private protected override IBlobStorage Open(string connectionString) => Official.Blobs(connectionString, Official.Quick);

    private protected override IBlobStorage OpenWithShortPages(string connectionString) => Official.Blobs(connectionString, Official.Quick with { BlobPageSize = 3 });

    private protected override Task BreakLeaseAsync(string connectionString, BlobName blob)
    {
        var account = StorageAccount.Parse(connectionString);
        var key = Assert.IsType<StorageAccess.SharedKey>(account.Access);
        var service = new BlobServiceClient(
            account.Blobs, new StorageSharedKeyCredential(key.Account, Convert.ToBase64String(key.Key)), new BlobClientOptions(BlobClientOptions.ServiceVersion.V2021_12_02));
        return service.GetBlobContainerClient(blob.Container).GetBlobClient(blob.Path).GetBlobLeaseClient()
            .BreakAsync(TimeSpan.Zero, cancellationToken: TestContext.Current.CancellationToken);
    }
}
