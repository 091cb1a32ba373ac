using System.Globalization;
using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.PowerBi.Model;

/// <summary>
/// What the API says a measure is, by the words behind the "=" in measures.sql, part by part ("" for the total):
/// <code>
/// kpi K05 tie=broad measure=… field=…   the figure; part=* for each part and their sum, part=A|B for the sum of two
/// headline value                        the field of each KPI's headline figure
/// list projects sum … by … where …      records: how many, or the sum, average or number of different values of a field
/// alerts critical · evidence rows · snapshot publishedAt · asked view · months · age
/// </code>
/// With <c>view=now</c> the measure tells how the register stands, which only that view asks; <c>scope=world</c> asks beyond the SCO.
/// </summary>
internal sealed class TwinAnswers(TestApp app, string view)
{
    public const int Days = 3;

    private readonly Dictionary<string, JObject> _answers = [];
    private JObject? _snapshot;

    private DateOnly SnapshotDay => DateOnly.Parse((string)_snapshot!["snapshotDate"]!, CultureInfo.InvariantCulture);

    /// <summary>The day on which a twin that asks for today is asked.</summary>
    public DateOnly Today => SnapshotDay.AddDays(Days);

    public async Task OpenAsync() => _snapshot = (JObject)(await app.GetAsync("/api/v1/snapshots"))["value"]![0]!;

    public async Task<Dictionary<string, JToken?>> AskAsync(string answer)
    {
        var words = answer.Split(' ');
        return words[0] switch
        {
            "kpi" => Parts(await ValuesAsync(words), words),
            "headline" => (await ValuesAsync(words)).Where(IsHeadline).ToDictionary(value => (string)value["kpi"]!, value => Field(value, words[1])),
            "list" => await new TwinLists(app, SnapshotDay).AskAsync(answer),
            "months" => await new TwinLists(app, SnapshotDay).MonthsSinceActivityAsync(),
            "alerts" => Total(((JObject)(await GetAsync($"/api/v1/alerts?{Query(words)}"))["counts"]!).Properties()
                .Where(each => words.Length == 1 || each.Name == words[1]).Sum(each => (int)each.Value)),
            "evidence" => Total(Evidence(await ValuesAsync(words), words[1])),
            "snapshot" => Total(_snapshot![words[1]]),
            "asked" => Total(words[1] == "view" ? view : (await GetAsync($"/api/v1/kpis?{Query(words)}"))[words[1]]),
            "age" => Total(Days),
            _ => throw new InvalidOperationException($"measures.sql: nothing is known of '{answer}'."),
        };
    }

    private static Dictionary<string, JToken?> Total(JToken? value) => new() { [""] = value };

    private async Task<IReadOnlyList<JObject>> ValuesAsync(string[] words) =>
        [.. (await GetAsync($"/api/v1/kpis?{Query(words)}"))["values"]!.Cast<JObject>()];

    private async Task<JObject> GetAsync(string path) =>
        _answers.TryGetValue(path, out var known) ? known : _answers[path] = await app.GetAsync(path);

    // The view of the article has a day of its own.
    private string Query(string[] words) =>
        $"view={view}{(view == "now" ? $"&asOf={SnapshotDay:yyyy-MM-dd}" : "")}{string.Concat(words.Where(word => word.StartsWith("scope=", StringComparison.Ordinal)).Select(word => "&" + word))}";

    private static Dictionary<string, JToken?> Parts(IReadOnlyList<JObject> values, string[] words)
    {
        var asked = words[2..].Select(word => word.Split('=')).Where(pair => pair[0] is not ("scope" or "view" or "field"))
            .ToDictionary(pair => pair[0], pair => pair[1]);
        var field = words.Where(word => word.StartsWith("field=", StringComparison.Ordinal)).Select(word => word[6..]).SingleOrDefault() ?? "value";
        var found = values.Where(value => (string)value["kpi"]! == words[1] && Fits((JObject)value["dimensions"]!, asked)).ToList();
        if (asked.Values.FirstOrDefault(value => value == "*" || value.Contains('|', StringComparison.Ordinal)) is not { } several)
            return Total(Field(Assert.Single(found), field));
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

    private static JToken? Field(JObject value, string field) => field switch
    {
        "share" => (double)value["numerator"]! / (double)value["denominator"]!,
        "items" => value["items"] is JArray { Count: > 0 } items ? new JValue(string.Join(';', items.Select(item => (string)item!))) : null,
        _ => value[field],
    };

    private static JToken Evidence(IReadOnlyList<JObject> values, string what)
    {
        var (rows, illustrative) = (values.Sum(value => (int)value["rows"]!), values.Sum(value => (int)value["evidence"]!["illustrative"]!));
        return what switch
        {
            "rows" => rows,
            "illustrative" => illustrative,
            "share" => (double)illustrative / rows,
            _ => illustrative > 0 ? $"⚠ {illustrative} / {rows} illustrative" : "✓ none illustrative",
        };
    }
}
