using System.Globalization;
using FriendCity.Kpis;
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

    /// <summary>How many days the change feed keeps its pointers, setting <c>ChangesKeptDays</c> (1 to 3650, default 90).</summary>
    public static TimeSpan ChangesKept(this IConfiguration configuration)
    {
        var text = configuration["ChangesKeptDays"] is { Length: > 0 } given ? given : "90";
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= 3650
            ? TimeSpan.FromDays(days)
            : throw new StartUpException($"The setting 'ChangesKeptDays' is a whole number from 1 to 3650, not '{text}'.");
    }
}
