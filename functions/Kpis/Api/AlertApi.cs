using System.Text.Json;
using FriendCity.Http;
using FriendCity.Http.Errors;
using FriendCity.Kpis.Alerts;
using FriendCity.Kpis.Model;
using FriendCity.Messages;
using FriendCity.Records;
using FriendCity.Records.Persistence;
using FriendCity.RecordsApi;
using FriendCity.Serialization;

namespace FriendCity.Kpis.Api;

/// <summary>What somebody should look at, and which days are coming.</summary>
public sealed class AlertApi
{
    private const int StandardDays = 90;
    private const int MaxYears = 10;

    private readonly KpiReads _reads;
    private readonly OfficeCalendar _calendar;
    private readonly KpiPreset _standard;
    private readonly Func<CancellationToken, Task<IReadOnlyList<ServiceNotice>>> _notices;
    private readonly Func<CancellationToken, Task<IReadOnlyList<UnreadableRow>>> _unreadable;
    private readonly ILogger _log;

    /// <param name="notices">What this service itself has to tell.</param>
    /// <param name="unreadable">The rows that this instance could not read.</param>
    internal AlertApi(
        KpiReads reads, OfficeCalendar calendar, KpiPreset standard, Func<CancellationToken, Task<IReadOnlyList<ServiceNotice>>> notices,
        Func<CancellationToken, Task<IReadOnlyList<UnreadableRow>>> unreadable, ILogger<AlertApi> log) =>
        (_reads, _calendar, _standard, _notices, _unreadable, _log) = (reads, calendar, standard, notices, unreadable, log);

    /// <summary><c>api/v1/alerts</c>; <c>codes</c> and not <c>code</c>, which is the access key at every address.</summary>
    internal Task<IResult> Alerts(HttpRequest request, CancellationToken cancellationToken) => ExceptionMapper.RunAsync(request, _log, async () =>
    {
        var (asked, malformed) = KpiRequest.Read(request, _standard, _calendar, "asOf", "severity", "codes");
        if (asked is null)
            return malformed!.ToResult();
        if (Choose(request, "severity", Enum.GetValues<Severity>(), Name, out var severities) is { } noSeverity)
            return noSeverity.ToResult();
        if (Choose(request, "codes", [.. AlertRules.All, .. ServiceAlerts.Rules([], _calendar.DayOf), ServiceAlerts.Unreadable([])],
            rule => rule.Code, out var rules) is { } noCode)
            return noCode.ToResult();
        var (context, problem) = await _reads.ContextAsync(request, asked, cancellationToken);
        if (context is null)
            return problem!.ToResult();

        // What the registry knew at an earlier instant is asked of records, not of this service's own work.
        var service = ServiceAlerts.All.Select(each => each.Code).Intersect(rules.Select(rule => rule.Code)).ToList();
        if (service.Count > 0 && asked.KnownAt is null)
            rules = [.. rules.Where(rule => !service.Contains(rule.Code)), .. await ServiceAsync(request, service, cancellationToken)];
        if (asked.KnownAt is null && rules.Any(rule => rule.Code == ServiceAlerts.UnreadableRows)
            && await RegistryReader.AskAsync(request, () => _unreadable(cancellationToken), cancellationToken) is (true, { } rows))
            rules = [.. rules.Where(rule => rule.Code != ServiceAlerts.UnreadableRows), ServiceAlerts.Unreadable(rows)];
        var alerts = await _reads.WorkAsync(() => AlertRules.Find(context, rules).Where(each => severities.Contains(each.Alert.Severity)).ToList(),
            cancellationToken);
        return new JsonResult(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("asOf", KpiJson.Day(asked.AsOf));
            KpiJson.Question(writer, asked);
            writer.WriteStartObject("counts");
            foreach (var severity in Enum.GetValues<Severity>())
                writer.WriteNumber(Name(severity), alerts.Count(each => each.Alert.Severity == severity));
            writer.WriteEndObject();
            writer.WriteStartArray("value");
            foreach (var (rule, alert) in alerts)
                Write(writer, request, rule, alert, asked.KnownAt);
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    });

    /// <summary><c>api/v1/anniversaries</c>: from today, or the view's day, three months ahead unless other days are given.</summary>
    internal Task<IResult> Anniversaries(HttpRequest request, CancellationToken cancellationToken) =>
        ExceptionMapper.RunAsync(request, _log, async () =>
    {
        var (asked, malformed) = KpiRequest.Read(request, _standard, _calendar, "asOf", "from", "to");
        if (asked is null)
            return malformed!.ToResult();
        if (KpiRequest.Day(request, "from", asked.AsOf, out var from) is { } noStart)
            return noStart.ToResult();
        var end = from.PlusDays(StandardDays);
        if (KpiRequest.Day(request, "to", end, out var to) is { } noEnd)
            return noEnd.ToResult();
        if (to < from || to.Year - from.Year > MaxYears)
            return Problems.Parameter("to", $"not earlier than 'from', and at most {MaxYears} years after it.", $"不得早于 from,且最多晚 {MaxYears} 年。")
                .ToResult();
        return await _reads.AnswerAsync(request, asked, context =>
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
                    Write(writer, request, day, asked.KnownAt);
                writer.WriteEndArray();
                writer.WriteEndObject();
            });
        }, cancellationToken);
    });

    /// <summary>Who takes what memory holds is told that failures are not known when storage, which keeps them, does not answer.</summary>
    private async Task<IEnumerable<AlertRule>> ServiceAsync(HttpRequest request, IReadOnlyList<string> codes, CancellationToken cancellationToken) =>
        await RegistryReader.AskAsync(request, () => _notices(cancellationToken), cancellationToken) is (true, { } notices)
            ? ServiceAlerts.Rules(notices, _calendar.DayOf).Where(rule => codes.Contains(rule.Code))
            : [ServiceAlerts.SnapshotsUnknown];

    private static void Write(Utf8JsonWriter writer, HttpRequest request, AlertRule rule, Alert alert, DateTimeOffset? knownAt)
    {
        writer.WriteStartObject();
        writer.WriteString("code", rule.Code);
        writer.WriteString("severity", Name(alert.Severity));
        writer.WriteString("since", alert.Since is { } since ? KpiJson.Day(since) : null);
        writer.WriteString("kpi", rule.Kpi);
        Text(writer, "title", rule.Title);
        Text(writer, "message", alert.Message);
        writer.WriteStartArray("records");
        foreach (var row in alert.Rows)
        {
            writer.WriteStartObject();
            RowJson.Write(writer, request, row, knownAt);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        Json.Flush(writer);
    }

    private static void Write(Utf8JsonWriter writer, HttpRequest request, Anniversary day, DateTimeOffset? knownAt)
    {
        writer.WriteStartObject();
        writer.WriteString("date", KpiJson.Day(day.Day));
        writer.WriteNumber("years", day.Years);
        writer.WriteBoolean("round", day.Years % 5 == 0);
        writer.WriteString("first", KpiJson.Day(day.First));
        writer.WriteString("datePrecision", day.Precision);
        writer.WriteString("kind", day.Kind);
        Text(writer, "title", day.Title);
        RowJson.Write(writer, request, day.Row, knownAt);
        writer.WriteEndObject();
    }

    private static void Text(Utf8JsonWriter writer, string name, Text text)
    {
        writer.WriteString($"{name}En", text.En);
        writer.WriteString($"{name}Zh", text.Zh);
    }

    private static string Name(Severity severity) => severity switch { Severity.Critical => "critical", Severity.Warning => "warning", _ => "info" };

    /// <summary>Those named in a parameter, separated by commas; all when it is absent.</summary>
    private static Problem? Choose<T>(HttpRequest request, string parameter, IReadOnlyList<T> all, Func<T, string> name, out IReadOnlyList<T> chosen)
    {
        chosen = all;
        if (Parameters.Text(request, parameter) is not { } text)
            return null;
        var names = text.Split(',');
        chosen = [.. all.Where(each => names.Contains(name(each)))];
        return names.All(asked => all.Any(each => name(each) == asked)) ? null
            : Problems.Parameter(parameter, $"some of {string.Join(",", all.Select(name))}.", $"可选:{string.Join(",", all.Select(name))}。");
    }
}
