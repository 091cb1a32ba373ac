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
    private static readonly string[] Names = ["view", "scope", "scenarios", "baseline", RecordsApi.KnownAt.Name, "window"];

    /// <summary>The view that was named, or the standard one: what else is asked may override all it says.</summary>
    public required KpiPreset View { get; init; }

    /// <summary>The question as text, the same for the same question alone.</summary>
    public string Key => FormattableString.Invariant(
        $"{AsOf:O}|{ScopeId.Length}:{ScopeId}|{string.Join(',', Scenarios)}|{Baseline:O}|{KnownAt?.UtcTicks}|{Window}");

    /// <param name="more">What the address takes besides.</param>
    /// <exception cref="ProblemException">A parameter that cannot be understood.</exception>
    public static KpiRequest Read(HttpRequest request, KpiPresets presets, OfficeCalendar calendar, params string[] more)
    {
        Parameters.Check(request, [.. Names, .. more]);
        var view = Parameters.Text(request, "view") is not { } name ? presets.Standard
            : presets.Find(name) ?? throw Parameters.Wrong("view", $"one of {string.Join(", ", presets.Names)}.",
                $"可选：{string.Join("、", presets.Names)}。");
        var asOf = Day(request, "asOf", view.AsOf ?? calendar.Today);
        return new KpiRequest(
            asOf, Parameters.Text(request, "scope") ?? view.ScopeId,
            ReadScenarios(request, view), Day(request, "baseline", view.BaselineOf(asOf)), RecordsApi.KnownAt.Read(request),
            Parameters.Integer(request, "window", KpiContext.StandardWindow, 1, 120))
        { View = view };
    }

    /// <summary>A day given in a parameter, or the standard one.</summary>
    /// <exception cref="ProblemException">It cannot be read.</exception>
    public static DateOnly Day(HttpRequest request, string name, DateOnly standard) =>
        Parameters.Text(request, name) is not { } text ? standard
        : DateFieldType.TryParse(text, out var day) ? day : throw Parameters.Wrong(name, "a day as yyyy-MM-dd.", "应为 yyyy-MM-dd 格式的日期。");

    /// <summary>What the figures are a function of, given the records.</summary>
    /// <exception cref="ProblemException">There is no such scope.</exception>
    public KpiContext On(RegistrySnapshot registry) => KpiScopes.Find(registry, ScopeId, Scenarios) is { } scope
        ? new KpiContext(registry, AsOf, scope, Scenarios, Baseline) { Window = Window }
        : throw Parameters.Wrong(
            "scope", $"there is no scope '{ScopeId}'; {KpiScopes.Offered.En}, or one of /api/v1/scopes.",
            $"没有统计范围“{ScopeId}”；可用{KpiScopes.Offered.Zh}，或 /api/v1/scopes 中的一项。");

    private static IReadOnlyList<string> ReadScenarios(HttpRequest request, KpiPreset view) => Parameters.Text(request, "scenarios") switch
    {
        null => view.Scenarios,
        "all" => Provenance.AllScenarios,
        var text => text.Split(',') is var codes && codes.All(Provenance.Scenarios.Contains)
            ? [.. codes.Distinct()]
            : throw Parameters.Wrong("scenarios", $"'all', or some of {string.Join(",", Provenance.AllScenarios)}.",
                $"“all”，或 {string.Join(",", Provenance.AllScenarios)} 中的若干项。"),
    };
}
