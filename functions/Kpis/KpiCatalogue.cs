namespace FriendCity.Kpis;

/// <summary>All KPIs, in the order of their ids.</summary>
internal static class KpiCatalogue
{
    public static readonly IReadOnlyList<Kpi> All =
    [
        WorldKpis.Cities,
        WorldKpis.Countries,
        TieKpis.Cities,
        TieKpis.Countries,
        TieKpis.Coverage,
        TieKpis.Growth,
        TieKpis.Funnel,
        IntentionKpis.Stale,
        TieKpis.Gaps,
        DormancyKpis.Dormant,
        ProjectKpis.Signed,
        ProjectKpis.Pipeline,
        NetworkKpis.Broad,
        NetworkKpis.Formal,
        NetworkKpis.Blank,
        ActivityKpis.Donations,
        ActivityKpis.EnvoyLinks,
    ];

    public static IEnumerable<KpiValue> Values(KpiContext context) => All.SelectMany(kpi => kpi.Values(context));
}
