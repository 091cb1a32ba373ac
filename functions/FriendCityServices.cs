using FriendCity.Access;
using FriendCity.Access.Keys;
using FriendCity.Access.Limits;
using FriendCity.Agents;
using FriendCity.ExportApi;
using FriendCity.Http;
using FriendCity.Http.Middleware;
using FriendCity.Idempotency;
using FriendCity.ImportApi;
using FriendCity.Kpis.Alerts;
using FriendCity.Kpis.Api;
using FriendCity.OpenApi;
using FriendCity.PowerBi;
using FriendCity.Records.Formats.Xlsx;
using FriendCity.Records.Import;
using FriendCity.Records.Persistence;
using FriendCity.Records.Replication;
using FriendCity.RecordsApi;
using FriendCity.RecordsApi.Changes;
using FriendCity.RecordsApi.Exports;
using FriendCity.RecordsApi.Files;
using FriendCity.RecordsApi.Lists;
using FriendCity.RecordsApi.Writes;
using FriendCity.Registry;
using FriendCity.Snapshots;
using FriendCity.Snapshots.Publishing;
using FriendCity.Storage;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FriendCity;

/// <summary>What the application is made of.</summary>
internal static class FriendCityServices
{
    /// <exception cref="StartUpException">A setting is missing or malformed.</exception>
    public static IServiceCollection AddFriendCity(this IServiceCollection services, IConfiguration configuration) => services
        .AddAccounts(configuration)
        .AddCompression()
        .AddSingleton(new PublicAddress(configuration.PublicAddress()))
        .AddSingleton(new CrossOrigin(configuration.CorsOrigins()))
        .AddSingleton(configuration.KeyContact())
        .AddRecords(configuration.ReplicaOptions(), new(configuration.SnapshotOptions().ChangesKept))
        .AddPowerBi()
        .AddSingleton<AgentTools>()
        .AddSingleton<ApiDocument>()
        .AddAccess(configuration.Entra(), configuration.RateOptions())
        .AddFigures(configuration)
        .AddSnapshots(configuration.SnapshotOptions())
        .AddImports()
        .AddExports();

    private static IServiceCollection AddAccounts(this IServiceCollection services, IConfiguration configuration)
    {
        try
        {
            return services.AddStorage(configuration);
        }
        catch (FormatException fault)
        {
            throw new StartUpException(fault.Message);
        }
    }

    private static IServiceCollection AddRecords(this IServiceCollection services, ReplicaOptions replica, ChangeRetention changes)
    {
        services.TryAddSingleton(RegistryTypes.All);
        services.TryAddSingleton(IdempotencyOptions.Default);
        services.TryAddSingleton(new XlsxLimits());
        return services
            .AddSingleton<Quarantine>()
            .AddSingleton<QuarantineReview>()
            .AddSingleton<ChangeFeed>()
            .AddSingleton<WriteWatch>()
            .AddSingleton<RecordStore>()
            .AddSingleton(replica)
            .AddSingleton<ReplicaLoader>()
            .AddSingleton<Replica>()
            .AddSingleton<ChangePurge>()
            .AddHostedService<ReplicaWarmUp>()
            .AddSingleton<PastRecords>()
            .AddSingleton<Importer>()
            .AddSingleton<RegistryReader>()
            .AddSingleton<CursorKey>()
            .AddSingleton<RecordFiles>()
            .AddSingleton<RecordReads>()
            .AddSingleton<KeyedRequests>()
            .AddSingleton<RecordWriter>()
            .AddSingleton<RecordWrites>()
            .AddSingleton<EntryWrites>()
            .AddSingleton(changes)
            .AddSingleton<ChangeReads>()
            .AddSingleton<Attachments>()
            .AddSingleton<Unmatched>()
            .AddSingleton(provider => new Lazy<Replica>(provider.GetRequiredService<Replica>));
    }

    private static IServiceCollection AddAccess(this IServiceCollection services, EntraOptions? entra, RateOptions rate)
    {
        services.TryAddSingleton(SignInOptions.Default);
        return services
            .AddSingleton<KeyUsage>()
            .AddSingleton<AccessKeys>()
            .AddSingleton(rate)
            .AddSingleton<RateLimits>()
            .AddSingleton<SignInRefusals>()
            .AddSingleton(provider => new Authenticator(
                provider.GetRequiredService<AccessKeys>(), entra, provider.GetRequiredService<TimeProvider>(), Log<EntraTokens>(provider)));
    }

    private static IServiceCollection AddFigures(this IServiceCollection services, IConfiguration configuration) =>
        services.AddFigures(configuration, configuration.OfficeTimeZone());

    private static IServiceCollection AddFigures(this IServiceCollection services, IConfiguration configuration, TimeZoneInfo zone) => services
        .AddSingleton(configuration.Views())
        .AddSingleton(provider => new OfficeCalendar(
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<StorageClock>(), zone))
        .AddSingleton<HeavyWork>()
        .AddSingleton<KpiReads>()
        .AddSingleton<KpiRows>()
        .AddSingleton<KpiCompare>()
        .AddSingleton<ServiceNotices>(provider => provider.GetRequiredService<SnapshotNotices>().ReadAsync);

    private static ILogger<T> Log<T>(IServiceProvider provider) => provider.GetRequiredService<ILogger<T>>();
}
