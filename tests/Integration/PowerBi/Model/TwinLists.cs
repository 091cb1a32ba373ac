using System.Globalization;
using System.Text.RegularExpressions;
using FriendCity.Tests.Support;
using FriendCity.Tests.Unit.PowerBi.Model;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Integration.PowerBi.Model;

/// <summary>Numbers of records, as the lists of the API give them, of those that a filter leaves.</summary>
/// <param name="cities">The cities that are left; null when all are.</param>
/// <param name="countries">The countries that are left; null when all are.</param>
internal sealed partial class TwinLists(
    TestApp app, TwinFilter filter, IReadOnlyList<string>? cities, IReadOnlyList<string>? countries, DateOnly day)
{
    /// <summary>How the records of one city and of one country, and those since a day, are asked for.</summary>
    private static readonly Dictionary<string, (string? City, string? Country, string? Since)> Types = new()
    {
        ["cities"] = ("id", "countryId", null),
        ["projects"] = ("cityId", "countryId", null),
        ["relationships"] = ("cityId", null, null),
        ["activities"] = (null, "countryIds", "date"),
        ["platforms"] = (null, null, null),
    };

    /// <summary>Whether the API can be asked for so small a part: a country as a scope, or the records of a city or a country.</summary>
    public bool CanTell(string answer) => answer.Split(' ') switch
    {
        ["list", var type, ..] => (cities is null || Types[type].City is not null || countries is not null)
            && (countries is null || Types[type].Country is not null || (cities is not null && Types[type].City is not null)),
        // What is told of the whole world, and of activities, has no scope.
        ["kpi", "K01" or "K02" or "K14" or "K28", ..] => false,
        ["kpi", ..] => filter.Since is null && filter.City is null,
        ["alerts" or "reached", ..] => true,
        _ => false,
    };

    /// <summary><c>list TYPE [sum|average|distinct|entries FIELD] [by FIELD] [where FILTER]</c></summary>
    public async Task<Dictionary<string, JToken?>> AskAsync(string answer)
    {
        var match = Words().Match(answer);
        Assert.True(match.Success, $"measures.sql: '{answer}' asks for no list.");
        var rows = await RowsAsync(match.Groups["type"].Value, match.Groups["filter"].Value);
        var (what, field) = (match.Groups["what"].Value, match.Groups["field"].Value);
        return match.Groups["by"].Success
            ? rows.Where(row => (string?)row[match.Groups["by"].Value] is not null).GroupBy(row => (string)row[match.Groups["by"].Value]!)
                .ToDictionary(group => group.Key, group => (JToken?)Tell([.. group], what, field))
            : new() { [""] = Tell(rows, what, field) };
    }

    public async Task<Dictionary<string, JToken?>> ReachedAsync()
    {
        string[] stages = ["INTENTION", "FRIENDLY_COOPERATION", "FRIEND_CITY"];
        var reached = new Dictionary<string, JToken?>();
        foreach (var (place, stage) in stages.Index())
        {
            var found = (await RowsAsync("relationships", $"stages/any(s:s/stage in ('{string.Join("','", stages[place..])}'))"))
                .Select(row => (string?)row["cityId"]).Distinct().Count();
            if (found > 0)
                reached[stage] = found;
        }

        return reached.Count > 0 ? reached : new() { [""] = null };
    }

    /// <summary>Calendar months since the last activity of each city, up to the day that is chosen.</summary>
    public async Task<Dictionary<string, JToken?>> MonthsSinceActivityAsync()
    {
        var until = filter.Until ?? day;
        var pairs = (await RowsAsync("activities", $"date le {until:yyyy-MM-dd}"))
            .SelectMany(row => (row["cityIds"] ?? new JArray())
            .Select(city => (City: (string)city!, Day: DateOnly.Parse((string)row["date"]!, CultureInfo.InvariantCulture))));
        var home = (await RowsAsync("cities", "countryId eq 'CN'")).Select(row => (string)row["id"]!).ToHashSet();
        return pairs.Where(pair => !home.Contains(pair.City)).GroupBy(pair => pair.City, pair => pair.Day)
            .ToDictionary(group => group.Key, group => (JToken?)Months(group.Max(), until));
    }

    private static int Months(DateOnly from, DateOnly until) => ((until.Year - from.Year) * 12) + until.Month - from.Month;

    private bool IsSince(JToken entry) =>
        filter.Since is not { } first || DateOnly.Parse((string)entry["date"]!, CultureInfo.InvariantCulture) >= first;

    private double Tell(IReadOnlyList<JObject> rows, string what, string field) => what switch
    {
        "sum" => rows.Sum(row => (double?)row[field] ?? 0),
        "average" => rows.Select(row => (double?)row[field]).OfType<double>().Average(),
        "entries" => rows.Sum(row => row[field]?.Count(IsSince) ?? 0),
        "distinct" => rows.SelectMany(row => row[field.Split('.')[0]] ?? new JArray()).Select(entry => (string?)entry[field.Split('.')[1]]).Distinct()
            .Count(),
        _ => rows.Count,
    };

    private async Task<IReadOnlyList<JObject>> RowsAsync(string type, string where)
    {
        var asked = string.Join(" and ", ((string?[])[
            where.Length > 0 ? $"({where})" : null, Left(Types[type].Country, countries) ?? Left(Types[type].City, cities),
            // Twelve months up to a day are these months, whatever dates are chosen.
            Types[type].Since is { } date && filter.Since is { } first && !where.Contains("{yearBefore}", StringComparison.Ordinal)
                ? $"{date} ge {first:yyyy-MM-dd}" : null])
            .OfType<string>()).Replace("{day}", $"{day:yyyy-MM-dd}", StringComparison.Ordinal)
            .Replace("{yearBefore}", $"{day.AddMonths(-12):yyyy-MM-dd}", StringComparison.Ordinal);
        var (rows, next) = (new List<JObject>(), $"/api/v1/{type}{(asked.Length == 0 ? "" : "?$filter=" + Uri.EscapeDataString(asked))}");
        while (next is not null)
        {
            var page = await app.GetAsync(next);
            rows.AddRange(page["value"]!.Cast<JObject>());
            next = (string?)page["nextLink"];
        }

        return rows;
    }

    private static string? Left(string? field, IReadOnlyList<string>? ids)
    {
        var list = $"('{string.Join("','", ids ?? [])}')";
        return field is null || ids is null ? null
            : field.EndsWith("Ids", StringComparison.Ordinal) ? $"{field}/any(i:i in {list})" : $"{field} in {list}";
    }

    [GeneratedRegex(@"^list (?<type>[a-z-]+)( (?<what>sum|average|distinct|entries) (?<field>[A-Za-z.]+))?( by (?<by>[A-Za-z]+))?( view=now)?( where (?<filter>.+))?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Words();
}
