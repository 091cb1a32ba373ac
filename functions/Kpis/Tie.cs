using FriendCity.Records;
using FriendCity.Registry;

namespace FriendCity.Kpis;

/// <summary>A city the home city is tied to on a day, at its stage of that day: intention, friendly cooperation or friend city.</summary>
/// <param name="Index">The stage's place among the relationship's stages.</param>
internal sealed record Tie(Relationship Relationship, City City, StageEvent Stage, int Index)
{
    public bool IsFormal => Stage.IsFormal;

    public bool IsIntention => Stage.Stage == StageEvent.Intention;

    public FigureRow Row => new("relationships", Relationship, Sources.Weakest(Relationship.Source, Stage.Source), Places(Index));

    /// <summary>The ties of the countries in scope.</summary>
    public static IReadOnlyList<Tie> On(KpiContext context, DateOnly day) =>
        context.Once("ties in scope", day, () => Anywhere(context, day).Where(tie => context.Countries.ContainsKey(tie.City.CountryId)).ToList());

    /// <summary>The circle: the ids of the cities with a tie on the figure's day, in scope.</summary>
    public static IReadOnlySet<string> Circle(KpiContext context) => context.Once("circle", context.AsOf, () => On(context, context.AsOf).Select(tie => tie.City.Id).ToHashSet());

    /// <summary>
    /// The ties that count on a day, one a city. District ties are the district's own; a tie that was suspended or ended, or is only a
    /// contact, is none; a relationship whose city is missing is left out, and <see cref="Explained"/> says so.
    /// </summary>
    public static IReadOnlyList<Tie> Anywhere(KpiContext context, DateOnly day) => context.Once("ties", day, () => context.Of(Relationship.Type)
        .Where(relationship => relationship.HomeEntityLevel == "city")
        .Select(relationship => Of(context, relationship, day))
        .OfType<Tie>()
        .GroupBy(tie => tie.City.Id)
        .Select(ties => ties.MaxBy(tie => Array.IndexOf(StageEvent.Stages, tie.Stage.Stage))!).ToList());

    /// <summary>A computation over ties that says so when a relationship had to be left out because its city is missing.</summary>
    public static Func<KpiContext, IEnumerable<Figure>> Explained(Func<KpiContext, IEnumerable<Figure>> compute) =>
        context => compute(context).Select(figure => figure with { Reason = figure.Reason ?? LeftOut(context) });

    /// <summary>The countries of the ties' cities, by id.</summary>
    public static IReadOnlyList<string> Countries(IEnumerable<Tie> ties) => [.. ties.Select(tie => tie.City.CountryId).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The fields in which a stage says what it is.</summary>
    public static IReadOnlyList<string> Places(int stage) => ["cityId", $"stages/{stage}/stage", $"stages/{stage}/date"];

    private static Text? LeftOut(KpiContext context)
    {
        var dangling = context.Once("relationships without city", default, () => context.Of(Relationship.Type).Where(relationship => context.City(relationship.CityId) is null).Select(relationship => relationship.Id).ToList());
        var ids = string.Join(", ", dangling.Take(5));
        return dangling.Count == 0 ? null : new(
            $"Left out, because the city they refer to does not exist: {dangling.Count} relationships, among them {ids}.", $"有 {dangling.Count} 条关系所指城市不存在,未计入,例如 {ids}。");
    }

    private static Tie? Of(KpiContext context, Relationship relationship, DateOnly day)
    {
        for (var i = relationship.Stages.Count - 1; i >= 0; i--)
        {
            var stage = relationship.Stages[i];
            if (stage.Day <= day && context.Counts(stage))
                return stage.Stage != StageEvent.Contact && !stage.IsEnd && context.City(relationship.CityId) is { } city ? new Tie(relationship, city, stage, i) : null;
        }

        return null;
    }
}
