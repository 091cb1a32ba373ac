using FriendCity.Kpis.Model;
using FriendCity.Messages;
using FriendCity.Registry;

namespace FriendCity.Kpis.Facts;

/// <summary>A city the home city is tied to on a day, at its stage of that day: intention, friendly cooperation or friend city.</summary>
/// <param name="Index">The stage's place among the relationship's stages.</param>
internal sealed record CityRelationship(Relationship Relationship, City City, StageEvent Stage, int Index)
{
    public bool IsFormal => Stage.IsFormal;

    public bool IsIntention => Stage.Stage == StageEvent.Intention;

    public FigureRow Row => new("relationships", Relationship, Sources.Weakest(Relationship.Source, Stage.Source), Places(Index));

    /// <summary>The ties of the countries in scope.</summary>
    public static IReadOnlyList<CityRelationship> On(KpiContext context, DateOnly day) =>
        context.Once("ties in scope", day, () => Anywhere(context, day).Where(tie => context.Countries.ContainsKey(tie.City.CountryId)).ToList());

    /// <summary>The circle: the ids of the cities with a tie on the figure's day, in scope.</summary>
    public static IReadOnlySet<string> Circle(KpiContext context) =>
        context.Once("circle", context.AsOf, () => On(context, context.AsOf).Select(tie => tie.City.Id).ToHashSet());

    /// <summary>
    /// The ties that count on a day, one a city: of several at the same stage that which reached it first. District ties are the district's
    /// own; a tie that was suspended or ended, or is only a
    /// contact, is none; a relationship whose city is missing is left out, and <see cref="Explained"/> says so.
    /// </summary>
    public static IReadOnlyList<CityRelationship> Anywhere(KpiContext context, DateOnly day) =>
        context.Once("ties", day, () => context.Of(Relationship.Type)
        .Where(relationship => relationship.HomeEntityLevel == "city")
        .Select(relationship => Of(context, relationship, day))
        .OfType<CityRelationship>()
        .GroupBy(tie => tie.City.Id)
        .Select(ties => ties.OrderByDescending(tie => StageEvent.Stages.IndexOf(tie.Stage.Stage)).ThenBy(tie => tie.Stage.Day).First())
            .ToList());

    /// <summary>
    /// Since when the city has been in the circle up to the figure's day without a break: it is looked at on each day on which one of its ties or
    /// its country's standing changed.
    /// </summary>
    public DateOnly Since(KpiContext context)
    {
        var ties = context.Lasting("relationships by city", () => context.Of(Relationship.Type)
            .Where(relationship => relationship.HomeEntityLevel == "city")
            .ToLookup(relationship => relationship.CityId))[City.Id].ToList();
        var country = context.Countries[City.CountryId];
        var changes = ties.SelectMany(tie => tie.Stages.Select(stage => stage.Date))
            .Concat(country.ScoStatus.SelectMany(status => new[] { status.ValidFrom, status.Before }));
        var since = context.AsOf;
        foreach (var day in changes.OfType<DateOnly>().Where(day => day <= context.AsOf).Distinct().OrderDescending())
        {
            if (!context.IsInScope(country, day) || !ties.Exists(tie => Of(context, tie, day) is not null))
                break;
            since = day;
        }

        return since;
    }

    /// <summary>A computation over ties that says so when a relationship had to be left out because its city is missing.</summary>
    public static Func<KpiContext, IEnumerable<Figure>> Explained(Func<KpiContext, IEnumerable<Figure>> compute) =>
        context => compute(context).Select(figure => figure with { Reason = figure.Reason ?? LeftOut(context) });

    /// <summary>The countries of the ties' cities, by id.</summary>
    public static IReadOnlyList<string> Countries(IEnumerable<CityRelationship> ties) =>
        [.. ties.Select(tie => tie.City.CountryId).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The fields in which a stage says what it is.</summary>
    public static IReadOnlyList<string> Places(int stage) => ["cityId", $"stages/{stage}/stage", $"stages/{stage}/date"];

    private static Text? LeftOut(KpiContext context)
    {
        var dangling = context.Once("relationships without city", default, () => context.Of(Relationship.Type)
            .Where(relationship => context.City(relationship.CityId) is null).Select(relationship => relationship.Id).ToList());
        var ids = string.Join(", ", dangling.Take(5));
        return dangling.Count == 0 ? null : new(
            $"Relationships left out, because the city they refer to does not exist in this evidence: {dangling.Count}, among them {ids}.",
            $"有 {dangling.Count} 条关系所指城市在所选证据集中不存在，未计入，例如 {ids}。");
    }

    private static CityRelationship? Of(KpiContext context, Relationship relationship, DateOnly day)
    {
        for (var i = relationship.Stages.Count - 1; i >= 0; i--)
        {
            var stage = relationship.Stages[i];
            if (stage.Day <= day && context.Counts(stage))
                return stage.Stage != StageEvent.Contact && !stage.IsEnd && context.City(relationship.CityId) is { } city
                    ? new CityRelationship(relationship, city, stage, i) : null;
        }

        return null;
    }
}
