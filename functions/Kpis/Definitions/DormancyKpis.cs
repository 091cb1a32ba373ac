using FriendCity.Kpis.Facts;
using FriendCity.Kpis.Model;
using FriendCity.Records;
using FriendCity.Registry;

namespace FriendCity.Kpis.Definitions;

/// <summary>How lively the ties are, and which city has gone silent.</summary>
internal static class DormancyKpis
{
    public static readonly Kpi Activities = new("K12", new("Activities per friend city", "城均活动数"),
        new("City-activity pairs of the circle in the 12 months to the day (or another window) / cities of the circle",
            "截至当日 12 个月（或所选窗口）内朋友圈城市的“城市-活动”对数 / 朋友圈城市数"), "activities per city", "scope", Better.Higher, "P4,P7", 1,
            ["activities", "relationships", "cities"],
        CityRelationship.Explained(context =>
        {
            var cities = CityRelationship.Circle(context);
            var since = context.AsOf.PlusMonths(-context.Window);
            var activities = context.Of(Activity.Type)
                .Where(activity => activity.Day > since && activity.Day <= context.AsOf && activity.CityIds.Any(cities.Contains)).ToList();
            return
            [
                Figure.Ratio(activities.Sum(activity => activity.CityIds.Count(cities.Contains)), cities.Count,
                    PastActivities.Rows(activities), new("There is no city in the circle.", "朋友圈中没有城市。"))
                        .RestingOn(Inputs.Ties(CityRelationship.On(context, context.AsOf))),
            ];
        }));

    public static readonly Kpi Dormant = new("K13", new("Dormant cities", "休眠友城数与占比"),
        new("Cities of the circle whose last activity is more than 12 months old (or another window), or that never had one; of all cities of the "
            + "circle",
            "最近一次活动早于 12 个月（或所选窗口）前或从无活动的朋友圈城市；占全部朋友圈城市"), "cities", "scope", Better.Lower, "P7", 1, ["activities", "relationships", "cities"],
        CityRelationship.Explained(context =>
        {
            var awake = new Dictionary<string, Activity>();
            foreach (var activity in Silence.Awake(context.Of(Activity.Type), context.AsOf, context.Window))
                foreach (var city in activity.CityIds)
                    if (!awake.TryGetValue(city, out var other) || other.Day < activity.Day)
                        awake[city] = activity;
            var ties = CityRelationship.On(context, context.AsOf);
            var silent = ties.Where(tie => !awake.ContainsKey(tie.City.Id)).OrderBy(tie => tie.City.Id, StringComparer.Ordinal).ToList();
            return
            [
                Figure.Count([.. silent.Select(tie => tie.Row)])
                    .RestingOn([.. Inputs.Ties(ties), .. ties.Select(tie => awake.GetValueOrDefault(tie.City.Id)).OfType<Activity>()
                        .Select(PastActivities.Row)]) with
                {
                    Items = [.. silent.Select(tie => tie.City.Id)],
                    Numerator = silent.Count,
                    Denominator = ties.Count,
                },
            ];
        }));
}
