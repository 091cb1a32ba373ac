using FriendCity.Kpis.Facts;
using FriendCity.Kpis.Model;
using FriendCity.Registry;

namespace FriendCity.Kpis.Definitions;

/// <summary>
/// The office's formal ties all over the world, whatever the scope: what the registry holds beside what was published. Published
/// figures are never fed into counts; the difference is a figure of its own.
/// </summary>
internal static class GlobalKpis
{
    public static readonly Kpi Cities = new("K01", new("Formal friend cities worldwide", "全球正式友城数"),
        new("Distinct cities at friendly cooperation or friend city, anywhere: as computed from the registry, and as last published",
            "全球范围内友好合作及友好城市数（去重）：按登记计算及最近公布数"), "cities", "basis", Better.Higher, "P6", 1, ["relationships", "cities", "reported-figures"],
        context => Both(context, "FORMAL_CITIES", CityCount), Scoped: false);

    public static readonly Kpi Countries = new("K02", new("Countries with a formal tie", "全球友城国家数"),
        new("Distinct countries of those cities, computed and published; the two kinds of tie are never added up",
            "上述城市所属国家数（去重，两类关系不相加）：按登记计算及最近公布数"), "countries", "basis", Better.Higher, "P6", 1, ["relationships", "cities", "reported-figures"],
        context => Both(context, "FORMAL_COUNTRIES", CountryCount), Scoped: false);

    public static readonly Kpi Difference = new("K43", new("Reported minus computed", "上报与计算差异"),
        new("The last published count − the count of the registry's rows", "最近公布数 − 登记计算数"), "cities", "of", Better.Neutral, "P6", 1,
        ["reported-figures", "relationships", "cities"],
        context => [Less(context, "FORMAL_CITIES", CityCount).By("of", "cities"), Less(context, "FORMAL_COUNTRIES", CountryCount)
            .By("of", "countries") with { Unit = "countries" }], Scoped: false);

    private static IEnumerable<Figure> Both(KpiContext context, string indicator, Func<IReadOnlyList<CityRelationship>, int> count)
    {
        yield return Computed(context, count).By("basis", "computed");
        yield return Reported(context, indicator).By("basis", "reported");
    }

    private static Figure Less(KpiContext context, string indicator, Func<IReadOnlyList<CityRelationship>, int> count)
    {
        var (reported, computed) = (Reported(context, indicator), Computed(context, count));
        return new Figure(reported.Value - computed.Value,
            [.. reported.Rows, .. computed.Rows.Select(row => row with { Amount = -1 })])
        { Reason = reported.Reason, Places = computed.Places };
    }

    private static Figure Computed(KpiContext context, Func<IReadOnlyList<CityRelationship>, int> count)
    {
        var formal = CityRelationship.Anywhere(context, context.AsOf).Where(tie => tie.IsFormal).ToList();
        return CityRelationship.Explained(
            _ => [new Figure(count(formal), [.. formal.Select(tie => tie.Row)]) { Items = count == CountryCount
            ? CityRelationship.Countries(formal) : null }.RestingOn(Inputs.Cities(formal))])(context).Single();
    }

    /// <summary>The newest published figure up to the day.</summary>
    private static Figure Reported(KpiContext context, string indicator) =>
        context.Of(ReportedFigure.Type).Where(figure => figure.Indicator == indicator && figure.Date <= context.AsOf)
            .MaxBy(figure => figure.Date) is { } reported
            ? new Figure((double?)reported.Value,
                [new FigureRow("reported-figures", reported, reported.Source, ["indicator", "date", "value"]) { Amount = (double?)reported.Value
                ?? 0 }])
            : new Figure(null, []) { Reason = new("Nothing was published up to that day.", "截至该日没有公布数据。") };

    private static int CityCount(IReadOnlyList<CityRelationship> ties) => ties.Count;

    private static int CountryCount(IReadOnlyList<CityRelationship> ties) => ties.Select(tie => tie.City.CountryId).Distinct().Count();
}
