using FriendCity.Registry;

namespace FriendCity.Kpis;

/// <summary>Intentions, and what becomes of them.</summary>
internal static class IntentionKpis
{
    private const int StaleDays = 365;

    public static readonly Kpi Conversion = new("K08", new("Intention conversion", "意向转化率"),
        new("Cities whose intention was followed by a formal stage / cities that ever had an intention", "意向之后转为正式关系的城市数 / 曾有意向的城市数"), "ratio", "P2", 1,
        context =>
        {
            var cohort = Cohort(context);
            return [Figure.Ratio(cohort.Count(each => each.Days is not null), cohort.Count, [.. cohort.Select(each => each.Row)], new("There was no intention up to that day.", "截至该日没有意向。"))];
        });

    public static readonly Kpi Days = new("K09", new("Median days from intention to formal", "意向转正式天数(中位)"),
        new("Median of formal date − intention date over the converted intentions", "已转化意向的(正式日期 − 意向日期)中位数"), "days", "P2", 1,
        context =>
        {
            var converted = Cohort(context).Where(each => each.Days is not null).OrderBy(each => each.Days).ToList();
            return
            [
                new Figure(Median([.. converted.Select(each => each.Days!.Value)]), [.. converted.Select(each => each.Row)])
                {
                    Reason = converted.Count == 0 ? new("No intention was converted up to that day.", "截至该日没有已转化的意向。") : null,
                },
            ];
        });

    public static readonly Kpi Stale = new("K10", new("Stale intentions", "久未转化意向数"),
        new("Cities at intention for more than 365 days", "停留在意向阶段超过 365 天的城市数"), "cities", "P2,P6", 1,
        Tie.Explained(context =>
        {
            var stale = Tie.On(context, context.AsOf).Where(tie => tie.IsIntention && tie.Stage.Day < context.AsOf.AddDays(-StaleDays)).OrderBy(tie => tie.City.Id, StringComparer.Ordinal).ToList();
            return [Figure.Count([.. stale.Select(tie => tie.Row)]) with { Items = [.. stale.Select(tie => tie.City.Id)] }];
        }));

    private sealed record Intention(FigureRow Row, int? Days);

    /// <summary>Every city tie of the scope that had an intention by the day, and the days it took to a formal stage by then.</summary>
    private static List<Intention> Cohort(KpiContext context)
    {
        var cohort =
            from relationship in context.Of(Relationship.Type)
            where relationship.HomeEntityLevel == "city"
            let city = context.View.Of(City.Type).Get(relationship.CityId)
            where city is not null && context.Countries.ContainsKey(city.CountryId)
            let stages = relationship.Stages.Where(stage => stage.Day <= context.AsOf && context.Counts(stage)).ToList()
            let intention = stages.Find(stage => stage.Stage == StageEvent.Intention)
            where intention is not null
            let formal = stages.Find(stage => stage.IsFormal && stage.Day >= intention.Day)
            select new Intention(
                new FigureRow("relationships", relationship, Sources.Weakest(relationship.Source, intention.Source, formal?.Source)), formal is null ? null : formal.Day.DayNumber - intention.Day.DayNumber);
        return [.. cohort];
    }

    private static double? Median(IReadOnlyList<int> sorted) => sorted.Count == 0 ? null : (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2.0;
}
