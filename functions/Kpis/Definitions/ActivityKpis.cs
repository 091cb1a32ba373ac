using System.Globalization;
using FriendCity.Kpis.Facts;
using FriendCity.Kpis.Model;
using FriendCity.Registry;

namespace FriendCity.Kpis.Definitions;

/// <summary>Activities: donations and envoy video links of the article's record, and all of them month by month.</summary>
internal static class ActivityKpis
{
    public static readonly Kpi Donations = new("K35", new("Friend cities that received donations", "抗疫捐赠友城数"),
        new("Distinct cities of donations up to the day; a donation counts once a city", "截至当日接受捐赠的城市数（同一城市只计一次）"), "cities", "scope", Better.Neutral,
        "P4", 1, ["activities"],
        context =>
        {
            var donations = PastActivities.UpTo(context, Activity.Donation).ToList();
            var cities = donations.SelectMany(activity => activity.CityIds).Distinct().Order(StringComparer.Ordinal).ToList();
            return [new Figure(cities.Count, PastActivities.Rows(donations)) { Items = cities }];
        });

    public static readonly Kpi EnvoyLinks = new("K36", new("Envoy video links", "使节连线次数"),
        new("Video links with envoys up to the day; the embassies' countries are listed", "截至当日与使节视频连线的次数，并列出使馆所属国"), "activities", "scope",
        Better.Higher, "P4", 2, ["activities"],
        context =>
        {
            var links = PastActivities.UpTo(context, Activity.EnvoyVideoLink).ToList();
            return [Figure.Count(PastActivities.Rows(links)) with { Items = [.. links.Select(link => link.EmbassyCountryId).OfType<string>()
                .Distinct()
                .Order(StringComparer.Ordinal)] }];
        });

    public static readonly Kpi ByMonth = new("activities-by-month", new("Activities of the month", "当月往来活动"),
        new("Activities up to the day that have a country in scope, or no country at all, by the month of their day",
            "截至当日、涉及范围内国家或未注明国家的活动，按发生月份计"), "activities", "month", Better.Neutral, "P4", 1, ["activities", "cities"],
        context => PastActivities.UpTo(context).GroupBy(activity => activity.Day.ToString("yyyy-MM", CultureInfo.InvariantCulture))
            .OrderBy(month => month.Key, StringComparer.Ordinal)
            .Select(month => Figure.Count(PastActivities.Rows(month)).By("month", month.Key)
                .RestingOn(Inputs.Cities(context, month.SelectMany(activity => activity.CityIds)))));
}
