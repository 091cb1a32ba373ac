using FriendCity.Kpis.Definitions;
using FriendCity.Kpis.Model;
using FriendCity.Messages;
using FriendCity.Records;
using FriendCity.Registry;
using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;
using Record = FriendCity.Records.Record;

namespace FriendCity.Tests.Unit.Kpis;

public sealed class KpiChangeTests
{
    /// <summary>Medians, indexes and longest gaps: of no record can it be said what it added.</summary>
    private static readonly string[] Lists = ["K09", "K25 longestGap", "K32", "K32 score", "K32 potential", "K43 countries", "K45"];

    private static readonly DateOnly First = new(2017, 1, 1);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Every_move_of_the_sample_adds_up_to_its_change(int seed)
    {
        var registry = await SampleRegistry.LoadAsync();
        var random = new Random(seed);
        var unexplained = new HashSet<string>();
        for (var pair = 0; pair < 12; pair++)
        {
            var scope = new[] { "SCO17_ARTICLE", "SCO_LIVE", "world", "country:KZ" }[random.Next(4)];
            KpiContext Context() =>
                new(registry, First.AddDays(random.Next(3000)), KpiScopes.Find(registry, scope)!, Provenance.AllScenarios, new DateOnly(2018, 6, 9));
            foreach (var move in KpiChange.Between(KpiCatalogue.All, Context(), Context()))
            {
                var name = $"{move.Kpi.Id} {move.Figure.Measure ?? move.Figure.Dimension?.Value}".TrimEnd();
                if (move.Change is { } change && move.Accounted is { } accounted)
                    Assert.True(Math.Abs(change - accounted) < 1e-6 * Math.Max(1, Math.Abs(change)), $"{name}: {change} but {accounted}");
                if (move is { By: Explained.List, From.Value: not null, To.Value: not null, Change: not 0 })
                    unexplained.Add(name);
                Assert.Equal((move.From?.EvidenceRows.Count ?? 0) + move.Effects.Sum(effect => effect.After.Count - effect.Before.Count),
                    move.To?.EvidenceRows.Count
                    ?? 0);
            }
        }

        Assert.DoesNotContain(unexplained, name => !Lists.Contains(name) && !Lists.Contains(name.Split(' ')[0]));
    }

    [Fact]
    public async Task A_move_to_the_same_day_is_none()
    {
        var registry = await SampleRegistry.LoadAsync();
        var context = new KpiContext(registry, new DateOnly(2024, 3, 25), KpiScopes.Find(registry, "SCO_LIVE")!, Provenance.AllScenarios,
            new DateOnly(2018, 6, 9));
        Assert.DoesNotContain(KpiChange.Between(KpiCatalogue.All, context, context with { AsOf = context.AsOf }), move => move.IsMove);
    }

    [Fact]
    public void A_tie_that_began_entered_and_one_that_ended_left()
    {
        var rows = Rows.TwoCountries().Tie("R1", "A1", stages: "INTENTION 2021-05-01")
            .Tie("R2", "B1", stages: ["FRIEND_CITY 2010-01-01", "ENDED 2021-06-01"]);
        var move = Move(rows, "K03", new DateOnly(2021, 1, 1), new DateOnly(2022, 1, 1));
        Assert.Equal((0, Explained.Rows, 0), (move.Change, move.By, move.Accounted));
        Assert.Equal(["R1 entered 1", "R2 left -1"], move.Effects.Select(effect => $"{effect.Row.Record.Id} {effect.Kind} {effect.By}"));
    }

    [Fact]
    public void A_tie_that_rose_changed_and_shows_the_stage_that_counts_now()
    {
        var rows = Rows.TwoCountries().Tie("R1", "A1", stages: ["INTENTION 2020-01-01", "FRIEND_CITY 2021-06-01"]);
        var effect = Assert.Single(Move(rows, "K03", new DateOnly(2021, 1, 1), new DateOnly(2022, 1, 1)).Effects);
        Assert.Equal(("changed", 0d), (effect.Kind, effect.By));
        Assert.Contains("stages/0/stage", effect.Before[0].Fields);
        Assert.Contains("stages/1/stage", effect.After[0].Fields);
    }

    [Fact]
    public void A_country_enters_once_whatever_its_number_of_cities()
    {
        var rows = Rows.TwoCountries().Add("cities", "A2", "{'countryId':'AA','entityLevel':'city','nameEn':'A two','nameZh':'甲二'}")
            .Tie("R1", "A1", stages: "INTENTION 2021-05-01").Tie("R2", "A2", stages: "INTENTION 2021-06-01");
        var move = Move(rows, "K04", new DateOnly(2021, 1, 1), new DateOnly(2022, 1, 1));
        Assert.Equal((1, Explained.Items, 1), (move.Change, move.By, move.Accounted));
        Assert.Equal(["AA"], move.ItemsEntered);
        Assert.Equal(2, move.Effects.Count);
    }

    [Fact]
    public void A_share_moves_by_its_numerator_and_its_denominator()
    {
        var rows = Rows.TwoCountries().Tie("R1", "A1", stages: "FRIEND_CITY 2010-01-01");
        var move = Move(rows, "K05", new DateOnly(2014, 1, 1), new DateOnly(2016, 1, 1), "L");
        Assert.Equal((1, 0.5), (move.From!.Value, move.To!.Value));
        Assert.Equal((Explained.Ratio, -0.5), (move.By, move.Accounted));
        Assert.Equal((0, -0.5), move.RatioEffects);
    }

    [Fact]
    public void A_value_that_was_corrected_is_a_change_of_that_much()
    {
        static RegistrySnapshot Known(decimal value, long version)
        {
            var validation = new ValidationContext();
            var project = Project.Type.Read(
                new JObject
                {
                    ["nameEn"] = "p",
                    ["nameZh"] = "项",
                    ["countryId"] = "AA",
                    ["sectorId"] = "TRADE",
                    ["status"] = "SIGNED",
                    ["agreementDate"] = "2020-01-01",
                    ["plannedValue"] = value,
                    ["currency"] = "CNY"
                }, validation);
            (project.Id, project.Version) = ("P1", version);
            return Rows.TwoCountries().Registry.With(new Dictionary<string, List<Record>> { ["projects"] = [project] }, DateTimeOffset.UnixEpoch);
        }

        var day = new DateOnly(2022, 1, 1);
        var move = KpiChange.Between([KpiCatalogue.Find("K15")!], Context(Known(5, 1), day), Context(Known(7.5m, 2), day))
            .Single(each => each.Figure.Measure == "value");
        var effect = Assert.Single(move.Effects);
        Assert.Equal((2.5, "changed", 2.5, 1L, 2L), (move.Change, effect.Kind, effect.By, effect.Before[0].Record.Version,
            effect.After[0].Record.Version));
    }

    private static KpiChange Move(Rows rows, string kpi, DateOnly from, DateOnly to, string scope = "S")
    {
        var registry = rows.Registry;
        return KpiChange.Between([KpiCatalogue.Find(kpi)!], Context(registry, from, scope), Context(registry, to, scope)).First();
    }

    private static KpiContext Context(RegistrySnapshot registry, DateOnly day, string scope = "S") =>
        new(registry, day, registry.Of(Scope.Type).Get(scope)!, Provenance.AllScenarios, new DateOnly(2018, 6, 9));
}
