using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using FriendCity.Storage;
using FriendCity.Storage.Blobs;
using FriendCity.Storage.Tables;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Contracts;

/// <summary>The product's storage, put to the contracts.</summary>
internal static class StorageClients
{
    public static StorageOptions Quick { get; } = new()
    {
        RetryDelay = TimeSpan.FromMilliseconds(5),
        MaxRetryDelay = TimeSpan.FromMilliseconds(20)
    };

    public static AzureTableStorage Tables(string connectionString, StorageOptions? options = null) =>
        new(StorageAccount.Parse(connectionString), new StorageClock(TimeProvider.System), TimeProvider.System, options ?? Quick);

    public static AzureBlobStorage Blobs(string connectionString, StorageOptions? options = null) =>
        new(StorageAccount.Parse(connectionString), new StorageClock(TimeProvider.System), TimeProvider.System, options ?? Quick);

    /// <summary>Ends a lease, whoever holds it.</summary>
    public static async Task<int> BreakLeaseAsync(string connectionString, BlobName blob)
    {
        var client = new BlobServiceClient(connectionString, new BlobClientOptions(BlobClientOptions.ServiceVersion.V2021_12_02));
        var lease = client.GetBlobContainerClient(blob.Container).GetBlobClient(blob.Path).GetBlobLeaseClient();
        try
        {
            return (await lease.BreakAsync(TimeSpan.Zero, cancellationToken: TestContext.Current.CancellationToken)).GetRawResponse().Status;
        }
        catch (RequestFailedException answer)
        {
            return answer.Status;
        }
    }
}

public sealed class AzureTableRows(Azurite azurite) : TableRowContract(azurite)
{
    private protected override ITableStorage Open(string connectionString) => StorageClients.Tables(connectionString);
}

public sealed class AzureTableQueries(Azurite azurite) : TableQueryContract(azurite)
{
    private protected override ITableStorage Open(string connectionString) => StorageClients.Tables(connectionString);
}

public sealed class AzureTableTransactions(Azurite azurite) : TableTransactionContract(azurite)
{
    private protected override ITableStorage Open(string connectionString) => StorageClients.Tables(connectionString);
}

public sealed class AzureBlobs(Azurite azurite) : BlobContract(azurite)
{
    private protected override IBlobStorage Open(string connectionString) => StorageClients.Blobs(connectionString);

    private protected override IBlobStorage OpenWithShortPages(string connectionString) =>
        StorageClients.Blobs(connectionString, StorageClients.Quick with { BlobPageSize = 3 });

    private protected override async Task BreakLeaseAsync(string connectionString, BlobName blob) =>
        Assert.Equal(202, await StorageClients.BreakLeaseAsync(connectionString, blob));
}
