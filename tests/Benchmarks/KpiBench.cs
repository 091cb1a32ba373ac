using System.Globalization;
using FriendCity.Kpis;
using FriendCity.Records;
using FriendCity.Registry;
using Record = FriendCity.Records.Record;
using Stopwatch = System.Diagnostics.Stopwatch;

namespace FriendCity.Benchmarks;

/// <summary>How long all figures of one date take over a large registry in memory, on one core, with the records loaded.</summary>
internal static class KpiBench
{
    /// <param name="All">Every figure with its hash, as a request or a night computes them.</param>
    /// <param name="Each">Every KPI after those before it, so that shared work counts for the first that needs it.</param>
    public sealed record Medians(TimeSpan All, IReadOnlyList<(string Kpi, TimeSpan Time)> Each);

    /// <param name="samples">The folder of the sample's files, which give cities, sectors and whatever else is not drawn.</param>
    public static async Task<Medians> RunAsync(string samples, int projects, int activities, int rounds, CancellationToken cancellation)
    {
        var (rows, _) = await ImportFile.ReadFolderAsync(samples, RegistryTypes.All, cancellation);
        var sample = View.Empty(RegistryTypes.All).With(rows.GroupBy(row => row.Type.Name).ToDictionary(type => type.Key, type => type.Select(row => row.Record).ToList()), DateTimeOffset.UnixEpoch);
        var view = Grown(sample, projects, activities);
        var all = new List<TimeSpan>();
        var each = KpiCatalogue.All.Select(kpi => (kpi.Id, Times: new List<TimeSpan>())).ToList();

        // The first round compiles and is left out.
        for (var round = 0; round <= rounds; round++)
        {
            var context = new KpiContext(view, new DateOnly(2024, 3, 25), view.Of(Scope.Type).Get("SCO_LIVE")!, Provenance.AllScenarios, new DateOnly(2018, 6, 9));
            var (watch, before) = (Stopwatch.StartNew(), TimeSpan.Zero);
            for (var i = 0; i < each.Count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                foreach (var value in KpiCatalogue.All[i].Values(context))
                    _ = value.RowsHash;
                each[i].Times.Add(watch.Elapsed - before);
                before = watch.Elapsed;
            }

            all.Add(watch.Elapsed);
        }

        return new Medians(Median(all.Skip(1)), [.. each.Select(kpi => (kpi.Id, Median(kpi.Times.Skip(1))))]);
    }

    /// <summary>The sample with so many more projects and activities, spread over its cities, sectors, centres and years.</summary>
    private static View Grown(View sample, int projects, int activities)
    {
        var cities = sample.Of(City.Type).Live.ToList();
        var (sectors, centres, mechanisms) = (Ids(sample, "sectors"), Ids(sample, "centres"), Ids(sample, "mechanisms"));
        var rows = new Dictionary<string, List<Record>>
        {
            ["projects"] =
            [
                .. Enumerable.Range(0, projects).Select(i => Row(Project.Type, i, new()
                {
                    ["NameEn"] = "p",
                    ["NameZh"] = "p",
                    ["CityId"] = cities[i % cities.Count].Id,
                    ["CountryId"] = cities[i % cities.Count].CountryId,
                    ["SectorId"] = sectors[i % sectors.Count],
                    ["CentreId"] = centres[i % centres.Count],
                    ["Status"] = ProjectStatus.Statuses[i % ProjectStatus.Statuses.Length],
                    ["AgreementDate"] = Day(i),
                    ["StartDate"] = Day(i + 90),
                    ["PlannedValue"] = "1000000",
                    ["Currency"] = i % 3 == 0 ? "USD" : "CNY",
                })),
            ],
            ["activities"] =
            [
                .. Enumerable.Range(0, activities).Select(i => Row(Activity.Type, i, new()
                {
                    ["Type"] = Activity.Types[i % Activity.Types.Length],
                    ["TitleEn"] = "a",
                    ["TitleZh"] = "a",
                    ["Date"] = Day(i),
                    ["SectorId"] = sectors[i % sectors.Count],
                    ["MechanismId"] = mechanisms[i % mechanisms.Count],
                    ["CityIds"] = $"[\"{cities[i % cities.Count].Id}\"]",
                    ["CountryIds"] = $"[\"{cities[i % cities.Count].CountryId}\"]",
                })),
            ],
        };
        return sample.With(rows, DateTimeOffset.UnixEpoch);
    }

    private static List<string> Ids(View view, string type) => [.. Enumerable.Range(0, view.Of(type).Count).Select(i => view.Of(type)[i].Id)];

    /// <summary>A day of the ten years from 2014 on, the same for the same number.</summary>
    private static string Day(int i) => new DateOnly(2014, 1, 1).AddDays((int)(i * 7919L % 3700)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Record Row(RecordType type, int i, Dictionary<string, object> columns)
    {
        var record = type.FromColumns(columns);
        (record.Id, record.Version) = (string.Create(CultureInfo.InvariantCulture, $"B{i:D6}"), 1);
        return record;
    }

    private static TimeSpan Median(IEnumerable<TimeSpan> times)
    {
        var sorted = times.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
