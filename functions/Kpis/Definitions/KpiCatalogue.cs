using FriendCity.Kpis.Model;

namespace FriendCity.Kpis.Definitions;

/// <summary>All KPIs, in the order of their ids.</summary>
internal static class KpiCatalogue
{
    public static readonly IReadOnlyList<Kpi> All =
    [
        GlobalKpis.Cities,
        GlobalKpis.Countries,
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
        VisitKpis.Visits,
        ProjectKpis.Signed,
        ProjectKpis.Pipeline,
        DeliveryKpis.SignedShare,
        DeliveryKpis.Live,
        CentreKpis.Stalled,
        NetworkKpis.Broad,
        NetworkKpis.Formal,
        NetworkKpis.Blank,
        ConnectionKpis.Routes,
        CentreKpis.Support,
        MechanismKpis.Regularity,
        MechanismKpis.Frame,
        DeliveryKpis.Embedding,
        PlatformKpis.Elements,
        PlatformKpis.ThisYear,
        DepthKpis.Breadth,
        DeliveryKpis.Strategies,
        MatchKpis.Match,
        DeliveryKpis.Policies,
        DepthKpis.EntryPoints,
        ActivityKpis.Donations,
        ActivityKpis.EnvoyLinks,
        VisitKpis.Promotions,
        ConnectionKpis.Channels,
        AgreementKpis.Due,
        QualityKpis.Quality,
        TargetKpis.Attainment,
        DirectiveKpis.Closure,
        GlobalKpis.Difference,
        TradeKpis.Trade,
        DepthKpis.Depth,
    ];

    /// <summary>What panels of the dashboard count besides: asked for by their ids, in no list of figures and in no snapshot.</summary>
    public static readonly IReadOnlyList<Kpi> Panels =
        [ActivityKpis.ByMonth, NetworkKpis.ByDirection, TieKpis.ByCountry, ProjectKpis.ByStatus, ProjectKpis.BySector];

    public static Kpi? Find(string id) => All.Concat(Panels).FirstOrDefault(kpi => kpi.Id == id);

    public static IEnumerable<KpiValue> Values(KpiContext context) => All.SelectMany(kpi => kpi.Values(context));
}
