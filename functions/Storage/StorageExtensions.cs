using Azure.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FriendCity.Storage;

internal static class StorageExtensions
{
    private const string Setting = "AzureWebJobsStorage";

    /// <summary>Both ports and the storage clock, over the account the setting AzureWebJobsStorage names.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        var account = Account(configuration);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(StorageOptions.Default);
        services.TryAddSingleton<StorageClock>();
        return services.AddSingleton(account).AddAdapters();
    }

    /// <summary>A connection string, or the Functions host's settings for a managed identity.</summary>
    public static StorageAccount Account(IConfiguration configuration)
    {
        if (configuration[Setting] is { Length: > 0 } connection)
            return StorageAccount.Parse(connection);
        var options = new DefaultAzureCredentialOptions();
        if (Part("clientId") is { } clientId)
            options.ManagedIdentityClientId = clientId;
        return StorageAccount.ForIdentity(Service("table"), Service("blob"), new DefaultAzureCredential(options));

        Uri Service(string service) => Part(service + "ServiceUri") is { } address ? Address(address, service)
            : Part("accountName") is { } name ? Address($"https://{name}.{service}.core.windows.net", service)
            : throw new FormatException($"Storage is not configured: set {Setting} to a connection string, or {Setting}__accountName, or {Setting}__{service}ServiceUri.");

        // Environment variables write the colon as two underscores; local.settings.json keeps the underscores.
        string? Part(string name) =>
            (configuration[$"{Setting}:{name}"] ?? configuration[$"{Setting}__{name}"]) is { Length: > 0 } value ? value : null;
    }

    // A bearer token must not travel in the clear.
    private static Uri Address(string text, string service) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme == "https" && uri.Query.Length == 0
            ? uri
            : throw new FormatException($"The settings of {Setting} give no https address for the {service} service.");
}
