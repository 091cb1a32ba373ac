using FriendCity.Http;
using FriendCity.Records;
using FriendCity.Registry;

namespace FriendCity.Kpis;

/// <summary>The parameters of figures: a view, and whatever overrides it.</summary>
internal static class KpiRequest
{
    private static readonly string[] Names = ["view", "asOf", "scope", "scenarios", "baseline"];

    public static (KpiContext? Context, Problem? Problem) Read(HttpRequest request, View view, KpiView standard, OfficeCalendar calendar)
    {
        if (Parameters.Check(request, Names) is { } unknown)
            return (null, unknown);
        if (Parameters.Text(request, "view") is { } name && (standard = KpiView.Find(name)!) is null)
            return (null, Problems.Parameter("view", $"one of {string.Join(", ", KpiView.All.Select(each => each.Name))}.", $"可选:{string.Join("、", KpiView.All.Select(each => each.Name))}。"));
        if (!TryDate(request, "asOf", standard.AsOf ?? calendar.Today, out var asOf))
            return (null, BadDate("asOf"));
        if (!TryDate(request, "baseline", standard.Baseline, out var baseline))
            return (null, BadDate("baseline"));

        var scopeId = Parameters.Text(request, "scope") ?? standard.ScopeId;
        if (view.Of(Scope.Type).Get(scopeId) is not { } scope)
            return (null, Problems.Parameter("scope", $"there is no scope '{scopeId}'; see /api/v1/scopes.", $"没有统计范围“{scopeId}”,参见 /api/v1/scopes。"));
        return Scenarios(request, standard) is { } scenarios
            ? (new KpiContext(view, asOf, scope, scenarios, baseline), null)
            : (null, Problems.Parameter("scenarios", $"'all', or some of {string.Join(",", Provenance.AllScenarios)}.", $"“all”,或 {string.Join(",", Provenance.AllScenarios)} 中的若干项。"));
    }

    private static IReadOnlyList<string>? Scenarios(HttpRequest request, KpiView standard) => Parameters.Text(request, "scenarios") switch
    {
        null => standard.Scenarios,
        "all" => Provenance.AllScenarios,
        var text => text.Split(',') is var codes && codes.All(Provenance.Scenarios.Contains) ? [.. codes.Distinct()] : null,
    };

    private static bool TryDate(HttpRequest request, string name, DateOnly standard, out DateOnly date)
    {
        date = standard;
        return Parameters.Text(request, name) is not { } text || DateKind.TryParse(text, out date);
    }

    private static Problem BadDate(string name) => Problems.Parameter(name, "a day as yyyy-MM-dd.", "应为 yyyy-MM-dd 格式的日期。");
}
