using FriendCity.Kpis.Alerts;
using FriendCity.Kpis.Model;
using FriendCity.Records;
using FriendCity.Registry;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Integration.Kpis;

public sealed class AnniversaryTests(Azurite azurite)
{
    [Fact]
    public void Milestones_ties_and_agreements_come_round_each_year()
    {
        var rows = Rows.TwoCountries()
            .Add("milestones", "M", "{'nameEn':'Founding','nameZh':'成立','kind':'founding','date':'2001-06-15'}")
                .Add("milestones", "PLAN", "{'nameEn':'Plan','nameZh':'规划','kind':'plan_period','date':'2001-06-15','endDate':'2005-01-01'}")
            .Tie("R1", "A1", stages: ["INTENTION 2011-06-01", "FRIENDLY_COOPERATION 2012-06-20", "FRIEND_CITY 2015-09-01"])
                .Tie("R2", "B1", stages: ["FRIEND_CITY 2010-06-10", "ENDED 2020-01-01"])
            .Add("agreements", "G", "{'titleEn':'Deal','titleZh':'协议','documentType':'agreement','relationshipId':'R1','signedOn':'2019-06-30'}");
        Assert.Equal(["2021-06-15 20 milestone M", "2021-06-20 9 tie R1", "2021-06-30 2 agreement G"], Told(rows, new(2021, 6, 1), new(2021, 7, 1)));
        Assert.Equal(6, Told(rows, new(2021, 6, 1), new(2022, 7, 1)).Count);
    }

    [Fact]
    public void A_leap_day_is_kept_on_the_28th_and_the_first_day_itself_is_no_anniversary()
    {
        var rows = Rows.TwoCountries().Add("milestones", "M", "{'nameEn':'Leap','nameZh':'闰日','kind':'event','date':'2020-02-29'}");
        Assert.Equal(["2021-02-28 1 milestone M"], Told(rows, new(2020, 1, 1), new(2021, 12, 31)));
        Assert.Equal(["2024-02-29 4 milestone M"], Told(rows, new(2024, 1, 1), new(2024, 12, 31)));
    }

    [Fact]
    public async Task The_address_takes_days_and_refuses_a_time_that_ends_before_it_begins()
    {
        var app = await azurite.SampleOfficeAsync();
        var answer = await app.GetAsync("/api/v1/anniversaries?view=article&from=2024-06-01&to=2024-06-30");
        Assert.Contains(answer["value"]!, day => (string?)day["date"] == "2024-06-09" && (int)day["years"]! == 6);
        Assert.Equal("bad_parameter", (await app.SendAsync("GET", "/api/v1/anniversaries?from=2024-06-01&to=2024-05-01")).Code);
        Assert.Equal("bad_parameter", (await app.SendAsync("GET", "/api/v1/anniversaries?from=2024-06-01&to=2044-05-01")).Code);
    }

    private static List<string> Told(Rows rows, DateOnly from, DateOnly to)
    {
        var registry = rows.Registry;
        var context = new KpiContext(registry, from, registry.Of(Scope.Type).Get("S")!, Provenance.AllScenarios, from);
        return [.. Anniversary.Between(context, from, to)
            .Select(each => FormattableString.Invariant($"{each.Day:yyyy-MM-dd} {each.Years} {each.Kind} {each.Row.Record.Id}"))];
    }
}
