using FriendCity.Records;
using FriendCity.Registry;

namespace FriendCity.Kpis;

/// <summary>How good the rows behind the figures are.</summary>
internal static class QualityKpis
{
    public static readonly Kpi Quality = new("K40", new("Data quality", "数据质量分"),
        new("Rows of the day and scope that have a real source (not illustrative), dates exact to the day, a value where one belongs (projects) and no open source conflict / rows; each part alone; and the open conflicts", "当日范围内满足全部条件的记录数 / 记录数:来源真实(非示例)、日期精确到日、应有金额者有金额(项目)、无未决来源冲突;并分项列出及未决冲突数"),
        "ratio", "scope, entity", Better.Higher, "all", 1, ["source-conflicts", "countries", "relationships", "projects", "activities", "agreements"],
        context =>
        {
            var entities = Entities(context).ToList();
            return [.. Measures(context, [.. entities.SelectMany(entity => entity.Rows)]), .. entities.SelectMany(entity => Measures(context, entity.Rows).Select(figure => figure.By("entity", entity.Name)))];
        });

    /// <summary>The rows of an entity that fall short in one measure.</summary>
    public static IReadOnlyList<FigureRow> Lacking(KpiContext context, string entity, string measure) =>
    [
        .. Entities(context).Where(each => each.Name == entity).SelectMany(each => each.Rows).Where(row => measure switch
        {
            "source" => !row.Sourced,
            "dayPrecision" => !row.Exact,
            "value" => row.Valued == false,
            _ => Conflicts(context).ContainsKey((row.Row.Type, row.Row.Record.Id)),
        }).Select(row => row.Row),
    ];

    /// <param name="Valued">Null where no value belongs.</param>
    private readonly record struct Graded(FigureRow Row, bool Exact, bool? Valued)
    {
        public bool Sourced => Row.Source != Provenance.Illustrative;
    }

    private static IEnumerable<Figure> Measures(KpiContext context, IReadOnlyList<Graded> rows)
    {
        var conflicts = Conflicts(context);
        bool Undisputed(Graded row) => conflicts.Count == 0 || !conflicts.ContainsKey((row.Row.Type, row.Row.Record.Id));

        IReadOnlyList<FigureRow> all = [.. rows.Select(row => row.Row)];
        Figure Share(string measure, IReadOnlyList<FigureRow> of, int good) => Figure.Ratio(good, of.Count, of, new("There is no such row on that day.", "该日没有此类记录。")).As(measure);

        var valued = rows.Where(row => row.Valued is not null).ToList();
        var open = conflicts.Count == 0 ? [] : rows.Where(row => !Undisputed(row)).SelectMany(row => conflicts[(row.Row.Type, row.Row.Record.Id)]).OrderBy(conflict => conflict.Id, StringComparer.Ordinal).ToList();
        yield return Share("score", all, rows.Count(row => row.Sourced && row.Exact && row.Valued != false && Undisputed(row)));
        yield return Share("source", all, rows.Count(row => row.Sourced));
        yield return Share("dayPrecision", all, rows.Count(row => row.Exact));
        yield return Share("value", [.. valued.Select(row => row.Row)], valued.Count(row => row.Valued == true));
        yield return Share("noOpenConflict", all, rows.Count(Undisputed));
        yield return Figure.Count([.. open.Select(conflict => new FigureRow("source-conflicts", conflict, conflict.Source, ["recordType", "recordId", "state", "settledOn", "versions"]))]).As("openConflicts", "conflicts") with
        {
            Items = [.. open.Select(conflict => conflict.Id)],
        };
    }

    /// <summary>In the order of names, as hashing wants the rows.</summary>
    private static IEnumerable<(string Name, IReadOnlyList<Graded> Rows)> Entities(KpiContext context)
    {
        yield return ("activities", [.. Held.UpTo(context).Select(activity => new Graded(Held.Row(activity), IsDay(activity.DatePrecision), null))]);
        yield return ("agreements", [.. context.Of(Agreement.Type).Where(agreement => agreement.SignedOn <= context.AsOf && AgreementKpis.IsInScope(context, agreement))
            .Select(agreement => new Graded(new FigureRow("agreements", agreement, agreement.Source, ["signedOn", "datePrecision"]), IsDay(agreement.DatePrecision), null))]);
        yield return ("countries", [.. context.Countries.Values.OrderBy(country => country.Id, StringComparer.Ordinal).Select(country => new Graded(new FigureRow("countries", country, country.Source, ["scoStatus"]), country.ScoStatus.Where(status => status.From <= context.AsOf).All(IsExact), null))]);
        yield return ("projects", [.. DatedProject.On(context, context.AsOf).Select(project => new Graded(project.Row, IsExact(context, project), project.Project.PlannedValue is not null))]);
        yield return ("relationships", [.. Tie.On(context, context.AsOf).Select(tie => new Graded(tie.Row, tie.Relationship.Stages.Where(stage => stage.Day <= context.AsOf && context.Counts(stage)).All(IsExact), null))]);
    }

    private static bool IsExact(KpiContext context, DatedProject project)
    {
        if (project.Project.StatusEvents.Count == 0)
            return IsDay(project.Project.DatePrecision);
        foreach (var each in project.Project.StatusEvents)
            if (each.Day <= context.AsOf && context.Counts(each) && !IsExact(each))
                return false;
        return true;
    }

    private static bool IsExact(Entry entry) => IsDay(entry.DatePrecision);

    /// <summary>A date of which nothing else is said is a day.</summary>
    private static bool IsDay(string? precision) => precision is null or "day";

    /// <summary>Conflicts that are not settled on the day, by the record they are about.</summary>
    private static Dictionary<(string Type, string Id), List<SourceConflict>> Conflicts(KpiContext context) => context.Once("open conflicts", context.AsOf, () =>
        context.Of(SourceConflict.Type).Where(conflict => conflict.State == SourceConflict.Open || conflict.SettledOn > context.AsOf)
            .GroupBy(conflict => (conflict.RecordType, conflict.RecordId)).ToDictionary(group => group.Key, group => group.ToList()));
}
