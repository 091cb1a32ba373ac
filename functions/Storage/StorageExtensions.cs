using Azure.Identity;
using FriendCity.Storage.Blobs;
using FriendCity.Storage.Tables;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FriendCity.Storage;

internal static class StorageExtensions
{
    /// <summary>The key of the blobs that snapshots are written to, and the setting that names their account.</summary>
    public const string Snapshots = "Snapshots";

    private const string Records = "AzureWebJobsStorage";

    /// <summary>
    /// Both ports and the storage clock, over the account the setting AzureWebJobsStorage names; the blobs keyed
    /// <see cref="Snapshots"/> are those of the account that setting names, or the same ones; their account has that key, too.
    /// </summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        var account = Account(configuration);
        var snapshots = SnapshotAccount(configuration);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(StorageOptions.Default);
        services.TryAddSingleton<StorageClock>();
        services.AddKeyedSingleton(Snapshots, snapshots ?? account);
        services.AddKeyedSingleton(Snapshots, (provider, _) => snapshots is null
            ? provider.GetRequiredService<IBlobStorage>() : ActivatorUtilities.CreateInstance<AzureBlobStorage>(provider, snapshots));
        return services.AddSingleton(account).AddSingleton<ITableStorage, AzureTableStorage>().AddSingleton<IBlobStorage, AzureBlobStorage>();
    }

    /// <summary>A connection string, or the Functions host's settings for a managed identity.</summary>
    public static StorageAccount Account(IConfiguration configuration) => configuration[Records] is { Length: > 0 } connection
        ? StorageAccount.Parse(connection)
        : StorageAccount.ForIdentity(Required(configuration, "table"), Required(configuration, "blob"), Credential(configuration, Records));

    /// <summary>The same forms for the setting Snapshots; null when it is not there. That account needs no tables.</summary>
    private static StorageAccount? SnapshotAccount(IConfiguration configuration)
    {
        if (configuration[Snapshots] is { Length: > 0 } connection)
            return StorageAccount.Parse(connection);
        return Service(configuration, Snapshots, "blob") is { } blobs
            ? StorageAccount.ForIdentity(blobs, blobs, Credential(configuration, Snapshots)) : null;
    }

    private static Uri Required(IConfiguration configuration, string service) => Service(configuration, Records, service)
        ?? throw new FormatException(
            $"Storage is not configured: set {Records} to a connection string, or {Records}__accountName, or {Records}__{service}ServiceUri.");

    private static Uri? Service(IConfiguration configuration, string setting, string service) =>
        Part(configuration, setting, service + "ServiceUri") is { } address ? Address(address, setting, service)
            : Part(configuration, setting, "accountName") is { } name ? Address($"https://{name}.{service}.core.windows.net", setting, service)
            : null;

    private static DefaultAzureCredential Credential(IConfiguration configuration, string setting)
    {
        var options = new DefaultAzureCredentialOptions();
        if (Part(configuration, setting, "clientId") is { } clientId)
            options.ManagedIdentityClientId = clientId;
        return new DefaultAzureCredential(options);
    }

    // Environment variables write the colon as two underscores; local.settings.json keeps the underscores.
    private static string? Part(IConfiguration configuration, string setting, string name) =>
        (configuration[$"{setting}:{name}"] ?? configuration[$"{setting}__{name}"]) is { Length: > 0 } value ? value : null;

    // A bearer token must not travel in the clear.
    private static Uri Address(string text, string setting, string service) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme == "https" && uri.Query.Length == 0
            ? uri
            : throw new FormatException($"The settings of {setting} give no https address for the {service} service.");
}
