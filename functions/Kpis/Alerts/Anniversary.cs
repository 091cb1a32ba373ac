using FriendCity.Kpis.Definitions;
using FriendCity.Kpis.Facts;
using FriendCity.Kpis.Model;
using FriendCity.Messages;
using FriendCity.Records;
using FriendCity.Registry;

namespace FriendCity.Kpis.Alerts;

/// <summary>A day on which something is a whole number of years old.</summary>
/// <param name="Day">The day of that year; of 29 February the 28th where there is none.</param>
/// <param name="Kind">milestone, tie or agreement.</param>
/// <param name="Precision">How exactly the first day is known; where it is not the day, the anniversary is only about then.</param>
internal sealed record Anniversary(DateOnly Day, int Years, DateOnly First, string Kind, Text Title, string? Precision, FigureRow Row)
{
    private sealed record Beginning(DateOnly Day, string Kind, Text Title, string? Precision, FigureRow Row);

    /// <summary>
    /// Milestones, ties that stand on the figure's day and are in scope (each from its first formal stage), and agreements in scope that have
    /// not ended.
    /// </summary>
    public static IReadOnlyList<Anniversary> Between(KpiContext context, DateOnly start, DateOnly end) =>
    [
        .. from beginning in Milestones(context).Concat(Ties(context)).Concat(Agreements(context))
           from year in Enumerable.Range(start.Year, end.Year - start.Year + 1)
           where year > beginning.Day.Year
           let day = beginning.Day.PlusYears(year - beginning.Day.Year)
           where day >= start && day <= end
           orderby day, beginning.Kind, beginning.Row.Record.Id
           select new Anniversary(day, year - beginning.Day.Year, beginning.Day, beginning.Kind, beginning.Title, beginning.Precision, beginning.Row),
    ];

    private static IEnumerable<Beginning> Milestones(KpiContext context) =>
        context.Of(Milestone.Type).Where(milestone => milestone.Kind != Milestone.PlanPeriod)
        .Select(milestone => new Beginning(milestone.Date!.Value, "milestone", new(milestone.NameEn, milestone.NameZh), milestone.DatePrecision,
            new FigureRow("milestones", milestone, milestone.Source, ["date"])));

    private static IEnumerable<Beginning> Ties(KpiContext context) =>
        from tie in CityRelationship.On(context, context.AsOf)
        let index = FirstFormal(context, tie.Relationship)
        where index >= 0
        let stage = tie.Relationship.Stages[index]
        select new Beginning(stage.Day, "tie", new($"Tie with {tie.City.NameEn}", $"与{tie.City.NameZh}建立友好关系"), stage.DatePrecision,
            new FigureRow("relationships", tie.Relationship, Sources.Weakest(tie.Relationship.Source, stage.Source), CityRelationship.Places(index)));

    private static IEnumerable<Beginning> Agreements(KpiContext context) => context.Of(Agreement.Type)
        .Where(agreement => agreement.SignedOn is not null && !(agreement.EndsOn < context.AsOf) && AgreementKpis.IsInScope(context, agreement))
        .Select(agreement => new Beginning(agreement.SignedOn!.Value, "agreement", new(agreement.TitleEn, agreement.TitleZh), agreement.DatePrecision,
            new FigureRow("agreements", agreement, agreement.Source, ["signedOn"])));

    private static int FirstFormal(KpiContext context, Relationship relationship)
    {
        for (var i = 0; i < relationship.Stages.Count; i++)
            if (relationship.Stages[i].IsFormal && relationship.Stages[i].Day <= context.AsOf && context.Counts(relationship.Stages[i]))
                return i;
        return -1;
    }
}
