using System.Globalization;
using FriendCity.Access;
using FriendCity.Access.Limits;
using FriendCity.Dashboard;
using FriendCity.Records;
using FriendCity.Records.Replication;
using FriendCity.Records.Schemas;
using FriendCity.Snapshots;
using FriendCity.Snapshots.Contracts;
using Microsoft.Extensions.Configuration.Memory;

namespace FriendCity;

/// <summary>Settings beside storage's own. <c>local.settings.json</c> in the working folder is read as the Functions tools read it.</summary>
internal static class Settings
{
    private const string LocalFile = "local.settings.json";

    private static readonly Dictionary<string, string?> Standard = new() { ["NightlySchedule"] = "0 0 18 * * *" };

    /// <summary>Adds what holds when nothing is set, and the local file's Values, beneath everything else: the environment wins.</summary>
    public static void AddSettings(this ConfigurationManager configuration)
    {
        var local = new ConfigurationBuilder().AddJsonFile(Path.GetFullPath(LocalFile), optional: true).Build().GetSection("Values");
        var values = local.GetChildren().Select(value => KeyValuePair.Create(value.Key, value.Value));
        configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = values });
        configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Standard });
    }

    /// <summary>The office's time zone, setting <c>OfficeTimeZone</c> (IANA name, default Asia/Shanghai).</summary>
    public static TimeZoneInfo OfficeTimeZone(this IConfiguration configuration)
    {
        var name = configuration["OfficeTimeZone"] is { Length: > 0 } given ? given : "Asia/Shanghai";
        return TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
            ? zone : throw new StartUpException($"The setting 'OfficeTimeZone' names no time zone: '{name}'.");
    }

    /// <summary>
    /// How often an instance may ask storage for changes, setting <c>PollsPerSecond</c> (1 to 10,000, default 200), on average over ten minutes.
    /// </summary>
    public static ReplicaOptions ReplicaOptions(this IConfiguration configuration)
    {
        var standard = Records.Replication.ReplicaOptions.Default;
        return standard with { PollsPerSecond = Number(configuration, "PollsPerSecond", standard.PollsPerSecond, 1, 10_000) };
    }

    /// <summary>How often one caller may ask an instance, setting <c>RequestsPerMinute</c> (1 to 10,000,000, default 600,000).</summary>
    public static RateOptions RateOptions(this IConfiguration configuration) => new(
        Number(configuration, "RequestsPerMinute", Access.Limits.RateOptions.Default.RequestsPerMinute, 1, 10_000_000));

    /// <summary>
    /// How long snapshots wait and keep: the setting <c>ChangesKeptDays</c> (1 to 3650, default 90) says it of the change feed's pointers.
    /// <c>FiguresFrom</c> (a day, default none) is where the first snapshot begins with figures of months' ends.
    /// <c>SnapshotMajors</c> (default <c>1,2</c>) are the contracts that snapshots are published under.
    /// <c>SnapshotSettleSeconds</c> (0 to 300, default 30) is no setting for an office: less than 30 is only right where nobody writes
    /// while a snapshot is made, as in a trial that makes hundreds of them.
    /// </summary>
    public static SnapshotOptions SnapshotOptions(this IConfiguration configuration) => Snapshots.SnapshotOptions.Default with
    {
        ChangesKept = TimeSpan.FromDays(Number(configuration, "ChangesKeptDays", 90, 1, 3650)),
        FiguresFrom = Day(configuration, "FiguresFrom"),
        Majors = Majors(configuration),
        Settle = TimeSpan.FromSeconds(Number(configuration, "SnapshotSettleSeconds", 30, 0, 300)),
    };

    /// <summary>
    /// Sign-in with accounts of the organisation (Microsoft Entra ID); null, and only keys are taken, when <c>EntraTenant</c> is not set.
    /// <list type="bullet">
    /// <item><c>EntraTenant</c>: the directory's id, a GUID.</item>
    /// <item><c>EntraAudience</c>: whom tokens must be for, separated by commas. The first is <c>https://HOST</c> as people reach this service:
    /// Power BI asks for a token of exactly that, so it must be the registration's Application ID URI. The second is the registration's own
    /// id (client id), which tokens of version 2.0 name instead.</item>
    /// <item><c>EntraAuthority</c>: the cloud's sign-in service, default <c>https://login.microsoftonline.com</c>; for Azure in China
    /// (21Vianet) <c>https://login.partner.microsoftonline.cn</c>, formerly <c>https://login.chinacloudapi.cn</c>.</item>
    /// <item><c>EntraUserScopes</c>: what a person may do to whom no role is assigned: <c>read</c> (default), more scopes separated by
    /// commas, or <c>none</c>. Roles of the registration are <c>Read</c>, <c>Write</c>, <c>Run</c> and <c>Admin</c>.</item>
    /// </list>
    /// </summary>
    public static EntraOptions? Entra(this IConfiguration configuration)
    {
        string? Given(string name) => configuration[name]?.Trim() is { Length: > 0 } text ? text : null;
        if (Given("EntraTenant") is not { } tenant)
            return Array.Find(["EntraAudience", "EntraAuthority", "EntraUserScopes"], name => Given(name) is not null) is { } lone
                ? throw new StartUpException($"The setting '{lone}' has no effect without 'EntraTenant'.")
                : null;
        if (!Guid.TryParse(tenant, out var id))
            throw new StartUpException($"The setting 'EntraTenant' is the directory's id, a GUID, not '{tenant}'.");
        if (!Uri.TryCreate(Given("EntraAuthority") ?? EntraOptions.PublicCloud, UriKind.Absolute, out var authority)
            || !EntraOptions.IsTrusted(authority) || authority.PathAndQuery != "/")
            throw new StartUpException($"The setting 'EntraAuthority' is an https address without a path, not '{Given("EntraAuthority")}'.");
        var audiences = (Given("EntraAudience") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return audiences.Length > 0 && audiences.All(each => Guid.TryParse(each, out _) || Uri.TryCreate(each, UriKind.Absolute, out _))
            ? new EntraOptions(authority, id, audiences, UserScopes(Given("EntraUserScopes") ?? "read"))
            : throw new StartUpException(
                "The setting 'EntraAudience' names this service as tokens do: https://HOST, and after a comma the registration's id.");
    }

    /// <summary>
    /// The address by which people reach the service, setting <c>PublicAddress</c>: <c>https://HOST</c>, or plain http on this machine. Without it
    /// links name the host that a request names, and files that lead Power BI here are refused, unless the host is this machine.
    /// </summary>
    public static Uri? PublicAddress(this IConfiguration configuration)
    {
        if (configuration[Http.PublicAddress.Setting]?.Trim() is not { Length: > 0 } text)
            return null;
        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.PathAndQuery == "/" && address.Fragment.Length == 0
            && address.UserInfo.Length == 0
            && (address.Scheme == "https" || (address.Scheme == "http" && address.IsLoopback))
            ? address
            : throw new StartUpException($"The setting '{Http.PublicAddress.Setting}' is https://HOST without a path, not '{text}'.");
    }

    /// <summary>
    /// Pages of these origins may call the API from a browser, setting <c>CorsOrigins</c>: <c>https://HOST</c>, several with commas between;
    /// none by default.
    /// </summary>
    public static IReadOnlyList<string> CorsOrigins(this IConfiguration configuration)
    {
        var origins = (configuration["CorsOrigins"] ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return Array.Find(origins, origin => !IsOrigin(origin)) is { } bad
            ? throw new StartUpException(
                $"The setting 'CorsOrigins' lists origins as browsers send them, https://HOST with commas between, not '{bad}'.")
            : origins;
    }

    /// <summary>
    /// Whom the dashboard tells a person without a key to ask, setting <c>KeyContact</c>: <c>OFFICE; MAIL; TELEPHONE</c>; nobody by name when not
    /// set.
    /// </summary>
    public static KeyContact KeyContact(this IConfiguration configuration) => configuration[Dashboard.KeyContact.Setting]?.Trim() switch
    {
        null or "" => Dashboard.KeyContact.None,
        var text => Dashboard.KeyContact.Parse(text) ?? throw new StartUpException(
            $"The setting '{Dashboard.KeyContact.Setting}' is 'OFFICE; MAIL; TELEPHONE' (a part may be empty, not all), not '{text}'."),
    };

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "https" or "http"
            && address.GetLeftPart(UriPartial.Authority) == text;

    private static Scopes UserScopes(string text) => text == "none" ? Scopes.None
        : ScopeNames.TryParse(text, out var scopes) ? scopes
        : throw new StartUpException($"The setting 'EntraUserScopes' is 'none' or some of {ScopeNames.All} with commas between, not '{text}'.");

    private static IReadOnlyList<int> Majors(IConfiguration configuration)
    {
        if (configuration["SnapshotMajors"] is not { Length: > 0 } text)
            return SnapshotMajors.All;
        var words = text.Split(',', StringSplitOptions.TrimEntries);
        IReadOnlyList<int> named = [.. SnapshotMajors.All.Where(major => words.Contains($"{major}"))];
        return named.Count == words.Length
            ? named
            : throw new StartUpException($"The setting 'SnapshotMajors' is one or more of {string.Join(", ", SnapshotMajors.All)}, "
                + $"with a comma between, not '{text}'.");
    }

    private static DateOnly? Day(IConfiguration configuration, string name) =>
        configuration[name] is not { Length: > 0 } text ? null
        : DateFieldType.TryParse(text, out var day) && Days.IsPlausible(day) ? day
        : throw new StartUpException($"The setting '{name}' is a day as yyyy-MM-dd, not '{text}'.");

    private static int Number(IConfiguration configuration, string name, int standard, int least, int most)
    {
        if (configuration[name] is not { Length: > 0 } text)
            return standard;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new StartUpException($"The setting '{name}' is a whole number from {least} to {most}, not '{text}'.");
    }
}
