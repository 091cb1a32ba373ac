using System.Diagnostics;
using FriendCity.Kpis;
using FriendCity.Records;
using FriendCity.Registry;
using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;
using Record = FriendCity.Records.Record;

namespace FriendCity.Tests.Kpis;

public sealed class SeriesSpeedTests(ITestOutputHelper output)
{
    private const int Projects = 100_000;
    private static readonly DateOnly First = new(2016, 1, 31);

    [Fact]
    [Trait("Set", "slow")]
    public void A_hundred_months_over_a_hundred_thousand_projects_take_seconds_at_most()
    {
        var view = Rows.TwoCountries().View.With(new Dictionary<string, List<Record>> { ["projects"] = [.. Enumerable.Range(0, Projects).Select(One)] }, DateTimeOffset.UnixEpoch);
        var context = new KpiContext(view, First, view.Of(Scope.Type).Get("S")!, Provenance.AllScenarios, First);
        var days = Enumerable.Range(0, 100).Select(First.AddMonths).ToList();
        foreach (var id in new[] { "K15", "K17", "K03" })
        {
            var kpi = KpiCatalogue.All.Single(each => each.Id == id);
            var (watch, cpu) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
            var courses = KpiSeries.Of(kpi, context, days, CancellationToken.None);
            output.WriteLine($"{id}: {watch.ElapsedMilliseconds} ms, {(Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds:F0} ms of the processors");
            Assert.All(courses, course => Assert.Equal(100, course.Points.Count));
            // Two seconds on a machine of one's own; the margin is for a shared one.
            Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        }
    }

    private static Record One(int n)
    {
        var events = new JArray(new JObject { ["status"] = "INTENTION", ["date"] = $"{2016 + (n % 6)}-0{1 + (n % 9)}-11" });
        if (n % 2 == 0)
            events.Add(new JObject { ["status"] = "SIGNED", ["date"] = $"{2022 + (n % 3)}-0{1 + (n % 7)}-11" });
        var record = FriendCity.Registry.Project.Type.Read(new JObject
        {
            ["nameEn"] = "p",
            ["nameZh"] = "项",
            ["countryId"] = "AA",
            ["cityId"] = "A1",
            ["sectorId"] = "TRADE",
            ["status"] = n % 2 == 0 ? "SIGNED" : "INTENTION",
            ["plannedValue"] = 12.5m,
            ["currency"] = "CNY",
            ["statusEvents"] = events,
        }, new Reading());
        (record.Id, record.Version) = ($"P{n:D6}", 1);
        return record;
    }
}
