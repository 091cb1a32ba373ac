using FriendCity.Kpis.Definitions;
using FriendCity.Kpis.Facts;

namespace FriendCity.Dashboard.Data.Sections;

/// <summary>The last activity of the scope and of the circle, and whether any was entered for the circle's cities within the window at all.</summary>
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
            writer.Day("last", activities.Select(activity => (DateOnly?)activity.Day).Max());
            writer.Day("lastWithCity", activities.Where(activity => activity.CityIds.Any(circle.Contains))
                .Select(activity => (DateOnly?)activity.Day).Max());
            // Where every city is silent, nobody entered anything: that is one thing to tell, and no alarm of each city's own.
            writer.Json.WriteBoolean("enteredLately", dormant.Denominator == 0 || dormant.Numerator < dormant.Denominator);
        });
    }
}
