using FriendCity.Kpis.Model;
using FriendCity.Messages;
using FriendCity.Records;
using FriendCity.Registry;

namespace FriendCity.Kpis.Definitions;

/// <summary>Agreements whose term or review comes up, or is not known.</summary>
internal static class AgreementKpis
{
    /// <summary>What falls due within so many days is due soon.</summary>
    public const int SoonDays = 180;

    private static readonly string[] Fields = ["signedOn", "termYears", "endsOn", "reviewOn"];

    public static readonly Kpi Due = new("K39", new("Agreements due for review", "协议到期与复审"),
        new("Agreements signed by the day, of cities and projects in scope, that end or are to be reviewed within 180 days after it (soon) or before "
            + "it (overdue), or for which neither day is known (missing); due is all three", "截至当日已签、属于范围内城市或项目的协议：180 天内到期或应复审（soon）、已逾期（overdue）、"
            + "两个日期均不明（missing）；due 为三者合计"),
        "agreements", "scope", Better.Lower, "P7", 1, ["agreements", "relationships", "projects", "cities"],
        context =>
        {
            var all = context.Of(Agreement.Type).Where(agreement => IsInScope(context, agreement)).ToList();
            var due = all.Where(agreement => agreement.SignedOn <= context.AsOf)
                .Select(agreement => (Agreement: agreement, State: State(agreement, context.AsOf))).Where(each => each.State is not null).ToList();
            var undated = all.Count(agreement => agreement.SignedOn is null);
            Text? reason = undated == 0 ? null : new($"Agreements left out, without a day of signing: {undated}.", $"{undated} 份协议没有签署日期，未计入。");
            return new[] { "due", "soon", "overdue", "missing" }.Select(measure =>
            {
                var rows = due.Where(each => measure == "due" || each.State == measure).Select(each => each.Agreement).ToList();
                return Figure.Count([.. rows.Select(agreement => new FigureRow("agreements", agreement, agreement.Source, Fields))]).As(measure)
                    .RestingOn(Subjects(context, rows)) with
                { Items = [.. rows.Select(agreement => agreement.Id)], Reason = reason };
            });
        });

    public static bool IsInScope(KpiContext context, Agreement agreement) =>
        context.Get(Relationship.Type, agreement.RelationshipId) is { } relationship ? context.InScope(relationship.CityId)
            : context.Get(Project.Type, agreement.ProjectId) is { } project && context.Countries.ContainsKey(project.CountryId);

    /// <summary>The rows of what the agreements belong to, which puts them in scope.</summary>
    public static IEnumerable<FigureRow> Subjects(KpiContext context, IReadOnlyList<Agreement> agreements)
    {
        var relationships = agreements.Select(agreement => context.Get(Relationship.Type, agreement.RelationshipId)).OfType<Relationship>().Distinct()
            .ToList();
        var projects = agreements.Select(agreement => context.Get(Project.Type, agreement.ProjectId)).OfType<Project>().Distinct();
        return
        [
            .. Inputs.Cities(context, relationships.Select(relationship => relationship.CityId)),
            .. projects.Select(project => new FigureRow("projects", project, project.Source, ["countryId"])),
            .. relationships.Select(relationship => new FigureRow("relationships", relationship, relationship.Source, ["cityId"])),
        ];
    }

    /// <summary>Why it asks for a decision on a day, as the figure names it; null where it asks for none.</summary>
    public static string? State(Agreement agreement, DateOnly day)
    {
        var end = agreement.End;
        if (end is null && agreement.ReviewOn is null)
            return "missing";
        if (end < day || agreement.ReviewOn < day)
            return "overdue";
        return end <= day.PlusDays(SoonDays) || agreement.ReviewOn <= day.PlusDays(SoonDays) ? "soon" : null;
    }
}
