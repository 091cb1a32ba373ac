using System.Globalization;
using FriendCity.Kpis.Definitions;
using FriendCity.Kpis.Model;
using FriendCity.Records;
using FriendCity.Registry;
using FriendCity.Tests.Unit.Kpis.Naive;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Unit.Kpis;

/// <summary>Every KPI against a second computation, written from the formulas over raw rows; and what must hold for any rows.</summary>
public sealed class RecomputationTests
{
    private const int PerRegistry = 25;

    /// <summary>Parts of a whole: never more than all of it.</summary>
    private static readonly string[] Shares = ["K05", "K08", "K17", "K18", "K20", "K21", "K23", "K26", "K27", "K29", "K31", "K33", "K34"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Every_figure_agrees_with_a_naive_computation_over_raw_rows(int seed) => Agree(seed);

    [Theory]
    [Trait("Set", "slow")]
    [InlineData(101), InlineData(102), InlineData(103), InlineData(104), InlineData(105), InlineData(106), InlineData(107), InlineData(108),
        InlineData(109)]
    [InlineData(110), InlineData(111), InlineData(112), InlineData(113), InlineData(114), InlineData(115), InlineData(116), InlineData(117),
        InlineData(118)]
    public void Every_figure_agrees_with_a_naive_computation_over_many_more_rows(int seed) => Agree(seed);

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void Formal_is_never_more_than_broad_countries_are_distinct_and_the_funnel_adds_up(int seed)
    {
        var (random, known) = (new RandomRegistry(seed), new HashSet<string>());
        var registry = random.Snapshot();
        for (var i = 0; i < PerRegistry; i++)
        {
            var context = Asked(random, registry);
            var figures = Figures(context);
            Assert.Equal(figures["K03"], figures["K07 INTENTION"] + figures["K07 FRIENDLY_COOPERATION"] + figures["K07 FRIEND_CITY"]);
            Assert.True(figures["K04"] <= figures["K03"]);
            Assert.True(figures["K02 computed"] <= figures["K01 computed"]);
            foreach (var (less, more) in new[] { ("K05 formal", "K05 broad"), ("K21", "K20") })
                if (Both(figures[less], figures[more]) is var (part, whole))
                    Assert.InRange(part, 0, whole);
            foreach (var value in KpiCatalogue.Values(context).Where(value => Shares.Contains(value.Kpi.Id)))
            {
                // A share is unknown where there is nothing to share, and nowhere else.
                Assert.Equal(value.Figure.Denominator == 0, value.Figure.Value is null);
                if (value.Figure.Value is not { } share)
                    continue;
                Assert.InRange(share, 0, 1);
                known.Add(value.Kpi.Id);
            }
        }

        Assert.Equal(Shares, known.Order(StringComparer.Ordinal));
    }

    /// <summary>Null where one of them is; both are unknown together, as they share the whole they are of.</summary>
    private static (double, double)? Both(double? one, double? other)
    {
        Assert.Equal(one is null, other is null);
        return one is { } left && other is { } right ? (left, right) : null;
    }

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    public void A_dated_event_changes_no_figure_before_its_day(int seed)
    {
        var random = new RandomRegistry(seed);
        var asked = Enumerable.Range(0, PerRegistry).Select(_ => Asked(random, random.Snapshot())).ToList();
        var before = asked.ConvertAll(Figures);
        var day = asked.Max(context => context.AsOf > context.Baseline ? context.AsOf : context.Baseline).AddDays(1);
        foreach (var (list, entry) in new[] { ("relationships", "stages"), ("projects", "statusEvents"), ("platforms", "embeddings") })
            foreach (var row in random.Rows[list].Where(row => row[entry] is JArray { Count: > 0 }))
                ((JArray)row[entry]!).Add(Later(random, entry, day));
        foreach (var row in random.Rows["activities"].Concat(random.Rows["agreements"]).ToList())
        {
            var later = (JObject)row.DeepClone();
            (later["id"], later[row["date"] is null ? "signedOn" : "date"]) = ("L" + (string)row["id"]!, RandomRegistry.Iso(day));
            random.Add(row["date"] is null ? "agreements" : "activities", later);
        }

        var registry = random.Snapshot();
        for (var i = 0; i < asked.Count; i++)
            Same(before[i], Figures(asked[i] with { Registry = registry }), asked[i]);
    }

    private static JObject Later(RandomRegistry random, string list, DateOnly day) => list switch
    {
        "stages" => random.Entry(day, ("stage", random.One(["FRIEND_CITY", "ENDED"])), ("documentType", "agreement"), ("reason", "r")),
        "statusEvents" => random.Entry(day, ("status", random.One(["STALLED", "COMPLETED"]))),
        _ => random.Element("RULED", day),
    };

    private static void Agree(int seed)
    {
        var random = new RandomRegistry(seed);
        var registry = random.Snapshot();
        for (var i = 0; i < PerRegistry; i++)
        {
            var context = Asked(random, registry);
            var raw = new RawRows(random.Rows, context.AsOf, context.Scope.Id, context.Scenarios, context.Baseline);
            var naive = new Dictionary<string, double?>();
            NaiveTies.Add(raw, naive);
            NaiveProjects.Add(raw, naive);
            NaiveActivities.Add(raw, naive);
            NaiveRegistry.Add(raw, naive);
            Same(naive, Figures(context), context);
        }
    }

    private static KpiContext Asked(RandomRegistry random, RegistrySnapshot registry) =>
        new(registry, random.Day(), registry.Of(Scope.Type).Get(random.One(["SCO17_ARTICLE", "SCO_LIVE"]))!, random.SomeScenarios(), random.Day());

    private static Dictionary<string, double?> Figures(KpiContext context) => KpiCatalogue.Values(context).ToDictionary(
        value => string.Join(' ', new[] { value.Kpi.Id, value.Figure.Dimension?.Value, value.Figure.Measure }.OfType<string>()),
        value =>
        {
            Assert.True(value.Figure.Value is not null || value.Figure.Reason is not null, $"{value.Kpi.Id} is null without a reason.");
            return value.Figure.Value;
        });

    private static void Same(Dictionary<string, double?> expected, Dictionary<string, double?> actual, KpiContext context)
    {
        var differences = expected.Keys.Union(actual.Keys).Order(StringComparer.Ordinal)
            .Where(key => !expected.TryGetValue(key, out var left) || !actual.TryGetValue(key, out var right) || left is null != right is null
                || Math.Abs((left - right) ?? 0) > 1e-9 * Math.Max(1, Math.Abs(left ?? 0)))
            .Select(key => $"{key}: {Told(expected, key)} | {Told(actual, key)}").ToList();
        Assert.True(differences.Count == 0,
            $"{context.AsOf:yyyy-MM-dd} {context.Scope.Id} {string.Join(',', context.Scenarios)} since {context.Baseline:yyyy-MM-dd}\n{string.Join('\n', differences.Take(20))}");
    }

    private static string Told(Dictionary<string, double?> figures, string key) =>
        figures.TryGetValue(key, out var value) ? value?.ToString("R", CultureInfo.InvariantCulture) ?? "null" : "absent";
}
