using FriendCity.Storage.Rest;

namespace FriendCity.Storage;

internal static class StorageAdapters
{
    /// <summary>Our own adapters. The flavour on the official packages has a method of this name in place of it.</summary>
    public static IServiceCollection AddAdapters(this IServiceCollection services) =>
        services.AddSingleton<ITableStorage, RestTableStorage>().AddSingleton<IBlobStorage, RestBlobStorage>();

    /// <summary>The blobs of another account.</summary>
    public static IBlobStorage Blobs(IServiceProvider provider, StorageAccount account) => ActivatorUtilities.CreateInstance<RestBlobStorage>(provider, account);
}
