using FriendCity.Kpis.Facts;
using FriendCity.Kpis.Model;
using FriendCity.Registry;

namespace FriendCity.Kpis.Definitions;

/// <summary>The circle of friends: how many cities and countries, how complete, how grown, at which stage, what is missing.</summary>
internal static class TieKpis
{
    public static readonly Kpi Cities = new("K03", new("SCO circle cities", "上合朋友圈城市数"),
        new("Distinct cities at intention or above whose country is in scope", "阶段为意向及以上、所属国家在统计范围内的城市数（去重）"), "cities", "scope", Better.Higher,
        "P0,P2", 1, ["relationships", "cities"],
        CityRelationship.Explained(context => [Counted(CityRelationship.On(context, context.AsOf))]));

    public static readonly Kpi Countries = new("K04", new("SCO circle countries", "上合朋友圈国家数"),
        new("Distinct countries of those cities", "上述城市所属国家数（去重）"), "countries", "scope", Better.Higher, "P0,P2", 1, ["relationships", "cities"],
        CityRelationship.Explained(context =>
        {
            var ties = CityRelationship.On(context, context.AsOf);
            return [Counted(ties) with { Value = CountryCount(ties), Items = CityRelationship.Countries(ties) }];
        }));

    public static readonly Kpi Coverage = new("K05", new("Country coverage, broad and formal", "国家覆盖率（广义/正式）"),
        new("Countries with a tie / countries in scope; formal: friendly cooperation and friend cities only", "有友好关系的国家数 / 范围内国家数；正式口径仅计友好合作城市与友好城市"),
        "ratio", "tie", Better.Higher, "P6", 1, ["relationships", "cities"],
        CityRelationship.Explained(context => BothTies(CityRelationship.On(context, context.AsOf), (ties, _) => Figure.Ratio(
            CountryCount(ties), context.Countries.Count, Rows(ties), new("No country is in scope on that day.", "该日统计范围内没有国家。"))
            .RestingOn(Inputs.Cities(ties)))));

    public static readonly Kpi Growth = new("K06", new("Growth against the baseline", "较基线增幅"),
        new("(cities on the day − cities on the baseline) / cities on the baseline", "（当日城市数 − 基线日城市数）/ 基线日城市数"), "ratio", "tie", Better.Higher, "P2",
        1, ["relationships", "cities"],
        CityRelationship.Explained(context =>
        {
            var before = CityRelationship.On(context, context.Baseline);
            return BothTies(CityRelationship.On(context, context.AsOf), (ties, formal) =>
            {
                var baseline = before.Count(tie => !formal || tie.IsFormal);
                return Figure.Ratio(ties.Count - baseline, baseline, Rows(ties), new("There was no city on the baseline.", "基线日没有城市。"))
                    .RestingOn([.. Inputs.Cities(ties), .. Inputs.Ties(Left(before, ties, formal))]);
            });
        }));

    public static readonly Kpi Funnel = new("K07", new("Stage funnel", "阶段漏斗"),
        new("Cities by their stage on the day", "按当日所处阶段统计的城市数"), "cities", "stage", Better.Neutral, "P2", 1, ["relationships", "cities"],
        CityRelationship.Explained(context =>
        {
            var ties = CityRelationship.On(context, context.AsOf).ToLookup(tie => tie.Stage.Stage);
            return new[] { StageEvent.Intention, StageEvent.FriendlyCooperation, StageEvent.FriendCity }.Select(stage => Counted([.. ties[stage]])
                .By("stage", stage));
        }));

    public static readonly Kpi ByCountry = new("cities-by-country", new("Cities by country and stage", "各国各阶段城市数"),
        new("Cities by their country and their stage on the day", "按国家与当日所处阶段统计的城市数"), "cities", "country", Better.Neutral, "P6", 1,
        ["relationships", "cities"],
        CityRelationship.Explained(context => CityRelationship.On(context, context.AsOf)
            .GroupBy(tie => (Country: tie.City.CountryId, tie.Stage.Stage))
            .OrderBy(ties => ties.Key.Country, StringComparer.Ordinal).ThenBy(ties => ties.Key.Stage, StringComparer.Ordinal)
            .Select(ties => Counted([.. ties]).As(ties.Key.Stage).By("country", ties.Key.Country))));

    public static readonly Kpi Gaps = new("K11", new("Coverage gaps", "覆盖缺口国家"),
        new("Countries in scope without any city of the circle", "范围内尚无朋友圈城市的国家"), "countries", "scope", Better.Lower, "P6", 1,
        ["relationships", "cities"],
        CityRelationship.Explained(context =>
        {
            var ties = CityRelationship.On(context, context.AsOf);
            var covered = ties.Select(tie => tie.City.CountryId).ToHashSet();
            var gaps = context.Countries.Values.Where(country => !covered.Contains(country.Id)).OrderBy(country => country.Id, StringComparer.Ordinal)
                .ToList();
            return
            [
                new Figure(gaps.Count, [.. gaps.Select(country => new FigureRow("countries", country, country.Source, ["scoStatus"]))])
                {
                    Items = [.. gaps.Select(country => country.Id)],
                    Scope = [.. context.ScopeRows.Where(row => row.Record is not Country country || covered.Contains(country.Id))],
                }.RestingOn(Inputs.Ties(ties)),
            ];
        }),
        Scoped: false);

    /// <summary>Broad and formal are always shown together.</summary>
    private static IEnumerable<Figure> BothTies(IReadOnlyList<CityRelationship> ties, Func<IReadOnlyList<CityRelationship>, bool, Figure> figure) =>
    [
        figure(ties, false).By("tie", "broad"),
        figure([.. ties.Where(tie => tie.IsFormal)], true).By("tie", "formal"),
    ];

    /// <summary>The ties of the baseline whose records are not among those of the day.</summary>
    private static List<CityRelationship> Left(IReadOnlyList<CityRelationship> before, IReadOnlyList<CityRelationship> now, bool formal)
    {
        var told = now.Select(tie => tie.Relationship).ToHashSet();
        return [.. before.Where(tie => (!formal || tie.IsFormal) && !told.Contains(tie.Relationship))];
    }

    private static Figure Counted(IReadOnlyList<CityRelationship> ties) => Figure.Count(Rows(ties)).RestingOn(Inputs.Cities(ties));

    private static int CountryCount(IEnumerable<CityRelationship> ties) => ties.Select(tie => tie.City.CountryId).Distinct().Count();

    private static IReadOnlyList<FigureRow> Rows(IEnumerable<CityRelationship> ties) => [.. ties.Select(tie => tie.Row)];
}
