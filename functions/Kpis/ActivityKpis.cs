using FriendCity.Registry;

namespace FriendCity.Kpis;

/// <summary>Activities: donations and envoy video links of the article's record.</summary>
internal static class ActivityKpis
{
    public static readonly Kpi Donations = new("K35", new("Friend cities that received donations", "抗疫捐赠友城数"),
        new("Distinct cities of donations up to the day; a donation counts once a city", "截至当日接受捐赠的城市数(同一城市只计一次)"), "cities", "P4", 1,
        context =>
        {
            var donations = On(context, Activity.Donation);
            var cities = donations.SelectMany(activity => activity.CityIds).Distinct().Order(StringComparer.Ordinal).ToList();
            return [new Figure(cities.Count, Rows(donations)) { Items = cities }];
        });

    public static readonly Kpi EnvoyLinks = new("K36", new("Envoy video links", "使节连线次数"),
        new("Video links with envoys up to the day", "截至当日与使节视频连线的次数"), "activities", "P4", 1,
        context => [Figure.Count(Rows(On(context, Activity.EnvoyVideoLink)))]);

    private static List<Activity> On(KpiContext context, string type) =>
        [.. context.Of(Activity.Type).Where(activity => activity.Kind == type && activity.Day <= context.AsOf && activity.CountryIds.Any(context.Countries.ContainsKey))];

    private static IReadOnlyList<FigureRow> Rows(IEnumerable<Activity> activities) =>
        [.. activities.Select(activity => new FigureRow("activities", activity, Sources.Weakest(activity.Source, activity.DateSource)))];
}
