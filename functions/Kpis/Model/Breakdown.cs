using System.Globalization;
using FriendCity.Registry;

namespace FriendCity.Kpis.Model;

/// <summary>Figures of activities for the whole scope, for each of their cities in scope, and for each year.</summary>
internal static class Breakdown
{
    public static IEnumerable<Figure> Of(KpiContext context, IReadOnlyList<Activity> activities, Func<IReadOnlyList<Activity>,
        IEnumerable<Figure>> figures)
    {
        var cities = activities.SelectMany(activity => activity.CityIds.Where(context.InScope).Distinct()
            .Select(city => (City: city, Activity: activity)))
            .GroupBy(pair => pair.City, pair => pair.Activity).OrderBy(group => group.Key, StringComparer.Ordinal);
        return
        [
            .. figures(activities),
            .. cities.SelectMany(group => figures([.. group])
                .Select(figure => figure.By("city", group.Key).RestingOn(Inputs.Cities(context, [group.Key])))),
            .. Years(activities, figures),
        ];
    }

    public static IEnumerable<Figure> Years(IEnumerable<Activity> activities, Func<IReadOnlyList<Activity>, IEnumerable<Figure>> figures) =>
        activities
        .GroupBy(activity => activity.Day.Year).OrderBy(group => group.Key)
        .SelectMany(group => figures([.. group]).Select(figure => figure.By("year", group.Key.ToString(CultureInfo.InvariantCulture))));
}
