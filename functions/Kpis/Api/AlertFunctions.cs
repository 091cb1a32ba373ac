using FriendCity.Http;
using FriendCity.Kpis.Alerts;
using FriendCity.Records;
using FriendCity.Records.Persistence;
using FriendCity.RecordsApi;

namespace FriendCity.Kpis.Api;

/// <summary>What somebody should look at, and which days are coming.</summary>
internal sealed class AlertFunctions(KpiReads reads, OfficeCalendar calendar, ServiceNotices notices, QuarantineReview unreadable)
{
    private const int StandardDays = 90;
    private const int MaxYears = 10;

    /// <summary><c>codes</c> and not <c>code</c>, which is the access key at every address.</summary>
    [Function("Alerts")]
    public async Task<IResult> Alerts([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/alerts")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var asked = reads.Read(request, "asOf", "severity", "codes");
        var severities = Choose(request, "severity", Enum.GetValues<Severity>(), Severities.Code);
        var rules = Choose(request, "codes", [.. AlertRules.All, .. ServiceAlerts.Rules([], calendar.DayOf), ServiceAlerts.Unreadable([])],
            rule => rule.Code);
        var context = await reads.ContextAsync(request, asked, cancellationToken);

        // What the registry knew at an earlier instant is asked of records, not of this service's own work.
        var service = ServiceAlerts.All.Select(each => each.Code).Intersect(rules.Select(rule => rule.Code)).ToList();
        if (service.Count > 0 && asked.KnownAt is null)
            rules = [.. rules.Where(rule => !service.Contains(rule.Code)), .. await ServiceAsync(request, service, cancellationToken)];
        if (asked.KnownAt is null && rules.Any(rule => rule.Code == ServiceAlerts.UnreadableRows)
            && await RegistryReader.AskAsync(request, () => unreadable.RowsAsync(cancellationToken), cancellationToken) is (true, { } rows))
            rules = [.. rules.Where(rule => rule.Code != ServiceAlerts.UnreadableRows), ServiceAlerts.Unreadable(rows)];
        var alerts = await reads.WorkAsync(() => AlertRules.Find(context, rules).Where(each => severities.Contains(each.Alert.Severity)).ToList(),
            cancellationToken);
        return new JsonResult(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("asOf", KpiJson.Day(asked.AsOf));
            KpiJson.Question(writer, asked);
            writer.WriteStartObject("counts");
            foreach (var severity in Enum.GetValues<Severity>())
                writer.WriteNumber(Severities.Code(severity), alerts.Count(each => each.Alert.Severity == severity));
            writer.WriteEndObject();
            writer.WriteStartArray("value");
            foreach (var (rule, alert) in alerts)
                AlertJson.Write(writer, request, context.Registry.Types, rule, alert, asked.KnownAt);
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    /// <summary>From today, or the view's day, three months ahead unless other days are given.</summary>
    [Function("Anniversaries")]
    public async Task<IResult> Anniversaries(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/anniversaries")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var asked = reads.Read(request, "asOf", "from", "to");
        var from = KpiRequest.Day(request, "from", asked.AsOf);
        var to = KpiRequest.Day(request, "to", from.PlusDays(StandardDays));
        if (to < from || to.Year - from.Year > MaxYears)
            throw Parameters.Wrong("to", $"not earlier than 'from', and at most {MaxYears} years after it.", $"不得早于 from，且最多晚 {MaxYears} 年。");
        return await reads.AnswerAsync(request, asked, context =>
        {
            var days = Anniversary.Between(context, from, to);
            return new JsonResult(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("from", KpiJson.Day(from));
                writer.WriteString("to", KpiJson.Day(to));
                KpiJson.Question(writer, asked);
                writer.WriteStartArray("value");
                foreach (var day in days)
                    AlertJson.Write(writer, request, context.Registry.Types, day, asked.KnownAt);
                writer.WriteEndArray();
                writer.WriteEndObject();
            });
        }, cancellationToken);
    }

    /// <summary>Who takes what memory holds is told that failures are not known when storage, which keeps them, does not answer.</summary>
    private async Task<IEnumerable<AlertRule>> ServiceAsync(HttpRequest request, IReadOnlyList<string> codes, CancellationToken cancellationToken) =>
        await RegistryReader.AskAsync(request, () => notices(cancellationToken), cancellationToken) is (true, { } found)
            ? ServiceAlerts.Rules(found, calendar.DayOf).Where(rule => codes.Contains(rule.Code))
            : [ServiceAlerts.SnapshotsUnknown];

    /// <summary>Those named in a parameter, separated by commas; all when it is absent.</summary>
    private static IReadOnlyList<T> Choose<T>(HttpRequest request, string parameter, IReadOnlyList<T> all, Func<T, string> name)
    {
        if (Parameters.Text(request, parameter) is not { } text)
            return all;
        var names = text.Split(',');
        return names.All(asked => all.Any(each => name(each) == asked))
            ? [.. all.Where(each => names.Contains(name(each)))]
            : throw Parameters.Wrong(parameter, $"some of {string.Join(",", all.Select(name))}.", $"可选：{string.Join(",", all.Select(name))}。");
    }
}
