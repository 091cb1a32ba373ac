using System.Globalization;
using FriendCity.Tests.Support;
using FriendCity.Tests.Unit.PowerBi.Model;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Integration.PowerBi.Model;

/// <summary>
/// What the API says a measure is, by the words behind the "=" in measures.sql, part by part ("" for the total):
/// <code>
/// kpi K05 tie=broad measure=… field=…   the figure; part=* for each part and their sum, part=A|B for the sum of two
/// headline value                        the field of each KPI's headline figure; at=month|year|baseline on that earlier day, since=… the difference
/// targets attainment                    of each KPI with one target
/// list projects sum … by … where …      records: how many, or the sum, average or number of different values of a field
/// figures illustrative                  the KPIs of which anything is told, and those of them that rest on illustrative records
/// reached                               cities by the stage that they or more ever reached
/// text · compared                       words of the model, which nobody asks the API for
/// alerts critical · snapshot publishedAt · asked view · months · age · one: snapshot that all is of
/// </code>
/// With <c>view=now</c> the measure tells how the register stands, which only that view asks; <c>scope=world</c> asks beyond the SCO. Under a filter
/// the API is asked for what is left: another day, a scope of one country, lists of one city's records.
/// </summary>
internal sealed class TwinAnswers(TestApp app, ModelFiles model, TwinFilter filter)
{
    public const string Register = "view=now";

    private const int Days = 3;

    private readonly Dictionary<string, JObject> _answers = [];
    private JObject? _snapshot;
    private IReadOnlyList<string>? _cities;
    private IReadOnlyList<string>? _countries;
    private readonly Dictionary<string, string> _names = [];

    private DateOnly SnapshotDay => DateOnly.Parse((string)_snapshot!["snapshotDate"]!, CultureInfo.InvariantCulture);

    /// <summary>The day on which a twin that asks for today is asked.</summary>
    public DateOnly Today => SnapshotDay.AddDays(Days);

    public async Task OpenAsync()
    {
        _snapshot = (JObject)(await app.GetAsync("/api/v1/snapshots"))["value"]![0]!;
        _countries = filter switch
        {
            { Country: { } country } => [country],
            { Region: { } region } => await IdsAsync($"/api/v1/countries?$filter=regionEn eq '{region}'&$top=1000"),
            _ => null,
        };
        foreach (var type in (string[])["countries", "cities", "projects", "sectors", "agreements"])
            foreach (var record in (await app.GetAsync($"/api/v1/{type}?$top=1000"))["value"]!)
                _names[(string)record["id"]!] = (string)(record["nameEn"] ?? record["titleEn"])!;
        _cities = filter.City is { } city ? [city]
            : _countries is null ? null : await IdsAsync($"/api/v1/cities?$filter=countryId in ('{string.Join("','", _countries)}')&$top=1000");
    }

    private async Task<IReadOnlyList<string>> IdsAsync(string path) =>
        [.. (await app.GetAsync(path))["value"]!.Select(record => (string)record["id"]!)];

    /// <summary>Null where the API cannot be asked about so small a part.</summary>
    public async Task<Dictionary<string, JToken?>?> AskAsync(MeasureTwin twin)
    {
        var words = twin.Answer.Split(' ');
        var table = model.Tables.Single(each => each.Of("measure").Any(measure => measure.Name == twin.Measure)).Name;
        var left = filter.Of(table, twin.Answer);
        // A country alone chooses none of the cities of a list that only cities filter.
        var ofCities = left.City is not null || left.Region is not null || (left.Country is not null && table != "City");
        var lists = new TwinLists(
            app, left, ofCities ? _cities : null, left.Country is not null || left.Region is not null ? _countries : null, SnapshotDay);
        if (words[0] is "text" or "compared")
            return null;
        if (left.IsPart && table != "KPI Daily" && !lists.CanTell(twin.Answer))
            return null;
        return words[0] switch
        {
            // No whole figure is left of one city, and nothing but a blank is told.
            "kpi" or "headline" when IsOfCities(left, table) && !words.Contains("city=*") => Total(null),
            "kpi" => Parts(await ValuesAsync(words, table), words),
            "headline" when words is [_, _, var when] => await EarlierAsync(words[1], when.Split('='), table),
            "headline" => await HeadlinesAsync(words[1], table, null),
            "targets" when IsOfCities(left, table) => Total(null),
            "targets" => (await ValuesAsync(words, table)).Where(value => (string)value["kpi"]! == "K41" && (string?)value["dimensions"]!["measure"] == words[1])
                .ToDictionary(value => (string)value["items"]!.Single()!, value => value["value"]),
            "reached" => await lists.ReachedAsync(),
            "list" => await lists.AskAsync(twin.Answer),
            "months" => await lists.MonthsSinceActivityAsync(),
            "alerts" when left.Region is not null => Total(0),
            "alerts" => Total(((JObject)(await GetAsync($"/api/v1/alerts?{Query([.. words, Register], table)}"))["counts"]!).Properties()
                .Where(each => words.Length == 1 || each.Name == words[1]).Sum(each => (int)each.Value)),
            "figures" => Total(Figures(await ValuesAsync(words, table), words[1], IsOfCities(left, table))),
            "snapshot" => Total(_snapshot![words[1]]),
            "asked" => Total(words[1] switch
            {
                "view" => filter.View,
                "day" => $"{filter.Until ?? SnapshotDay:yyyy-MM-dd}",
                _ => (await GetAsync($"/api/v1/kpis?{Query(words, table)}"))[words[1]],
            }),
            "one" => Total(words.Length > 1 ? "✓ one snapshot" : 1),
            "age" => Total(Days),
            _ => throw new InvalidOperationException($"measures.sql: nothing is known of '{twin.Answer}'."),
        };
    }

    private static Dictionary<string, JToken?> Total(JToken? value) => new() { [""] = value };

    private async Task<IReadOnlyList<JObject>> ValuesAsync(string[] words, string table, DateOnly? day = null) =>
        [.. (await GetAsync($"/api/v1/kpis?{Query(words, table, day)}"))["values"]!.Cast<JObject>().Where(IsLeft)];

    private async Task<Dictionary<string, JToken?>> HeadlinesAsync(string field, string table, DateOnly? day) =>
        (await ValuesAsync([], table, day)).Where(IsHeadline).ToDictionary(value => (string)value["kpi"]!, value => Field(value, field));

    /// <summary>The headline figures of an earlier day, or what came since.</summary>
    private async Task<Dictionary<string, JToken?>> EarlierAsync(string field, string[] when, string table)
    {
        var now = filter.Until ?? SnapshotDay;
        var before = await HeadlinesAsync(field, table, when[1] switch
        {
            "month" => PublishedStar.MonthEndBefore(now),
            "year" => now.AddMonths(-12),
            _ => Sample.Views.Find(filter.View)!.Baseline,
        });
        return when[0] == "at" ? before : (await HeadlinesAsync(field, table, null)).Where(each => before.ContainsKey(each.Key)).ToDictionary(
            each => each.Key, each => (JToken?)((double?)each.Value - (double?)before[each.Key]));
    }

    private bool IsLeft(JObject value) => (filter.City is null && filter.Region is null)
        || (string?)value["dimensions"]!["city"] is not { } city || _cities!.Contains(city);

    /// <summary>Whether figures of cities are all that is left of figures.</summary>
    private static bool IsOfCities(TwinFilter left, string table) => table == "KPI Daily" && (left.City is not null || left.Region is not null);

    private async Task<JObject> GetAsync(string path) =>
        _answers.TryGetValue(path, out var known) ? known : _answers[path] = await app.GetAsync(path);

    // The view of the article has a day of its own. A register is of the newest day, whatever day is chosen.
    private string Query(string[] words, string table, DateOnly? on = null)
    {
        var left = filter.Of(table, "");
        var scope = left.Region is { } region && table != "KPI Daily" ? $"scope=region:{region}"
            : left.Country is { } country ? $"scope=country:{country}"
            : words.SingleOrDefault(word => word.StartsWith("scope=", StringComparison.Ordinal));
        var day = on ?? (words.Contains(Register) ? null : filter.Until) ?? SnapshotDay;
        var own = Sample.Views.Find(filter.View)!.AsOf;
        return $"view={filter.View}{(own is null || day < own ? $"&asOf={day:yyyy-MM-dd}" : "")}{(scope is null ? "" : $"&{scope}")}";
    }

    private Dictionary<string, JToken?> Parts(IReadOnlyList<JObject> values, string[] words)
    {
        var asked = words[2..].Select(word => word.Split('=')).Where(pair => pair[0] is not ("scope" or "view" or "field"))
            .ToDictionary(pair => pair[0], pair => pair[1]);
        var field = words.Where(word => word.StartsWith("field=", StringComparison.Ordinal)).Select(word => word[6..]).SingleOrDefault() ?? "value";
        var found = values.Where(value => (string)value["kpi"]! == words[1] && Fits((JObject)value["dimensions"]!, asked)).ToList();
        if (asked.Values.FirstOrDefault(value => value == "*" || value.Contains('|', StringComparison.Ordinal)) is not { } several)
            return Total(Field(Assert.Single(found), field));
        if (found.Count == 0)
            return Total(null);
        var parts = several == "*" ? found.ToDictionary(value => Part(value, asked), value => Field(value, field)) : [];
        parts[""] = found.Sum(value => (double?)Field(value, field) ?? 0);
        return parts;
    }

    private static string Part(JObject value, Dictionary<string, string> asked) =>
        (string)value["dimensions"]![asked.Single(pair => pair.Value == "*").Key]!;

    private static bool Fits(JObject dimensions, Dictionary<string, string> asked) =>
        dimensions.Properties().All(each => asked.ContainsKey(each.Name))
            && asked.All(pair => dimensions[pair.Key] is { } part && (pair.Value == "*" || pair.Value.Split('|').Contains((string)part!)));

    /// <summary>The one figure that stands for its KPI: the rule of the model's column Is Headline.</summary>
    private static bool IsHeadline(JObject value) =>
        string.Join(',', ((JObject)value["dimensions"]!).Properties().Select(each => $"{each.Name}={each.Value}"))
        is "" or "measure=count" or "measure=visits" or "measure=score" or "measure=due" or "measure=closedOnTime" or "basis=reported" or "tie=broad" or "of=cities";

    private JToken? Field(JObject value, string field) => field switch
    {
        "part" => (double)value["numerator"]! / (double)value["denominator"]!,
        "illustrative" => value["evidence"]!["illustrative"],
        "share" => (int)value["rows"]! == 0 ? null : (double)value["evidence"]!["illustrative"]! / (int)value["rows"]!,
        "mark" => (int)value["evidence"]!["illustrative"]! is > 0 and var illustrative
            ? $"⚠ {illustrative} / {value["rows"]} illustrative" : "✓ none illustrative",
        "items" => value["items"] is JArray { Count: > 0 } items ? new JValue(string.Join("; ", items.Select(item => _names[(string)item!]))) : null,
        _ => value[field],
    };

    private static JToken? Figures(IReadOnlyList<JObject> values, string what, bool ofCities)
    {
        var figures = values.Where(value => !ofCities || value["dimensions"]!["city"] is not null).GroupBy(value => (string)value["kpi"]!)
            .ToDictionary(group => group.Key, group => group.Any(IsHeadline) ? group.Where(IsHeadline) : group);
        var illustrative = figures.Values.Count(rows => rows.Any(value => (int)value["evidence"]!["illustrative"]! > 0));
        return (figures.Count, what) switch
        {
            (0, _) => null,
            (_, "told") => figures.Count,
            (_, "illustrative") => illustrative,
            _ => illustrative > 0 ? $"⚠ {illustrative} of {figures.Count} figures rest on illustrative records"
                : $"✓ none of {figures.Count} figures rests on illustrative records",
        };
    }
}
