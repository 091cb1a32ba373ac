using FriendCity.Kpis.Alerts;
using FriendCity.Records;

namespace FriendCity.Dashboard.Data.Sections;

/// <summary>
/// What somebody should look at, one entry a kind: how many of each severity, and the most urgent in words. The rows are at
/// <c>/api/v1/alerts?codes=</c>. And which anniversaries come within 90 days.
/// </summary>
internal static class AlertSection
{
    private const int Told = 3;
    private const int AnniversaryDays = 90;

    public static void Write(SectionWriter writer)
    {
        var context = writer.Context;
        var kinds = AlertRules.Find(context, AlertRules.All).GroupBy(each => each.Rule.Code).OrderBy(kind => kind.First().Alert.Severity)
            .ThenByDescending(kind => kind.Count());
        writer.List("alerts", kinds, kind =>
        {
            writer.Json.WriteString("code", kind.Key);
            writer.Json.WriteString("kpi", kind.First().Rule.Kpi);
            writer.Text("title", kind.First().Rule.Title);
            writer.Json.WriteNumber("critical", kind.Count(each => each.Alert.Severity == Severity.Critical));
            writer.Json.WriteNumber("warning", kind.Count(each => each.Alert.Severity == Severity.Warning));
            writer.Json.WriteNumber("info", kind.Count(each => each.Alert.Severity == Severity.Info));
            writer.Texts("messages", kind.Take(Told).Select(each => each.Alert.Message.In(writer.Language)));
        });
        writer.List("anniversaries", Anniversary.Between(context, context.AsOf, context.AsOf.PlusDays(AnniversaryDays)), day =>
        {
            writer.Day("date", day.Day);
            writer.Json.WriteNumber("years", day.Years);
            writer.Json.WriteString("kind", day.Kind);
            writer.Json.WriteString("precision", day.Precision ?? "day");
            writer.Text("title", day.Title);
        });
    }
}
