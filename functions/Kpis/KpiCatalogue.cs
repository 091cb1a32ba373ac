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
        IntentionKpis.Conversion,
        IntentionKpis.Days,
        IntentionKpis.Stale,
        TieKpis.Gaps,
        DormancyKpis.Activities,
        DormancyKpis.Dormant,
        ProjectKpis.Signed,
        ProjectKpis.Pipeline,
        DeliveryKpis.SignedShare,
        DeliveryKpis.Live,
        NetworkKpis.Broad,
        NetworkKpis.Formal,
        NetworkKpis.Blank,
        DeliveryKpis.Embedding,
        DeliveryKpis.Strategies,
        DeliveryKpis.Policies,
        ActivityKpis.Donations,
        ActivityKpis.EnvoyLinks,
        WorldKpis.Difference,
    ];

    public static IEnumerable<KpiValue> Values(KpiContext context) => All.SelectMany(kpi => kpi.Values(context));
}
