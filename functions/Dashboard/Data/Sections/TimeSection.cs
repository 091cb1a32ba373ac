using FriendCity.Kpis.Api;
using FriendCity.Kpis.Definitions;
using FriendCity.Kpis.Model;
using FriendCity.Records;
using FriendCity.Registry;

namespace FriendCity.Dashboard.Data.Sections;

/// <summary>Cities by stage and countries in scope, month by month from 2018 to the view's last day; and the days that are marked on it.</summary>
internal static class TimeSection
{
    private static readonly DateOnly First = new(2018, 1, 1);
    private static readonly string[] Stages = [StageEvent.FriendCity, StageEvent.FriendlyCooperation, StageEvent.Intention];

    public static void Write(SectionWriter writer, DateOnly end)
    {
        var context = writer.Context;
        var days = Days(end);
        var lines = KpiSeries.Of(TieKpis.Funnel, context, days, CancellationToken.None)
            .ToDictionary(line => line.Figure.Dimension!.Value.Value, line => line.Points.ToDictionary(point => point.Day, point => point.Value));
        writer.Object("time", () =>
        {
            writer.Texts("days", days.Select(KpiJson.Day));
            foreach (var stage in Stages)
                Numbers(writer, stage, days.Select(day => lines.GetValueOrDefault(stage)?.GetValueOrDefault(day) ?? 0));
            Numbers(writer, "scope", days.Select(day => (double)context.Of(Country.Type).Count(country => context.IsInScope(country, day))));
            writer.List("milestones", context.Of(Milestone.Type).Where(each => each.Date >= First && each.Date <= end).OrderBy(each => each.Date),
                milestone =>
            {
                writer.Day("date", milestone.Date);
                writer.Json.WriteString("precision", milestone.DatePrecision ?? "day");
                writer.Json.WriteString("kind", milestone.Kind);
                writer.Json.WriteBoolean("baseline", milestone.Date == context.Baseline);
                writer.Text("name", milestone.NameEn, milestone.NameZh);
            });
        });
    }

    /// <summary>The last day of each month, and the end itself.</summary>
    private static List<DateOnly> Days(DateOnly end)
    {
        var days = new List<DateOnly>();
        for (var month = First.PlusMonths(1); month.PlusDays(-1) < end; month = month.PlusMonths(1))
            days.Add(month.PlusDays(-1));
        days.Add(end);
        return days;
    }

    private static void Numbers(SectionWriter writer, string name, IEnumerable<double> values)
    {
        writer.Json.WriteStartArray(name);
        foreach (var value in values)
            writer.Json.WriteNumberValue(value);
        writer.Json.WriteEndArray();
    }
}
