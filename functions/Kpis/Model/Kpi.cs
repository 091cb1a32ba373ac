using FriendCity.Messages;

namespace FriendCity.Kpis.Model;

/// <summary>Which way a figure should move.</summary>
internal enum Better
{
    Higher,
    Lower,

    /// <summary>A record or a picture that is neither good nor bad.</summary>
    Neutral,
}

/// <summary>A definition: what a KPI is called and how it is computed. Changing the computation raises <paramref name="Version"/>.</summary>
/// <param name="Id">K and two digits, such as <c>K15</c>; of a panel's count its words, such as <c>activities-by-month</c>.</param>
/// <param name="Unit">What is counted, such as <c>cities</c>; <c>ratio</c> is a fraction (2.25 = 225 %).</param>
/// <param name="Grain">What it is told for, separated by commas: <c>scope</c> is the whole, the others are dimensions.</param>
/// <param name="Paragraph">Where the article speaks of it: P and the number of the paragraph.</param>
/// <param name="Inputs">The record types it reads; every KPI also reads <c>scopes</c> and <c>countries</c>.</param>
/// <param name="Scoped">Whether its figures rest on the scope with all its countries; without, the computation says itself what they rest on.</param>
internal sealed record Kpi(
    string Id, Text Name, Text Formula, string Unit, string Grain, Better Better, string Paragraph, int Version, IReadOnlyList<string> Inputs,
    Func<KpiContext, IEnumerable<Figure>> Compute,
    bool Scoped = true)
{
    public Func<KpiContext, IEnumerable<Figure>> Compute { get; } = Scoped ? context =>
        Compute(context).Select(figure => figure with { Scope = context.ScopeRows }) : Compute;

    /// <summary>One figure for each combination of dimension and measure; computed once for a context.</summary>
    public IReadOnlyList<Figure> Figures(KpiContext context) => context.Once(Id, context.AsOf, () => Compute(context).ToList());

    public IEnumerable<KpiValue> Values(KpiContext context) => Figures(context).Select(figure => new KpiValue(this, figure));
}
