using FriendCity.Records;
using FriendCity.Registry;

namespace FriendCity.Kpis;

/// <summary>A city the home city is tied to on a day, at its stage of that day: intention, friendly cooperation or friend city.</summary>
internal sealed record Tie(Relationship Relationship, City City, StageEvent Stage)
{
    public bool IsFormal => Stage.IsFormal;

    public bool IsIntention => Stage.Stage == StageEvent.Intention;

    public FigureRow Row => new("relationships", Relationship, Sources.Weakest(Relationship.Source, Stage.Source));

    /// <summary>The ties of the countries in scope.</summary>
    public static IReadOnlyList<Tie> On(KpiContext context, DateOnly day) => [.. Anywhere(context, day).Where(tie => context.Countries.ContainsKey(tie.City.CountryId))];

    /// <summary>
    /// The ties that count on a day, one a city. District ties are the district's own; a tie that was suspended or ended, or is only a
    /// contact, is none; a relationship whose city is missing is left out, and <see cref="Explained"/> says so.
    /// </summary>
    public static IEnumerable<Tie> Anywhere(KpiContext context, DateOnly day) => context.Of(Relationship.Type)
        .Where(relationship => relationship.HomeEntityLevel == "city")
        .Select(relationship => Of(context, relationship, day))
        .OfType<Tie>()
        .GroupBy(tie => tie.City.Id)
        .Select(ties => ties.MaxBy(tie => Array.IndexOf(StageEvent.Stages, tie.Stage.Stage))!);

    /// <summary>A computation over ties that says so when a relationship had to be left out because its city is missing.</summary>
    public static Func<KpiContext, IEnumerable<Figure>> Explained(Func<KpiContext, IEnumerable<Figure>> compute) =>
        context => compute(context).Select(figure => figure with { Reason = figure.Reason ?? LeftOut(context) });

    private static Text? LeftOut(KpiContext context)
    {
        var dangling = context.Of(Relationship.Type).Where(relationship => context.View.Of(City.Type).Get(relationship.CityId) is null).Select(relationship => relationship.Id).ToList();
        var ids = string.Join(", ", dangling.Take(5));
        return dangling.Count == 0 ? null : new(
            $"Left out, because the city they refer to does not exist: {dangling.Count} relationships, among them {ids}.", $"有 {dangling.Count} 条关系所指城市不存在,未计入,例如 {ids}。");
    }

    private static Tie? Of(KpiContext context, Relationship relationship, DateOnly day)
    {
        var stage = relationship.Stages.LastOrDefault(each => each.Day <= day && context.Counts(each));
        return stage is not null && stage.Stage != StageEvent.Contact && !stage.IsEnd && context.View.Of(City.Type).Get(relationship.CityId) is { } city
            ? new Tie(relationship, city, stage)
            : null;
    }
}
