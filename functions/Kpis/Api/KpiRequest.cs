using FriendCity.Http;
using FriendCity.Http.Errors;
using FriendCity.Kpis.Model;
using FriendCity.Records;
using FriendCity.Records.Schemas;

namespace FriendCity.Kpis.Api;

/// <summary>The parameters that all figures take: a view, and whatever overrides it.</summary>
/// <param name="Window">The months of activity that some figures look back on.</param>
/// <param name="KnownAt">What the registry held at this instant; null: what it holds now.</param>
internal sealed record KpiRequest(DateOnly AsOf, string ScopeId, IReadOnlyList<string> Scenarios, DateOnly Baseline, DateTimeOffset? KnownAt,
    int Window)
{
    private static readonly string[] Names = ["view", "scope", "scenarios", "baseline", KnownAtName, "window"];

    private const string KnownAtName = RecordsApi.KnownAt.Name;

    /// <summary>The question as text, the same for the same question alone.</summary>
    public string Key => FormattableString.Invariant(
        $"{AsOf:O}|{ScopeId.Length}:{ScopeId}|{string.Join(',', Scenarios)}|{Baseline:O}|{KnownAt?.UtcTicks}|{Window}");

    /// <param name="more">What the address takes besides.</param>
    public static (KpiRequest? Request, Problem? Problem) Read(HttpRequest request, KpiPreset standard, OfficeCalendar calendar, params string[] more)
    {
        if (Parameters.Check(request, [.. Names, .. more]) is { } unknown)
            return (null, unknown);
        if (Parameters.Text(request, "view") is { } name && (standard = KpiPreset.Find(name)!) is null)
            return (null, Problems.Parameter("view", $"one of {string.Join(", ", KpiPreset.All.Select(each => each.Name))}.",
                $"可选:{string.Join("、", KpiPreset.All.Select(each => each.Name))}。"));
        if (Day(request, "asOf", standard.AsOf ?? calendar.Today, out var asOf) is { } noDay)
            return (null, noDay);
        if (Day(request, "baseline", standard.Baseline, out var baseline) is { } noBaseline)
            return (null, noBaseline);
        if (RecordsApi.KnownAt.Read(request, KnownAtName, out var knownAt) is { } noInstant)
            return (null, noInstant);
        var (window, noWindow) = Parameters.Integer(request, "window", KpiContext.StandardWindow, 1, 120);
        if (noWindow is not null)
            return (null, noWindow);
        return ReadScenarios(request, standard) is { } scenarios
            ? (new KpiRequest(asOf, Parameters.Text(request, "scope") ?? standard.ScopeId, scenarios, baseline, knownAt, window), null)
            : (null, Problems.Parameter("scenarios", $"'all', or some of {string.Join(",", Provenance.AllScenarios)}.",
                $"“all”,或 {string.Join(",", Provenance.AllScenarios)} 中的若干项。"));
    }

    /// <summary>A day given in a parameter, or the standard one; a problem when it cannot be read.</summary>
    public static Problem? Day(HttpRequest request, string name, DateOnly standard, out DateOnly day)
    {
        day = standard;
        return Parameters.Text(request, name) is not { } text || DateFieldType.TryParse(text, out day)
            ? null : Problems.Parameter(name, "a day as yyyy-MM-dd.", "应为 yyyy-MM-dd 格式的日期。");
    }

    /// <summary>What the figures are a function of, given the records.</summary>
    public (KpiContext? Context, Problem? Problem) On(RegistrySnapshot registry) => KpiScopes.Find(registry, ScopeId, Scenarios) is { } scope
        ? (new KpiContext(registry, AsOf, scope, Scenarios, Baseline) { Window = Window }, null)
        : (null, Problems.Parameter(
            "scope", $"there is no scope '{ScopeId}'; {KpiScopes.Offered.En}, or one of /api/v1/scopes.",
            $"没有统计范围“{ScopeId}”;可用{KpiScopes.Offered.Zh},或 /api/v1/scopes 中的一项。"));

    private static IReadOnlyList<string>? ReadScenarios(HttpRequest request, KpiPreset standard) => Parameters.Text(request, "scenarios") switch
    {
        null => standard.Scenarios,
        "all" => Provenance.AllScenarios,
        var text => text.Split(',') is var codes && codes.All(Provenance.Scenarios.Contains) ? [.. codes.Distinct()] : null,
    };
}
