using FriendCity.Records;

namespace FriendCity.Kpis.Model;

/// <summary>The views of an office, by name, and the one that is meant where none is named. One of them is <c>now</c>.</summary>
internal sealed record KpiPresets(IReadOnlyList<KpiPreset> All, KpiPreset Standard)
{
    public const string NowName = "now";

    /// <summary>What an office has that has set nothing: today in the whole world, by all evidence, against the same day of last year.</summary>
    public static readonly KpiPreset World = new(NowName, null, "world", Provenance.AllScenarios, null);

    /// <summary>Today, as the office sees it.</summary>
    public KpiPreset Now => Find(NowName)!;

    public IEnumerable<string> Names => All.Select(view => view.Name);

    public KpiPreset? Find(string name) => All.FirstOrDefault(view => view.Name == name);
}
