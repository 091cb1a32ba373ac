using FriendCity.Kpis.Facts;
using FriendCity.Kpis.Model;
using FriendCity.Records;
using FriendCity.Registry;

namespace FriendCity.Kpis.Definitions;

/// <summary>Whether brands and festivals are held regularly, and how much of the exchange has the frame of the SCO.</summary>
internal static class MechanismKpis
{
    private const int Months = 12;

    public static readonly Kpi Regularity = new("K25", new("Mechanism regularity", "机制与品牌规律性"),
        new("Events of the 12 months to the day / events planned a year; and the longest time in days between two events, or from the last one to "
            + "the day", "截至当日 12 个月内场次 / 年度目标场次；以及相邻两场（或最近一场至当日）之间的最长间隔天数"),
        "ratio", "mechanism", Better.Higher, "P7,P12", 1, ["mechanisms", "activities"],
        context =>
        {
            var events = PastActivities.UpTo(context).ToLookup(activity => activity.MechanismId);
            return context.Of(Mechanism.Type).SelectMany(mechanism => Measures(context, mechanism, [.. events[mechanism.Id]])
                .Select(figure => figure.By("mechanism", mechanism.Id)));
        });

    public static readonly Kpi Frame = new("K26", new("Share of SCO-frame activities", "上合框架活动占比"),
        new("Activities with two or more countries of the scope, or under a mechanism / all activities up to the day",
            "有两个及以上范围内国家参加或属于某一机制的活动数 / 截至当日全部活动数"),
        "ratio", "scope, year", Better.Higher, "P7", 1, ["activities"],
        context => [.. Share(context, PastActivities.UpTo(context)),
            .. Breakdown.Years(PastActivities.UpTo(context), activities => Share(context, activities))]);

    private static IEnumerable<Figure> Measures(KpiContext context, Mechanism mechanism, IReadOnlyList<Activity> events)
    {
        var recent = events.Where(each => each.Day > context.AsOf.PlusMonths(-Months)).ToList();
        var itself = new FigureRow("mechanisms", mechanism, mechanism.Source, ["targetPerYear"]);
        IReadOnlyList<FigureRow> rows = [.. PastActivities.Rows(recent), itself];
        yield return mechanism.TargetPerYear is { } target
            ? Figure.Ratio(recent.Count, target, rows, new("No event is planned a year.", "年度目标场次为 0。")).As("regularity")
            : new Figure(null, rows)
            {
                Numerator = recent.Count,
                Measure = "regularity",
                Reason = new("The mechanism has no yearly target.", "该机制没有年度目标。")
            };

        var gaps = events.Select(each => each.Day).Order().Append(context.AsOf).ToList();
        yield return events.Count == 0
            ? Figure.Unknown(new("No event was held up to that day.", "截至该日没有举办活动。")).As("longestGap", "days").RestingOn(itself)
            : new Figure(gaps.Zip(gaps.Skip(1)).Max(pair => pair.Second.DayNumber - pair.First.DayNumber),
                PastActivities.Rows(events))
            { Better = Better.Lower }.As("longestGap", "days").RestingOn(itself);
    }

    private static IEnumerable<Figure> Share(KpiContext context, IReadOnlyList<Activity> activities)
    {
        var framed = activities.Count(activity => activity.MechanismId is not null || activity.CountryIds.Distinct()
            .Count(context.Countries.ContainsKey) >= 2);
        yield return Figure.Ratio(framed, activities.Count, PastActivities.Rows(activities),
            new("There was no activity up to that day.", "截至该日没有活动。"));
    }
}
