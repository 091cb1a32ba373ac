using FriendCity.Records;
using FriendCity.Registry;

namespace FriendCity.Kpis.Facts;

/// <summary>
/// When a city has gone silent. The one rule for figures, alerts and tables: an activity on the day so many months ago still counts.
/// </summary>
internal static class Silence
{
    /// <summary>The activities that keep their cities awake on a day.</summary>
    public static IEnumerable<Activity> Awake(IEnumerable<Activity> activities, DateOnly day, int months)
    {
        var since = day.PlusMonths(-months);
        return activities.Where(activity => activity.Day >= since && activity.Day <= day);
    }

    /// <summary>The first day without one, when this was the last.</summary>
    public static DateOnly Since(DateOnly last, int months) => Days.OutOfSight(last, months);
}
