using FriendCity.Registry;

namespace FriendCity.Kpis;

/// <summary>An intention of the home city, and what became of it.</summary>
/// <param name="Days">Days from the intention to a formal stage; null while there is none.</param>
internal sealed record Intention(Relationship Relationship, FigureRow Row, int? Days)
{
    /// <summary>Every city tie of the scope that had an intention by the day.</summary>
    public static IReadOnlyList<Intention> Cohort(KpiContext context) => context.Once("intentions", context.AsOf, () =>
        context.Of(Relationship.Type).Where(relationship => relationship.HomeEntityLevel == "city" && context.InScope(relationship.CityId))
            .Select(relationship => Of(context, relationship)).OfType<Intention>().ToList());

    private static Intention? Of(KpiContext context, Relationship relationship)
    {
        var stages = relationship.Stages.Select((stage, index) => (Stage: stage, Index: index)).Where(each => each.Stage.Day <= context.AsOf && context.Counts(each.Stage)).ToList();
        var begun = stages.FindIndex(each => each.Stage.Stage == StageEvent.Intention);
        if (begun < 0)
            return null;

        var intention = stages[begun];
        var formal = stages.FindIndex(each => each.Stage.IsFormal && each.Stage.Day >= intention.Stage.Day);
        return formal < 0
            ? new Intention(relationship, new FigureRow("relationships", relationship, Sources.Weakest(relationship.Source, intention.Stage.Source), Tie.Places(intention.Index)), null)
            : new Intention(relationship,
                new FigureRow("relationships", relationship, Sources.Weakest(relationship.Source, intention.Stage.Source, stages[formal].Stage.Source), [.. Tie.Places(intention.Index), .. Tie.Places(stages[formal].Index).Skip(1)]),
                stages[formal].Stage.Day.DayNumber - intention.Stage.Day.DayNumber);
    }
}
