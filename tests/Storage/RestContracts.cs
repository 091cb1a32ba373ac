using Azure.Core;
using FriendCity.Storage;
using FriendCity.Storage.Rest;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Storage;

/// <summary>Our own adapters, put to the contracts.</summary>
internal static class Rest
{
    public static StorageOptions Quick { get; } = new() { RetryDelay = TimeSpan.FromMilliseconds(5), LongestRetryDelay = TimeSpan.FromMilliseconds(20) };

    public static RestTableStorage Tables(string connectionString, StorageOptions? options = null) =>
        new(StorageAccount.Parse(connectionString), new StorageClock(TimeProvider.System), TimeProvider.System, options ?? Quick);

    public static RestBlobStorage Blobs(string connectionString, StorageOptions? options = null) =>
        new(StorageAccount.Parse(connectionString), new StorageClock(TimeProvider.System), TimeProvider.System, options ?? Quick);

    /// <summary>Ends a lease, whoever holds it.</summary>
    public static async Task<int> BreakLeaseAsync(string connectionString, BlobName blob)
    {
        var wire = StoragePipeline.Blobs(StorageAccount.Parse(connectionString), new StorageClock(TimeProvider.System), TimeProvider.System, Quick);
        using var message = wire.Request(RequestMethod.Put, $"/{blob.Container}/{blob.Path}", ("comp", "lease"));
        message.Request.Headers.SetValue("x-ms-lease-action", "break");
        message.Request.Headers.SetValue("x-ms-lease-break-period", "0");
        return (await wire.SendAsync(message, TestContext.Current.CancellationToken)).Status;
    }
}

public sealed class RestTableRows(Azurite azurite) : TableRowContract(azurite)
{
    private protected override ITableStorage Open(string connectionString) => Rest.Tables(connectionString);
}

public sealed class RestTableQueries(Azurite azurite) : TableQueryContract(azurite)
{
    private protected override ITableStorage Open(string connectionString) => Rest.Tables(connectionString);
}

public sealed class RestTableTransactions(Azurite azurite) : TableTransactionContract(azurite)
{
    private protected override ITableStorage Open(string connectionString) => Rest.Tables(connectionString);
}

public sealed class RestBlobs(Azurite azurite) : BlobContract(azurite)
{
    private protected override IBlobStorage Open(string connectionString) => Rest.Blobs(connectionString);

    private protected override IBlobStorage OpenWithShortPages(string connectionString) => Rest.Blobs(connectionString, Rest.Quick with { BlobPageSize = 3 });

    private protected override async Task BreakLeaseAsync(string connectionString, BlobName blob) => Assert.Equal(202, await Rest.BreakLeaseAsync(connectionString, blob));
}
