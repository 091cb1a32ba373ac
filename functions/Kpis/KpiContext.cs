using FriendCity.Records;
using FriendCity.Registry;

namespace FriendCity.Kpis;

/// <summary>
/// What a figure is a function of: the records, the day it is true for, the countries it is about, the evidence it may use, and the
/// day it is compared with. No clock, no I/O.
/// </summary>
internal sealed record KpiContext(View View, DateOnly AsOf, Scope Scope, IReadOnlyList<string> Scenarios, DateOnly Baseline)
{
    private IReadOnlyDictionary<string, Country>? _countries;

    /// <summary>The countries in scope on <see cref="AsOf"/>, by id. Figures for the baseline use the same countries.</summary>
    public IReadOnlyDictionary<string, Country> Countries => _countries ??= InScope();

    /// <summary>Live records of a type whose evidence counts.</summary>
    public IEnumerable<T> Of<T>(RecordType<T> type)
        where T : Record => View.Of(type).Live.Where(Counts);

    public bool Counts(Evidence evidence) => Scenarios.Contains(evidence.Scenario);

    // Countries are reference data: a scope names them whatever scenario they were entered under.
    private Dictionary<string, Country> InScope() => View.Of(Country.Type).Live
        .Where(country => Scope.Kind == Scope.List
            ? Scope.CountryIds.Contains(country.Id)
            : country.StatusOn(AsOf) is { } status && Scope.Statuses.Contains(status.Status) && !Scope.ExceptCountryIds.Contains(country.Id))
        .ToDictionary(country => country.Id);
}
