using System.Globalization;
using FriendCity.Records;
using FriendCity.Serialization;
using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Unit.Kpis.Naive;

/// <summary>The sample and random rows beside it, the same for the same seed: as raw JSON and as the product's view.</summary>
internal sealed class RandomRegistry
{
    private static readonly string[] Scenarios = ["ARTICLE", "PUBLIC_UPDATE", "OFFICE"];
    private static readonly string[] Sources = ["article", "public", "illustrative", "office"];

    private readonly Random _random;

    public RandomRegistry(int seed)
    {
        _random = new Random(seed);
        foreach (var path in Directory.EnumerateFiles(Sample.Folder, "*.json").Order(StringComparer.Ordinal))
            Rows[Path.GetFileNameWithoutExtension(path)] = [.. ((JArray)Json.Parse(File.ReadAllText(path))).Cast<JObject>()];
        for (var i = 0; i < 25; i++)
        {
            Relationship(i);
            Project(i);
            Project(100 + i);
            Activity(i);
            Activity(100 + i);
            Agreement(i);
            Others(i);
        }
    }

    public Dictionary<string, List<JObject>> Rows { get; } = [];

    public RegistrySnapshot Snapshot()
    {
        var rows = new Rows();
        foreach (var (type, list) in Rows)
            foreach (var row in list)
            {
                var fields = (JObject)row.DeepClone();
                fields.Remove("id");
                rows.Add(type, (string)row["id"]!, fields);
            }

        return rows.Registry;
    }

    /// <summary>A day from 2015 to 2025; never on the edge of the calendar's oddities alone.</summary>
    public DateOnly Day(DateOnly? after = null) => (after ?? new DateOnly(2015, 1, 1)).AddDays(1 + _random.Next(4000));

    public T One<T>(IReadOnlyList<T> of) => of[_random.Next(of.Count)];

    public IReadOnlyList<string> SomeScenarios() => [.. Scenarios.Where(_ => _random.Next(3) > 0).DefaultIfEmpty("ARTICLE")];

    public void Add(string type, JObject row) => (Rows.TryGetValue(type, out var list) ? list : Rows[type] = []).Add(row);

    /// <summary>A row with random evidence.</summary>
    public JObject Row(string id, params (string Name, JToken? Value)[] fields)
    {
        var row = new JObject { ["id"] = id, ["scenario"] = One(Scenarios), ["source"] = One(Sources) };
        foreach (var (name, value) in fields)
            if (value is not (null or JValue { Value: null }))
                row[name] = value;
        return row;
    }

    public JObject Entry(DateOnly? day, params (string Name, JToken? Value)[] fields)
    {
        var row = Row("", [("date", Iso(day)), ("datePrecision", Maybe(One(["day", "month"]))), .. fields]);
        row.Remove("id");
        return row;
    }

    public static string? Iso(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private string? Maybe(string value) => _random.Next(2) == 0 ? null : value;

    private string? MaybeDay() => Maybe(Iso(Day())!);

    private string Id(string type) => (string)One(Rows[type])["id"]!;

    private JObject City() => One(Rows["cities"]);

    private JArray Entries(int most, Func<DateOnly, JObject> entry) =>
        [.. Enumerable.Range(0, _random.Next(most + 1)).Select(_ => Day()).Order().Select(day => (JToken)entry(day))];

    private void Relationship(int i) => Add("relationships", Row($"XR{i:D2}",
        ("homeCityId", "CNTAO"), ("homeEntityLevel", _random.Next(6) == 0 ? "district" : "city"), ("cityId", (string)City()["id"]!),
        ("openingChannel", Maybe(One(["embassy_consulate", "international_friends", "other"]))),
        ("stages", Entries(4, day => Entry(day, ("stage", One(["CONTACT", "INTENTION", "FRIENDLY_COOPERATION", "FRIEND_CITY", "SUSPENDED", "ENDED"])),
            ("documentType", "agreement"), ("reason", "r"))))));

    private void Project(int i)
    {
        var city = City();
        string[] statuses = ["INTENTION", "SIGNED", "IN_PROGRESS", "COMPLETED", "STALLED", "TERMINATED"];
        var events = _random.Next(2) == 0 ? Entries(4, day => Entry(day, ("status", One(statuses)))) : [];
        Add("projects", Row($"XP{i:D3}",
            ("nameEn", "p"), ("nameZh", "p"), ("cityId", Maybe((string)city["id"]!)), ("countryId", (string)city["countryId"]!),
            ("sectorId", Id("sectors")), ("centreId", Maybe(Id("centres"))),
            ("status", (string?)events.LastOrDefault()?["status"] ?? One(statuses)), ("statusEvents", events), ("agreementDate", MaybeDay()),
            ("startDate", MaybeDay()), ("datePrecision", Maybe("year")),
            ("plannedValue", _random.Next(3) == 0 ? null : _random.Next(1, 1000) * 1000), ("currency", One(["CNY", "USD", "RUB", "XXX"])),
            ("outcomes", Entries(2, day => Entry(day, ("jobs", 3))))));
    }

    private void Activity(int i)
    {
        var cities = Enumerable.Range(0, _random.Next(3)).Select(_ => City()).DistinctBy(city => (string)city["id"]!).ToList();
        Add("activities", Row($"XA{i:D3}",
            ("type", One(FriendCity.Registry.Activity.Types)), ("titleEn", "a"), ("titleZh", "a"), ("date", Iso(Day())),
            ("datePrecision", Maybe("month")), ("dateSource", Maybe("illustrative")),
            ("mechanismId", Maybe(Id("mechanisms"))), ("sectorId", Maybe(Id("sectors"))),
            ("cityIds", new JArray(cities.Select(city => city["id"]!.DeepClone()))),
            ("countryIds", new JArray(cities.Select(city => (string)city["countryId"]!).Append(_random.Next(3) == 0 ? Id("countries") : null)
                .OfType<string>().Distinct()))));
    }

    private void Agreement(int i)
    {
        var (signed, ofProject) = (Day(), _random.Next(2) == 0);
        Add("agreements", Row($"XG{i:D2}",
            ("titleEn", "g"), ("titleZh", "g"), ("documentType", "agreement"), ("relationshipId", ofProject ? null : Id("relationships")),
            ("projectId", ofProject ? Id("projects") : null),
            ("signedOn", _random.Next(6) == 0 ? null : Iso(signed)), ("termYears", _random.Next(3) == 0 ? _random.Next(1, 6) : null),
            ("endsOn", _random.Next(3) == 0 ? Iso(Day(signed)) : null), ("reviewOn", _random.Next(3) == 0 ? Iso(Day(signed)) : null),
            ("datePrecision", Maybe("day"))));
    }

    private void Others(int i)
    {
        var issued = Day();
        Add("directives", Row($"XD{i:D2}", ("titleEn", "d"), ("titleZh", "d"), ("kind", One(["directive", "inspection", "task"])),
            ("issuedOn", Maybe(Iso(issued)!)), ("ownerId", "ORG-JIAOZHOU"),
            ("dueOn", Maybe(Iso(Day(issued))!)), ("doneOn", Maybe(Iso(Day(issued))!))));
        Add("transport-links", Row($"XT{i:D2}", ("cityId", (string)City()["id"]!), ("mode", One(["air", "rail", "sea"])), ("since", MaybeDay()),
            ("until", Iso(Day(new DateOnly(2019, 1, 1))))));
        var conflict = One(["relationships", "projects", "activities", "countries"]);
        Add("source-conflicts", Row($"XC{i:D2}", ("recordType", conflict), ("recordId", Id(conflict)), ("state", One(["open", "settled"])),
            ("settledOn", Iso(Day()))));
        Add("policy-profiles", Row($"XF{i:D2}", ("cityId", (string)City()["id"]!), ("profileVersion", 2 + i), ("leadCentreId", Maybe(Id("centres"))),
            ("approved", _random.Next(2) == 0), ("approvedOn", MaybeDay()), ("expiresOn", Maybe("2026-01-01")),
            ("sharedFestival", _random.Next(5) == 0 ? null : _random.Next(2) == 0), ("languageOrSchoolTie", true), ("youthProgramme", false),
            ("tourismLink", true),
            ("onHubNetwork", true), ("directRail", _random.Next(5) == 0 ? null : _random.Next(2) == 0), ("directAirOrSea", false),
            ("sectorStrengths", _random.Next(4) == 0
                ? new JArray() : new JArray(Rows["sectors"].Take(_random.Next(6)).Select(sector => Strength((string)sector["id"]!))))));
        var platform = One(Rows["platforms"]);
        ((JArray)(platform["embeddings"] ??= new JArray())).Add(Element((string)City()["id"]!, Day()));
    }

    private JObject Strength(string sector)
    {
        var row = Row("", ("sectorId", sector), ("strength", _random.Next(4)));
        row.Remove("id");
        return row;
    }

    public JObject Element(string city, DateOnly since)
    {
        var row = Row("", ("cityId", city), ("elementEn", "e"), ("elementZh", "e"), ("since", Iso(since)), ("renewedOn", Maybe(Iso(Day(since))!)),
            ("until", Maybe(Iso(Day(since))!)));
        row.Remove("id");
        return row;
    }
}
