using FriendCity.Kpis.Facts;
using FriendCity.Kpis.Model;
using FriendCity.Registry;

namespace FriendCity.Kpis.Definitions;

/// <summary>What the leadership asked for, whatever the scope: a directive has no country.</summary>
internal static class DirectiveKpis
{
    public static readonly Kpi Closure = new("K42", new("Leadership follow-up closure", "调研批示闭环率"),
        new("Directives and tasks that were done by their due day / those with a due day, or done; how many are open on the day; inspections up to "
            + "the day", "按期办结的批示与任务数 / 有办结期限或已办结的批示与任务数；当日未办结数；截至当日调研次数"),
        "ratio", "scope", Better.Higher, "P9", 1, ["directives", "activities"],
        context =>
        {
            var items = context.Of(Directive.Type).Where(directive => directive.Kind != Directive.Inspection && !(directive.IssuedOn > context.AsOf))
                .ToList();
            var judged = items.Where(item => item.DueOn is not null || IsDone(context, item)).ToList();
            var inspections = context.Of(Directive.Type)
                .Where(directive => directive.Kind == Directive.Inspection && Day(context, directive) <= context.AsOf).ToList();
            return
            [
                Figure.Ratio(judged.Count(item => IsDone(context, item) && !(item.DoneOn > item.DueOn)), judged.Count, Rows(judged),
                    new("No directive or task has a due day, or was done, up to that day.", "截至该日没有设定期限或已办结的批示与任务。")).As("closedOnTime"),
                Figure.Count(Rows(items.Where(item => !IsDone(context, item)))).As("open", "items") with { Better = Better.Lower },
                Figure.Count(Rows(inspections)).As("inspections", "inspections").RestingOn(
                    inspections.Where(inspection => inspection.IssuedOn is null)
                        .Select(inspection => PastActivities.Row(context.Get(Activity.Type, inspection.ActivityId)!))),
            ];
        },
        Scoped: false);

    private static bool IsDone(KpiContext context, Directive item) => item.DoneOn <= context.AsOf;

    private static DateOnly? Day(KpiContext context, Directive inspection) =>
        inspection.IssuedOn ?? context.Get(Activity.Type, inspection.ActivityId)?.Date;

    private static IReadOnlyList<FigureRow> Rows(IEnumerable<Directive> directives) =>
        [.. directives.Select(directive => new FigureRow("directives", directive, directive.Source,
            ["kind", "issuedOn", "dueOn", "doneOn", "activityId"]))];
}
