using FriendCity.Kpis.Model;
using FriendCity.Records;

namespace FriendCity.Kpis.Alerts;

/// <summary>All kinds of alerts, and what they find, the most urgent and the longest standing first.</summary>
internal static class AlertRules
{
    public static readonly IReadOnlyList<AlertRule> All =
    [
        TieAlerts.Dormant,
        TieAlerts.Stale,
        TieAlerts.Gap,
        TieAlerts.Hub,
        TieAlerts.Route,
        WorkAlerts.Stalled,
        WorkAlerts.Centre,
        WorkAlerts.Mechanism,
        WorkAlerts.Agreement,
        WorkAlerts.Target,
        DataAlerts.Reported,
        DataAlerts.Dangling,
        DataAlerts.Implausible,
        DataAlerts.Future,
        RecordAlerts.Duplicate,
        RecordAlerts.Code,
        DataAlerts.Quality,
    ];

    public static IReadOnlyList<(AlertRule Rule, Alert Alert)> Find(KpiContext context, IEnumerable<AlertRule> rules) =>
        [.. rules.SelectMany(rule => rule.Find(context).Select(alert => (Rule: rule, Alert: alert)))
            .OrderBy(each => each.Alert.Severity).ThenBy(each => each.Rule.Code, StringComparer.Ordinal)
            .ThenBy(each => each.Alert.Since ?? DateOnly.MaxValue)
                .ThenBy(each => each.Alert.Rows.Count > 0 ? each.Alert.Rows[0].Record.Id : "", StringComparer.Ordinal)];

    /// <summary>A day as sentences in both languages write it.</summary>
    public static string Day(DateOnly day) => day.Iso();
}
