using FriendCity.Kpis.Model;
using FriendCity.Records;
using FriendCity.Registry;

namespace FriendCity.Kpis.Facts;

/// <summary>Activities that took place by the figure's day.</summary>
internal static class PastActivities
{
    private static readonly string[] Fields = ["type", "date", "cityIds", "countryIds"];

    /// <summary>
    /// Those of the scope up to the day: with a country in scope, or without any country, as an opening at home that was for all.
    /// </summary>
    public static IReadOnlyList<Activity> UpTo(KpiContext context) => context.Once("activities of the scope", context.AsOf, () =>
        context.Of(Activity.Type).Where(activity => activity.Day <= context.AsOf
            && (activity.CountryIds.Count == 0 || activity.CountryIds.Any(context.Countries.ContainsKey))).ToList());

    public static IEnumerable<Activity> UpTo(KpiContext context, params string[] types) =>
        UpTo(context).Where(activity => types.Contains(activity.Kind));

    /// <summary>Those in the months up to the day, the first day left out, by each of their cities, whatever the scope.</summary>
    public static ILookup<string, Activity> ByCity(KpiContext context, int months) =>
        context.Once($"activities by city, {months} months", context.AsOf, () =>
    {
        var since = context.AsOf.PlusMonths(-months);
        return context.Of(Activity.Type).Where(activity => activity.Day > since && activity.Day <= context.AsOf)
            .SelectMany(activity => activity.CityIds.Distinct().Select(city => (City: city, Activity: activity)))
                .ToLookup(pair => pair.City, pair => pair.Activity);
    });

    public static FigureRow Row(Activity activity) => new("activities", activity, Sources.Weakest(activity.Source, activity.DateSource), Fields);

    public static IReadOnlyList<FigureRow> Rows(IEnumerable<Activity> activities) =>
        new MappedList<Activity, FigureRow>(activities as IReadOnlyList<Activity> ?? [.. activities], Row);
}
