using FriendCity.Kpis.Model;
using FriendCity.Records;

namespace FriendCity.Snapshots;

/// <summary>
/// A day as tables are made of it: the records, and each view's question. What tables of the same day share is worked out once; a day is
/// for one thread.
/// </summary>
internal sealed class SnapshotDay(RegistrySnapshot registry, DateOnly date, IReadOnlyList<KpiPreset> views)
{
    private readonly Dictionary<string, KpiContext?> _asked = [];

    public RegistrySnapshot Registry => registry;

    public DateOnly Date => date;

    public IReadOnlyList<KpiPreset> Views => views;

    /// <summary>What figures and alerts of a view are a function of on this day; null when its scope does not exist.</summary>
    public KpiContext? Ask(KpiPreset named)
    {
        if (!_asked.TryGetValue(named.Name, out var context))
            _asked[named.Name] = context = named.On(registry, date);
        return context;
    }

    /// <summary>Another day of the same records, which shares what does not depend on the day.</summary>
    public SnapshotDay On(DateOnly other)
    {
        var day = new SnapshotDay(registry, other, views);
        foreach (var named in views)
            day._asked[named.Name] = Ask(named)?.On(named.AsOfOn(other), named.BaselineOf(named.AsOfOn(other)));
        return day;
    }
}
