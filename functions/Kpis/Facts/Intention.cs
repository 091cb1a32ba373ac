using FriendCity.Kpis.Model;
using FriendCity.Registry;

namespace FriendCity.Kpis.Facts;

/// <summary>An intention of the home city, and what became of it.</summary>
/// <param name="Day">The day of the intention.</param>
/// <param name="Days">Days from the intention to a formal stage; null while there is none.</param>
internal sealed record Intention(Relationship Relationship, FigureRow Row, DateOnly Day, int? Days)
{
    /// <summary>Every city tie of the scope that had an intention by the day.</summary>
    public static IReadOnlyList<Intention> Cohort(KpiContext context) => context.Once("intentions", context.AsOf, () =>
        context.Of(Relationship.Type).Where(relationship => relationship.HomeEntityLevel == "city" && context.InScope(relationship.CityId))
            .Select(relationship => Of(context, relationship)).OfType<Intention>().ToList());

    /// <summary>
    /// The cities of that cohort, each once however many ties are on record with it: converted when any of them reached a formal stage on the
    /// day of the first intention or later.
    /// </summary>
    public static IReadOnlyList<(string CityId, bool Converted, IReadOnlyList<FigureRow> Rows)> Cities(KpiContext context)
    {
        var cohort = Cohort(context).GroupBy(each => each.Relationship.CityId).OrderBy(city => city.Key, StringComparer.Ordinal).ToList();
        var formal = cohort.Exists(city => city.Any(each => each.Days is null)) ? Formal(context) : null;
        return
        [
            .. cohort.Select(city =>
            {
                List<FigureRow> rows = [.. city.Select(each => each.Row)];
                if (city.Any(each => each.Days is not null))
                    return (city.Key, true, rows);
                // The formal stage may stand in another record than the intention.
                var first = city.Min(each => each.Day);
                if (formal![city.Key].FirstOrDefault(each => each.Day >= first) is not { Row.Record: not null } later)
                    return (city.Key, false, rows);
                rows.Add(later.Row);
                return (city.Key, true, (IReadOnlyList<FigureRow>)rows);
            }),
        ];
    }

    private static ILookup<string, (DateOnly Day, FigureRow Row)> Formal(KpiContext context) =>
        (from relationship in context.Of(Relationship.Type)
         where relationship.HomeEntityLevel == "city"
         from at in relationship.Stages.Index()
         where at.Item.IsFormal && at.Item.Day <= context.AsOf && context.Counts(at.Item)
         select (relationship.CityId, at.Item.Day, Row: new FigureRow("relationships", relationship,
             Sources.Weakest(relationship.Source, at.Item.Source), CityRelationship.Places(at.Index))))
        .ToLookup(each => each.CityId, each => (each.Day, each.Row));

    private static Intention? Of(KpiContext context, Relationship relationship)
    {
        var stages = relationship.Stages.Select((stage, index) => (Stage: stage, Index: index))
            .Where(each => each.Stage.Day <= context.AsOf && context.Counts(each.Stage)).ToList();
        var begun = stages.FindIndex(each => each.Stage.Stage == StageEvent.Intention);
        if (begun < 0)
            return null;

        var intention = stages[begun];
        var formal = stages.FindIndex(each => each.Stage.IsFormal && each.Stage.Day >= intention.Stage.Day);
        return formal < 0
            ? new Intention(relationship, new FigureRow("relationships", relationship, Sources.Weakest(relationship.Source, intention.Stage.Source),
                CityRelationship.Places(intention.Index)), intention.Stage.Day, null)
            : new Intention(relationship,
                new FigureRow("relationships", relationship,
                    Sources.Weakest(relationship.Source, intention.Stage.Source, stages[formal].Stage.Source),
                    [.. CityRelationship.Places(intention.Index), .. CityRelationship.Places(stages[formal].Index).Skip(1)]),
                intention.Stage.Day,
                stages[formal].Stage.Day.DayNumber - intention.Stage.Day.DayNumber);
    }
}
