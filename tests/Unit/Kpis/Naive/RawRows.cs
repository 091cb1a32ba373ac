using System.Globalization;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Unit.Kpis.Naive;

/// <summary>Records as raw JSON rows, and one question about them. Nothing here calls the product.</summary>
internal sealed class RawRows(IReadOnlyDictionary<string, List<JObject>> rows, DateOnly asOf, string scope, IReadOnlyList<string> scenarios,
    DateOnly baseline)
{
    private HashSet<string>? _countries;
    private Dictionary<string, JObject>? _cities;

    public DateOnly AsOf => asOf;

    public DateOnly Baseline => baseline;

    public HashSet<string> Countries => _countries ??= [.. InScope()];

    public IEnumerable<JObject> All(string type) => rows.TryGetValue(type, out var list) ? list : [];

    public IEnumerable<JObject> Of(string type) => All(type).Where(Counts);

    public bool Counts(JObject row) => scenarios.Contains((string?)row["scenario"] ?? "OFFICE");

    /// <summary>A scope is a question; all else must be of the evidence asked for.</summary>
    public JObject? Find(string type, string? id) => (type == "scopes" ? All(type) : Of(type)).FirstOrDefault(row => Text(row, "id") == id);

    public string? CountryOf(string? city) => city is not null && (_cities ??= Of("cities").ToDictionary(row => Text(row, "id")!))
        .TryGetValue(city, out var row) ? Text(row, "countryId") : null;

    public bool CityInScope(string? city) => CountryOf(city) is { } country && Countries.Contains(country);

    public static string? Text(JObject row, string field) => (string?)row[field];

    public static DateOnly? Day(JObject row, string field) =>
        row[field] is { } day ? DateOnly.ParseExact((string)day!, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null;

    public static double? Number(JObject row, string field) =>
        row[field] is { } number ? Convert.ToDouble(((JValue)number).Value, CultureInfo.InvariantCulture) : null;

    public static List<string> Ids(JObject row, string field) => row[field] is JArray ids ? [.. ids.Select(id => (string)id!)] : [];

    public static IEnumerable<JObject> List(JObject row, string field) => row[field] is JArray list ? list.Cast<JObject>() : [];

    /// <summary>From <paramref name="since"/> up to, without, <paramref name="until"/>.</summary>
    public bool Holds(JObject row, string since, string until) => !(Day(row, since) > asOf) && !(Day(row, until) <= asOf);

    private IEnumerable<string> InScope()
    {
        var wanted = Find("scopes", scope)!;
        if (Text(wanted, "kind") == "list")
            return Of("countries").Select(row => Text(row, "id")!).Intersect(Ids(wanted, "countryIds"));
        return
            from country in Of("countries")
            where !Ids(wanted, "exceptCountryIds").Contains(Text(country, "id")!)
            from status in List(country, "scoStatus")
            where Counts(status) && Holds(status, "validFrom", "validToExclusive") && Ids(wanted, "statuses").Contains(Text(status, "status")!)
            select Text(country, "id")!;
    }
}
