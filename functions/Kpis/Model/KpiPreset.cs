using FriendCity.Records;

namespace FriendCity.Kpis.Model;

/// <summary>A named choice of date, scope, evidence and baseline. A null date is the office's today.</summary>
internal sealed record KpiPreset(string Name, DateOnly? AsOf, string ScopeId, IReadOnlyList<string> Scenarios, DateOnly Baseline)
{
    /// <summary>The SCO summit in Qingdao, against which growth is told.</summary>
    private static readonly DateOnly Summit = new(2018, 6, 9);

    /// <summary>The article's own figures.</summary>
    public static readonly KpiPreset Article = new("article", new DateOnly(2024, 3, 25), "SCO17_ARTICLE", ["ARTICLE"], Summit);

    /// <summary>Today, with everything known.</summary>
    public static readonly KpiPreset Now = new("now", null, "SCO_LIVE", Provenance.AllScenarios, Summit);

    public static readonly IReadOnlyList<KpiPreset> All = [Article, Now];

    public static KpiPreset? Find(string name) => All.FirstOrDefault(view => view.Name == name);
}
