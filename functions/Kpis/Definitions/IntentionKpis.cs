using FriendCity.Kpis.Facts;
using FriendCity.Kpis.Model;
using FriendCity.Records;

namespace FriendCity.Kpis.Definitions;

/// <summary>Intentions, and what becomes of them.</summary>
internal static class IntentionKpis
{
    public const int StaleDays = 365;

    public static readonly Kpi Conversion = new("K08", new("Intention conversion", "意向转化率"),
        new("Cities whose intention was followed by a formal stage / cities that ever had an intention", "意向之后转为正式关系的城市数 / 曾有意向的城市数"), "ratio",
        "scope", Better.Higher, "P2", 2, ["relationships", "cities"],
        context =>
        {
            var cities = Intention.Cities(context);
            return
            [
                Figure.Ratio(cities.Count(city => city.Converted), cities.Count, [.. cities.SelectMany(city => city.Rows)],
                    new("There was no intention up to that day.", "截至该日没有意向。"))
                    .RestingOn(Inputs.Cities(context, cities.Select(city => city.CityId))),
            ];
        });

    public static readonly Kpi Days = new("K09", new("Median days from intention to formal", "意向转正式天数（中位）"),
        new("Median of formal date − intention date over the converted intentions", "已转化意向的（正式日期 − 意向日期）中位数"), "days", "scope", Better.Lower, "P2", 1,
        ["relationships", "cities"],
        context =>
        {
            var converted = Intention.Cohort(context).Where(each => each.Days is not null).OrderBy(each => each.Days).ToList();
            return
            [
                new Figure(Median([.. converted.Select(each => each.Days!.Value)]), [.. converted.Select(each => each.Row)])
                {
                    Reason = converted.Count == 0 ? new("No intention was converted up to that day.", "截至该日没有已转化的意向。") : null,
                }.RestingOn(Inputs.Cities(context, converted.Select(each => each.Relationship.CityId))),
            ];
        });

    public static readonly Kpi Stale = new("K10", new("Stale intentions", "久未转化意向数"),
        new("Cities at intention for more than 365 days", "停留在意向阶段超过 365 天的城市数"), "cities", "scope", Better.Lower, "P2,P6", 1,
        ["relationships", "cities"],
        CityRelationship.Explained(context =>
        {
            var stale = CityRelationship.On(context, context.AsOf).Where(tie => tie.IsIntention && tie.Stage.Day < context.AsOf.PlusDays(-StaleDays))
                .OrderBy(tie => tie.City.Id, StringComparer.Ordinal).ToList();
            return [Figure.Count([.. stale.Select(tie => tie.Row)])
                .RestingOn(Inputs.Cities(stale)) with { Items = [.. stale.Select(tie => tie.City.Id)] }];
        }));

    private static double? Median(IReadOnlyList<int> sorted) =>
        sorted.Count == 0 ? null : (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2.0;
}
