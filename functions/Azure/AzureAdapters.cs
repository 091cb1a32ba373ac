using FriendCity.Storage.Official;

namespace FriendCity.Storage;

internal static class StorageAdapters
{
    /// <summary>The adapters over the official clients, in place of our own.</summary>
    public static IServiceCollection AddAdapters(this IServiceCollection services) =>
        services.AddSingleton<ITableStorage, AzureTableStorage>().AddSingleton<IBlobStorage, AzureBlobStorage>();

    /// <summary>The blobs of another account.</summary>
    public static IBlobStorage Blobs(IServiceProvider provider, StorageAccount account) => ActivatorUtilities.CreateInstance<AzureBlobStorage>(provider, account);
}
