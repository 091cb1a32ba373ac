using FriendCity.Kpis.Model;
using FriendCity.Messages;

namespace FriendCity.Kpis.Alerts;

/// <summary>How soon somebody should look: the most urgent first.</summary>
internal enum Severity
{
    Critical,
    Warning,
    Info,
}

/// <summary>Something that somebody should look at, and the records it is about.</summary>
/// <param name="Since">Since when it is so; null where the records do not say.</param>
internal sealed record Alert(Severity Severity, DateOnly? Since, Text Message, IReadOnlyList<FigureRow> Rows);

/// <summary>A kind of alert: a pure function of what figures are a function of, resting on the same definitions.</summary>
/// <param name="Code">Stable on the wire.</param>
/// <param name="Kpi">The figure it belongs to; null where there is none.</param>
internal sealed record AlertRule(string Code, string? Kpi, Text Title, Func<KpiContext, IEnumerable<Alert>> Find);
