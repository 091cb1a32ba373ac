using System.Globalization;
using FriendCity.Records;
using FriendCity.Registry;
using Record = FriendCity.Records.Record;

namespace FriendCity.Benchmarks.Figures;

/// <summary>A large registry in memory.</summary>
internal static class GrownSample
{
    /// <summary>The sample with so many more projects and activities, spread over its cities, sectors, centres and years.</summary>
    public static RegistrySnapshot Of(RegistrySnapshot sample, int projects, int activities)
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
                    ["Status"] = ProjectStatus.Statuses[i % ProjectStatus.Statuses.Count],
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
                    ["Type"] = Activity.Types[i % Activity.Types.Count],
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

    private static List<string> Ids(RegistrySnapshot registry, string type) =>
        [.. Enumerable.Range(0, registry.Of(type).Count).Select(i => registry.Of(type)[i].Id)];

    /// <summary>A day of the ten years from 2014 on, the same for the same number.</summary>
    private static string Day(int i) =>
        new DateOnly(2014, 1, 1).AddDays((int)(i * 7919L % 3700)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Record Row(RecordType type, int i, Dictionary<string, object> columns)
    {
        var record = type.FromColumns(columns);
        (record.Id, record.Version) = (string.Create(CultureInfo.InvariantCulture, $"B{i:D6}"), 1);
        return record;
    }
}
