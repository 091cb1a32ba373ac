using System.Globalization;
using FriendCity.Records.Schemas;
using FriendCity.Registry;

namespace FriendCity.Benchmarks.Store;

/// <summary>
/// Projects as an office might keep them: spread over cities, sectors, statuses and ten years, always the same for the same number.
/// </summary>
internal static class DrawnProjects
{
    private static readonly string[] Statuses =
    [
        ProjectStatus.Intention, ProjectStatus.Signed, ProjectStatus.Signed, ProjectStatus.InProgress, ProjectStatus.InProgress,
        ProjectStatus.InProgress,
        ProjectStatus.Completed, ProjectStatus.Completed, ProjectStatus.Completed, ProjectStatus.Stalled, ProjectStatus.Terminated,
    ];

    private static readonly (string En, string Zh)[] Works =
    [
        ("cold-chain logistics park", "冷链物流园"), ("joint marine laboratory", "海洋联合实验室"), ("vocational training centre", "职业技术培训中心"),
        ("youth football exchange", "青少年足球交流"), ("cross-border e-commerce hub", "跨境电商枢纽"), ("beer and food festival", "啤酒美食节"),
        ("port information platform", "港口信息平台"), ("seawater rice demonstration field", "海水稻示范田"), ("film and television week", "影视周"),
    ];

    public static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"PRJ-{number:D6}");

    public static IEnumerable<Project> Draw(int from, int count, IReadOnlyList<City> cities, IReadOnlyList<string> sectors) =>
        Enumerable.Range(from, count).Select(number => Draw(number, cities, sectors));

    private static Project Draw(int number, IReadOnlyList<City> cities, IReadOnlyList<string> sectors)
    {
        var random = new Random(number);
        var (city, work) = (cities[random.Next(cities.Count)], Works[random.Next(Works.Length)]);
        var agreed = new DateOnly(2016, 1, 1).AddDays(random.Next(3650));
        var columns = new Dictionary<string, object>
        {
            ["NameEn"] = string.Create(CultureInfo.InvariantCulture, $"Qingdao and {city.NameEn}: {work.En}, phase {number}"),
            ["NameZh"] = string.Create(CultureInfo.InvariantCulture, $"青岛—{city.NameZh}{work.Zh}(第{number}期)"),
            ["CityId"] = city.Id,
            ["CountryId"] = city.CountryId,
            ["SectorId"] = sectors[random.Next(sectors.Count)],
            ["DocType"] = "agreement",
            ["Status"] = Statuses[random.Next(Statuses.Length)],
            ["AgreementDate"] = agreed.ToString(DateFieldType.Pattern, CultureInfo.InvariantCulture),
            ["StartDate"] = agreed.AddDays(random.Next(400)).ToString(DateFieldType.Pattern, CultureInfo.InvariantCulture),
            ["PlannedValue"] = (random.Next(1, 4000) * 25_000m).ToString(CultureInfo.InvariantCulture),
            ["Currency"] = "CNY",
            ["ServesScoda"] = random.Next(3) == 0,
        };
        var project = (Project)Project.Type.FromColumns(columns);
        (project.Id, project.Version, project.Actor) = (Id(number), 1, "bench");
        return project;
    }
}
