using FriendCity.Kpis.Model;
using FriendCity.Records;
using FriendCity.Records.Schemas;
using Microsoft.AspNetCore.WebUtilities;

namespace FriendCity;

/// <summary>Which views an office has: settings <c>Views</c> and <c>DefaultView</c>.</summary>
internal static class ViewSettings
{
    private const string Setting = "Views";

    private const string Form =
        $"The setting '{Setting}' is NAME?asOf=DAY&scope=SCOPE&scenarios=SET,SET&baseline=DAY, all but scope optional, views with semicolons between";

    private static readonly string[] Words = ["asOf", "scope", "scenarios", "baseline"];

    /// <summary>
    /// Setting <c>Views</c>: a name and behind it, as in an address, what the API's parameters of the same names are in that view; several views
    /// with semicolons between. <c>now</c> has no day of its own; an office that does not name it has <see cref="KpiPresets.World"/>.
    /// Setting <c>DefaultView</c>: the view that figures use when a request names none, default <c>now</c>.
    /// </summary>
    public static KpiPresets Views(this IConfiguration configuration)
    {
        var views = (configuration[Setting] ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(Parse).ToList();
        if (views.GroupBy(view => view.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new StartUpException($"The setting '{Setting}' names the view '{twice.Key}' twice.");
        if (!views.Exists(view => view.Name == KpiPresets.NowName))
            views.Add(KpiPresets.World);

        IReadOnlyList<KpiPreset> all = [.. views.OrderBy(view => view.Name, StringComparer.Ordinal)];
        var standard = configuration["DefaultView"] is { Length: > 0 } given ? given : KpiPresets.NowName;
        return new(all, all.FirstOrDefault(view => view.Name == standard) ?? throw new StartUpException(
            $"The setting 'DefaultView' is one of {string.Join(", ", all.Select(view => view.Name))}, not '{standard}'."));
    }

    private static KpiPreset Parse(string text)
    {
        var (name, query) = text.IndexOf('?', StringComparison.Ordinal) is >= 0 and var at ? (text[..at], text[at..]) : (text, "");
        var given = QueryHelpers.ParseQuery(query);
        if (!RecordId.IsValid(name) || given.Any(each => !Words.Contains(each.Key) || each.Value is not [{ Length: > 0 }]))
            throw new StartUpException($"{Form}, not '{text}'.");

        var scenarios = given.TryGetValue("scenarios", out var sets) ? $"{sets}".Split(',') : Provenance.AllScenarios;
        if (Array.Find(scenarios, each => !Provenance.Scenarios.Contains(each)) is { } unknown)
            throw new StartUpException($"{Form}; '{unknown}' in '{text}' is no set of evidence.");
        if (name == KpiPresets.NowName && given.ContainsKey("asOf"))
            throw new StartUpException($"In the setting '{Setting}' the view 'now' is of today and takes no asOf.");
        return new(name, Day("asOf"), given.TryGetValue("scope", out var scope) ? $"{scope}"
            : throw new StartUpException($"{Form}; '{text}' has no scope."), scenarios, Day("baseline"));

        DateOnly? Day(string word) => !given.TryGetValue(word, out var value) ? null
            : DateFieldType.TryParse($"{value}", out var day) && Days.IsPlausible(day) ? day
            : throw new StartUpException($"{Form}; '{word}' in '{text}' is no day as yyyy-MM-dd.");
    }
}
