using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using FriendCity.Records;
using FriendCity.Registry;

namespace FriendCity.Kpis.Model;

/// <summary>
/// What a figure is a function of: the records, the day it is true for, the countries it is about, the evidence it may use, and the
/// day it is compared with. No clock, no I/O. What several figures share is worked out once and kept: a context is of one request
/// and one thread.
/// </summary>
internal sealed record KpiContext(RegistrySnapshot Registry, DateOnly AsOf, Scope Scope, IReadOnlyList<string> Scenarios, DateOnly Baseline)
{
    public const int StandardWindow = 12;

    private Dictionary<(string What, DateOnly Day), object>? _once;
    private ConcurrentDictionary<string, Lazy<object>> _lasting = new();

    /// <summary><c>with</c> asks another question: what was worked out for this one is left behind.</summary>
    private KpiContext(KpiContext other) =>
        (Registry, AsOf, Scope, Scenarios, Baseline, Window, _lasting) = (other.Registry, other.AsOf, other.Scope, other.Scenarios, other.Baseline,
            other.Window, new());

    /// <summary>How many months of activity figures such as dormancy look back on.</summary>
    public int Window { get; init; } = StandardWindow;

    /// <summary>The countries in scope on <see cref="AsOf"/>, by id. Figures for the baseline use the same countries.</summary>
    public IReadOnlyDictionary<string, Country> Countries =>
        Once("countries in scope", AsOf, () => Of(Country.Type).Where(country => IsInScope(country, AsOf)).ToDictionary(country => country.Id));

    /// <summary>The row of the scope, where it is a record: what it says decides every figure that is asked for in it.</summary>
    public IReadOnlyList<FigureRow> ScopeRow => Lasting<IReadOnlyList<FigureRow>>("scope row", () =>
        ReferenceEquals(Registry.Of(Scope.Type).Get(Scope.Id), Scope)
            ? [new("scopes", Scope, Scope.Source, ["kind", "countryIds", "statuses", "exceptCountryIds"]) { Amount = 0 }] : []);

    /// <summary>The scope with its countries, in the order in which rows are hashed.</summary>
    public IReadOnlyList<FigureRow> ScopeRows => Once<IReadOnlyList<FigureRow>>("scope rows", AsOf, () =>
        [.. Countries.Values.OrderBy(country => country.Id, StringComparer.Ordinal).Select(Row), .. ScopeRow]);

    /// <summary>The same question of another day, for another thread if need be; what is the same on all days is worked out once for both.</summary>
    /// <param name="baseline">Another than the question's.</param>
    public KpiContext On(DateOnly day, DateOnly? baseline = null) =>
        this with { AsOf = day, Baseline = baseline ?? Baseline, _lasting = _lasting };

    /// <summary>Live records of a type whose evidence counts: all that a figure may read, together with <see cref="Get"/>.</summary>
    public IReadOnlyList<T> Of<T>(RecordType<T> type)
        where T : Record => Lasting(type.Name, () => Registry.Of(type).Live.Where(Counts).ToList());

    /// <summary>Likewise, whatever the type; nothing is kept.</summary>
    public IEnumerable<Record> Of(RecordType type)
    {
        var set = Registry.Of(type.Name);
        for (var i = 0; i < set.Count; i++)
            if (set[i] is { Deleted: false } record && Counts(record))
                yield return record;
    }

    /// <summary>
    /// What follows from each record of a type by itself and the evidence that counts, in the order of ids, part by part. An import changes few
    /// parts at a time: what was made of the others is there already, whoever asked for it.
    /// </summary>
    /// <param name="known">Of each array that views share, for as long as one does.</param>
    public IEnumerable<TMade[]> Each<T, TMade>(
        RecordType<T> type, ConditionalWeakTable<T[], Derived<TMade>> known, Func<T, IEnumerable<TMade>> make)
        where T : Record
    {
        foreach (var part in Registry.Of(type).Ids.Chunks)
        {
            if (!known.TryGetValue(part, out var made) || !made.Scenarios.SequenceEqual(Scenarios))
                known.AddOrUpdate(part, made = new(Scenarios, [.. part.Where(record => !record.Deleted && Counts(record)).SelectMany(make)]));
            yield return made.Values;
        }
    }

    /// <summary>The live record of that id, if its evidence counts.</summary>
    public T? Get<T>(RecordType<T> type, string? id)
        where T : Record => Registry.Of(type).Get(id) is { } record && Counts(record) ? record : null;

    public bool Counts(Evidence evidence) => Scenarios.Contains(evidence.Scenario);

    public City? City(string? id) => id is not null && Lasting("cities by id", () => Of(FriendCity.Registry.City.Type).ToDictionary(city => city.Id))
        .TryGetValue(id, out var city) ? city : null;

    /// <summary>Whether it is a known city of a country in scope.</summary>
    public bool InScope(string? cityId) => City(cityId) is { } city && Countries.ContainsKey(city.CountryId);

    /// <summary>The result of <paramref name="make"/>, worked out at the first call for that name and day.</summary>
    public T Once<T>(string what, DateOnly day, Func<T> make)
        where T : class
    {
        _once ??= [];
        if (!_once.TryGetValue((what, day), out var made))
            _once[(what, day)] = made = make();
        return (T)made;
    }

    /// <summary>Likewise for what depends on the records and the evidence alone, whatever the day.</summary>
    public T Lasting<T>(string what, Func<T> make)
        where T : class => (T)_lasting.GetOrAdd(what, _ => new Lazy<object>(make)).Value;

    /// <summary>Whether the scope holds a country on a day, by the evidence that counts.</summary>
    public bool IsInScope(Country country, DateOnly day) => Scope.Kind == Scope.List
        ? Scope.CountryIds.Contains(country.Id)
        : country.StatusOn(day, Counts) is { } status && Scope.Statuses.Contains(status.Status) && !Scope.ExceptCountryIds.Contains(country.Id);

    private FigureRow Row(Country country) => Scope.Kind == Scope.List
        ? new("countries", country, country.Source, []) { Amount = 0 }
        : new("countries", country, Sources.Weakest(country.Source, country.StatusOn(AsOf, Counts)!.Source), ["scoStatus"]) { Amount = 0 };
}

/// <summary>What was made of some records, by the evidence that was asked for last.</summary>
internal sealed record Derived<T>(IReadOnlyList<string> Scenarios, T[] Values);
