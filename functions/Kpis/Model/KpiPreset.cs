using FriendCity.Records;

namespace FriendCity.Kpis.Model;

/// <summary>A named choice of date, scope, evidence and baseline.</summary>
/// <param name="AsOf">The day its figures are true for; null: the office's today.</param>
/// <param name="ScopeId">One of the records, or a word as <see cref="KpiScopes"/> takes it.</param>
/// <param name="Baseline">The day growth is told against; null: a year before the figures' day.</param>
internal sealed record KpiPreset(string Name, DateOnly? AsOf, string ScopeId, IReadOnlyList<string> Scenarios, DateOnly? Baseline)
{
    /// <summary>The day it is about on a day: its own, but never one that is still to come.</summary>
    public DateOnly AsOfOn(DateOnly day) => AsOf is { } own && own < day ? own : day;

    public DateOnly BaselineOf(DateOnly asOf) => Baseline ?? asOf.PlusYears(-1);

    /// <summary>What its figures are a function of on a day; null when its scope does not exist.</summary>
    public KpiContext? On(RegistrySnapshot registry, DateOnly day) => KpiScopes.Find(registry, ScopeId, Scenarios) is { } scope
        ? new KpiContext(registry, AsOfOn(day), scope, Scenarios, BaselineOf(AsOfOn(day)))
        : null;
}
