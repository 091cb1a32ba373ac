using System.Globalization;
using FriendCity.Kpis;
using FriendCity.Snapshots;
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
        configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = local.GetChildren().Select(value => KeyValuePair.Create(value.Key, value.Value)) });
        configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Standard });
    }

    /// <summary>The office's time zone, setting <c>OfficeTimeZone</c> (IANA name, default Asia/Shanghai).</summary>
    public static TimeZoneInfo OfficeTimeZone(this IConfiguration configuration)
    {
        var name = configuration["OfficeTimeZone"] is { Length: > 0 } given ? given : "Asia/Shanghai";
        return TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : throw new StartUpException($"The setting 'OfficeTimeZone' names no time zone: '{name}'.");
    }

    /// <summary>The view that figures use when a request names none, setting <c>DefaultView</c>.</summary>
    public static KpiView DefaultView(this IConfiguration configuration) => configuration["DefaultView"] switch
    {
        null or "" => KpiView.Now,
        var name => KpiView.Find(name) ?? throw new StartUpException($"The setting 'DefaultView' is one of {string.Join(", ", KpiView.All.Select(view => view.Name))}, not '{name}'."),
    };

    /// <summary>
    /// How long snapshots wait and keep: the setting <c>ChangesKeptDays</c> (1 to 3650, default 90) says it of the change feed's pointers.
    /// <c>SnapshotSettleSeconds</c> (0 to 300, default 30) is no setting for an office: less than 30 is only right where nobody writes
    /// while a snapshot is made, as in a trial that makes hundreds of them.
    /// </summary>
    public static SnapshotOptions SnapshotOptions(this IConfiguration configuration) => Snapshots.SnapshotOptions.Default with
    {
        ChangesKept = TimeSpan.FromDays(Number(configuration, "ChangesKeptDays", 90, 1, 3650)),
        Settle = TimeSpan.FromSeconds(Number(configuration, "SnapshotSettleSeconds", 30, 0, 300)),
    };

    private static int Number(IConfiguration configuration, string name, int standard, int least, int most)
    {
        if (configuration[name] is not { Length: > 0 } text)
            return standard;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new StartUpException($"The setting '{name}' is a whole number from {least} to {most}, not '{text}'.");
    }
}
