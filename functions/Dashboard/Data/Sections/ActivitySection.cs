using System.Globalization;
using FriendCity.Kpis.Definitions;
using FriendCity.Kpis.Facts;

namespace FriendCity.Dashboard.Data.Sections;

/// <summary>Activities of the scope by month; and whether anything was entered for the circle's cities within the window at all.</summary>
internal static class ActivitySection
{
    public static void Write(SectionWriter writer)
    {
        var context = writer.Context;
        var activities = PastActivities.UpTo(context);
        var circle = CityRelationship.Circle(context);
        var dormant = DormancyKpis.Dormant.Figures(context)[0];
        writer.Object("activities", () =>
        {
            writer.Object("months", () =>
            {
                foreach (var month in activities.CountBy(activity => activity.Day.ToString("yyyy-MM", CultureInfo.InvariantCulture))
                    .OrderBy(month => month.Key, StringComparer.Ordinal))
                    writer.Json.WriteNumber(month.Key, month.Value);
            });
            writer.Day("last", activities.Select(activity => (DateOnly?)activity.Day).Max());
            writer.Day("lastWithCity", activities.Where(activity => activity.CityIds.Any(circle.Contains))
                .Select(activity => (DateOnly?)activity.Day).Max());
            // Where every city is silent, nobody entered anything: that is one thing to tell, and no alarm of each city's own.
            writer.Json.WriteBoolean("enteredLately", dormant.Denominator == 0 || dormant.Numerator < dormant.Denominator);
        });
    }
}
