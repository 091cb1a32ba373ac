using System.Collections.Concurrent;
using FriendCity.Records;
using FriendCity.Registry;

namespace FriendCity.Kpis;

/// <summary>
/// What a figure is a function of: the records, the day it is true for, the countries it is about, the evidence it may use, and the
/// day it is compared with. No clock, no I/O. What several figures share is worked out once and kept: a context is of one request
/// and one thread.
/// </summary>
internal sealed record KpiContext(View View, DateOnly AsOf, Scope Scope, IReadOnlyList<string> Scenarios, DateOnly Baseline)
{
    public const int StandardWindow = 12;

    private Dictionary<(string What, DateOnly Day), object>? _once;
    private ConcurrentDictionary<string, Lazy<object>> _lasting = new();

    /// <summary><c>with</c> asks another question: what was worked out for this one is left behind.</summary>
    private KpiContext(KpiContext other) =>
        (View, AsOf, Scope, Scenarios, Baseline, Window, _lasting) = (other.View, other.AsOf, other.Scope, other.Scenarios, other.Baseline, other.Window, new());

    /// <summary>How many months of activity figures such as dormancy look back on.</summary>
    public int Window { get; init; } = StandardWindow;

    /// <summary>The countries in scope on <see cref="AsOf"/>, by id. Figures for the baseline use the same countries.</summary>
    public IReadOnlyDictionary<string, Country> Countries => Once("countries in scope", AsOf, InScope);

    /// <summary>The same question of another day, for another thread if need be; what is the same on all days is worked out once for both.</summary>
    public KpiContext On(DateOnly day) => this with { AsOf = day, _lasting = _lasting };

    /// <summary>Live records of a type whose evidence counts.</summary>
    public IReadOnlyList<T> Of<T>(RecordType<T> type)
        where T : Record => Lasting(type.Name, () => View.Of(type).Live.Where(Counts).ToList());

    public bool Counts(Evidence evidence) => Scenarios.Contains(evidence.Scenario);

    /// <summary>The city of that id, whatever evidence it was entered under: reference data, as countries are.</summary>
    public City? City(string? id) => id is not null && Lasting("cities by id", () => View.Of(Registry.City.Type).Live.ToDictionary(city => city.Id)).TryGetValue(id, out var city) ? city : null;

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

    // Countries are reference data: a scope names them whatever scenario they were entered under.
    private Dictionary<string, Country> InScope() => View.Of(Country.Type).Live
        .Where(country => Scope.Kind == Scope.List
            ? Scope.CountryIds.Contains(country.Id)
            : country.StatusOn(AsOf) is { } status && Scope.Statuses.Contains(status.Status) && !Scope.ExceptCountryIds.Contains(country.Id))
        .ToDictionary(country => country.Id);
}
