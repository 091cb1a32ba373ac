using System.Globalization;
using FriendCity.Kpis.Alerts;
using FriendCity.Kpis.Definitions;
using FriendCity.Kpis.Model;
using FriendCity.Records;
using FriendCity.Registry;
using FriendCity.Tests.Support;
using FriendCity.Tests.Unit.Kpis.Naive;

namespace FriendCity.Tests.Unit.Kpis;

/// <summary>The alert on a silent city says the day on which K13 began to count it.</summary>
public sealed class SilenceTests
{
    [Theory]
    [InlineData("2026-09-30", 1, "2026-11-01")]
    [InlineData("2027-02-28", 12, "2028-03-01")]
    [InlineData("2028-02-28", 12, "2029-03-01")]
    [InlineData("2026-08-31", 1, "2026-10-01")]
    public void At_the_ends_of_months_too(string last, int window, string since)
    {
        var rows = Tied("FRIEND_CITY 2010-01-01").Add("activities", "X",
            $"{{'type':'FORUM','titleEn':'x','titleZh':'x','date':'{last}','cityIds':['A1'],'countryIds':['AA']}}");
        var first = DateOnly.ParseExact(since, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        Assert.Equal(first, Since(rows, first.AddDays(20), window));
        Assert.Equal((first, null), (Since(rows, first, window), Since(rows, first.AddDays(-1), window)));
    }

    [Theory]
    [InlineData("INTENTION 2019-01-01,FRIEND_CITY 2021-01-01", "2019-01-01")] // a stage that rose is no new silence
    [InlineData("FRIEND_CITY 2010-01-01,SUSPENDED 2015-01-01,FRIEND_CITY 2018-03-01", "2018-03-01")] // not counted while suspended
    [InlineData("CONTACT 2010-01-01,INTENTION 2020-05-01", "2020-05-01")]
    public void A_city_without_any_activity_has_been_silent_since_it_came_into_the_circle(string stages, string since) =>
        Assert.Equal(DateOnly.ParseExact(since, "yyyy-MM-dd", CultureInfo.InvariantCulture),
            Since(Tied(stages.Split(',')), new DateOnly(2022, 1, 1), 12));

    [Fact]
    public void An_activity_long_before_the_tie_makes_no_silence_before_it() => Assert.Equal(
        new DateOnly(2018, 1, 1),
        Since(Tied("FRIEND_CITY 2018-01-01").Add("activities", "X",
            "{'type':'FORUM','titleEn':'x','titleZh':'x','date':'2010-01-01','cityIds':['A1'],'countryIds':['AA']}"), new DateOnly(2022, 1, 1), 12));

    [Theory]
    [InlineData(31, "SCO17_ARTICLE")]
    [InlineData(32, "SCO_LIVE")]
    [InlineData(33, "family")]
    public void It_is_the_first_of_the_days_on_which_the_figure_counts_the_city_without_a_break(int seed, string scope)
    {
        var random = new RandomRegistry(seed);
        var registry = random.Snapshot();
        var checkedDays = 0;
        for (var i = 0; i < 12; i++)
        {
            var context = new KpiContext(registry, random.Day(), KpiScopes.Find(registry, scope)!, random.SomeScenarios(),
                new DateOnly(2018, 6, 9))
            { Window = random.One([1, 6, 12, 25]) };
            foreach (var alert in TieAlerts.Dormant.Find(context))
            {
                var (city, since) = (((Relationship)alert.Rows[0].Record).CityId, alert.Since!.Value);
                Assert.DoesNotContain(city, Silent(context.On(since.AddDays(-1))));
                // Each of the days in between would take minutes: the first, the last and some more.
                for (var day = since; day <= context.AsOf; day = day.AddDays(day == since ? 1 : 97))
                {
                    Assert.Contains(city, Silent(context.On(day)));
                    checkedDays++;
                }
            }
        }

        Assert.True(checkedDays > 100, $"Only {checkedDays} days were looked at.");
    }

    private static Rows Tied(params string[] stages) => Rows.TwoCountries().Tie("R1", "A1", stages: stages);

    private static IReadOnlyList<string> Silent(KpiContext context) => DormancyKpis.Dormant.Figures(context)[0].Items!;

    private static DateOnly? Since(Rows rows, DateOnly day, int window)
    {
        var registry = rows.Registry;
        return TieAlerts.Dormant.Find(new KpiContext(registry, day, registry.Of(Scope.Type).Get("S")!, Provenance.AllScenarios,
            day)
        { Window = window })
            .SingleOrDefault()?.Since;
    }
}
