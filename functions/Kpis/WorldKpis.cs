namespace FriendCity.Kpis;

/// <summary>The office's formal ties all over the world, whatever the scope.</summary>
internal static class WorldKpis
{
    public static readonly Kpi Cities = new("K01", new("Formal friend cities worldwide", "全球正式友城数"),
        new("Distinct cities at friendly cooperation or friend city, anywhere", "全球范围内友好合作及友好城市数(去重)"), "cities", "P6", 1,
        Tie.Explained(context => [Figure.Count([.. Formal(context).Select(tie => tie.Row)])]));

    public static readonly Kpi Countries = new("K02", new("Countries with a formal tie", "全球友城国家数"),
        new("Distinct countries of those cities; the two kinds of tie are never added up", "上述城市所属国家数(去重,两类关系不相加)"), "countries", "P6", 1,
        Tie.Explained(context =>
        {
            var ties = Formal(context);
            return [new Figure(ties.Select(tie => tie.City.CountryId).Distinct().Count(), [.. ties.Select(tie => tie.Row)])];
        }));

    private static List<Tie> Formal(KpiContext context) => [.. Tie.Anywhere(context, context.AsOf).Where(tie => tie.IsFormal)];
}
