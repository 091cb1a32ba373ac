using FriendCity.Kpis.Facts;
using FriendCity.Kpis.Model;
using FriendCity.Records;
using FriendCity.Registry;

namespace FriendCity.Kpis.Definitions;

/// <summary>How good the rows behind the figures are.</summary>
internal static class QualityKpis
{
    public static readonly Kpi Quality = new("K40", new("Data quality", "数据质量分"),
        new("Rows of the day and scope that have a real source (not illustrative), dates exact to the day, a value where one belongs (projects) and "
            + "no open source conflict / rows; each part alone; and the open conflicts", "当日范围内满足全部条件的记录数 / 记录数：来源真实（非示例）、日期精确到日、应有金额者有金额（项目）、"
            + "无未决来源冲突；并分项列出及未决冲突数"),
        "ratio", "scope, entity", Better.Higher, "all", 1,
        ["source-conflicts", "countries", "relationships", "cities", "projects", "activities", "agreements"],
        context =>
        {
            var (entities, conflicts) = (Entities(context).ToList(), Conflicts(context));
            var grades = entities.ConvertAll(entity => Grades.Of(entity, conflicts));
            return
            [
                .. Measures(Grades.Of(grades), Joined(entities), Joined(entities.Where(entity => entity.HasValue)),
                    [.. entities.SelectMany(entity => entity.Inputs)], context.ScopeRow, context.ScopeRows),
                .. entities.Zip(grades).SelectMany(
                    each => Measures(each.Second, each.First.Rows, each.First.HasValue ? each.First.Rows : [], each.First.Inputs,
                    each.First.Name == "countries" ? context.ScopeRow : context.ScopeRows, context.ScopeRows)
                        .Select(figure => figure.By("entity", each.First.Name))),
            ];
        },
        Scoped: false);

    /// <summary>The rows of an entity that fall short in one measure.</summary>
    public static IReadOnlyList<FigureRow> Lacking(KpiContext context, string entity, string measure)
    {
        var (conflicts, all) = (Conflicts(context).GetValueOrDefault(entity), Entities(context).Single(each => each.Name == entity));
        var places = new List<int>();
        for (var i = 0; i < all.Graded.Count; i++)
        {
            var graded = all.Graded[i];
            var isGood = measure switch
            {
                "source" => graded.Sourced,
                "dayPrecision" => graded.Exact,
                "value" => graded.Valued,
                _ => conflicts?.ContainsKey(graded.Row.Record.Id) != true,
            };
            if (!isGood)
                places.Add(i);
        }

        return new MappedList<int, FigureRow>(places, place => all.Rows[place]);
    }

    /// <param name="Valued">It has a value, or none belongs there.</param>
    private readonly record struct Graded(FigureRow Row, bool Exact, bool Valued = true)
    {
        public bool Sourced => Row.Source != Provenance.Illustrative;
    }

    /// <param name="Name">The record type.</param>
    /// <param name="HasValue">Whether a value belongs to each.</param>
    private sealed record Entity(string Name, IReadOnlyList<Graded> Graded, bool HasValue = false)
    {
        /// <summary>What else decides which of them there are.</summary>
        public IReadOnlyList<FigureRow> Inputs { get; init; } = [];

        public MappedList<Graded, FigureRow> Rows { get; } = new(Graded, graded => graded.Row);

        /// <summary>Rows are graded when they are looked at: nothing is held but the records.</summary>
        public static Entity Of<T>(string name, IReadOnlyList<T> records, Func<T, Graded> grade, bool hasValue = false) =>
            new(name, new MappedList<T, Graded>(records, grade), hasValue);
    }

    /// <summary>How many rows fulfil what.</summary>
    /// <param name="Whole">All of it.</param>
    private sealed record Grades(int Rows, int Whole, int Sourced, int Exact, int Valued, int Undisputed, IReadOnlyList<SourceConflict> Open,
        IReadOnlyList<FigureRow> Disputed)
    {
        public static Grades Of(Entity entity, Dictionary<string, Dictionary<string, List<SourceConflict>>> conflicts)
        {
            var (about, open, disputed) = (conflicts.GetValueOrDefault(entity.Name), new List<SourceConflict>(), new List<FigureRow>());
            var (whole, sourced, exact, valued, undisputed) = (0, 0, 0, 0, 0);
            foreach (var graded in entity.Graded)
            {
                var isUndisputed = about?.ContainsKey(graded.Row.Record.Id) != true;
                if (!isUndisputed)
                {
                    open.AddRange(about![graded.Row.Record.Id]);
                    disputed.Add(graded.Row);
                }

                undisputed += isUndisputed ? 1 : 0;
                sourced += graded.Sourced ? 1 : 0;
                exact += graded.Exact ? 1 : 0;
                valued += graded.Valued && entity.HasValue ? 1 : 0;
                whole += isUndisputed && graded is { Sourced: true, Exact: true, Valued: true } ? 1 : 0;
            }

            return new Grades(entity.Graded.Count, whole, sourced, exact, valued, undisputed, open, disputed);
        }

        public static Grades Of(IReadOnlyList<Grades> parts) => new(
            parts.Sum(part => part.Rows), parts.Sum(part => part.Whole), parts.Sum(part => part.Sourced), parts.Sum(part => part.Exact),
            parts.Sum(part => part.Valued), parts.Sum(part => part.Undisputed), [.. parts.SelectMany(part => part.Open)],
            [.. parts.SelectMany(part => part.Disputed)]);
    }

    /// <summary>One list is passed on as it is; only several are held as one.</summary>
    private static IReadOnlyList<FigureRow> Joined(IEnumerable<Entity> entities)
    {
        var filled = entities.Where(entity => entity.Rows.Count > 0).ToList();
        if (filled.Count == 1)
            return filled[0].Rows;
        var rows = new List<FigureRow>(filled.Sum(entity => entity.Rows.Count));
        rows.AddRange(filled.SelectMany(entity => entity.Rows));
        return rows;
    }

    private static IEnumerable<Figure> Measures(Grades grades, IReadOnlyList<FigureRow> all, IReadOnlyList<FigureRow> withValue,
        IReadOnlyList<FigureRow> inputs, IReadOnlyList<FigureRow> scope, IReadOnlyList<FigureRow> whole)
    {
        var open = grades.Open.OrderBy(conflict => conflict.Id, StringComparer.Ordinal).ToList();
        IReadOnlyList<FigureRow> conflicts = [.. open.Select(
            conflict => new FigureRow("source-conflicts", conflict, conflict.Source, ["recordType", "recordId", "state", "settledOn", "versions"]))];
        // One list for all measures, which mostly share their rows as well: such are hashed once.
        var resting = Figure.Count([]).RestingOn([.. inputs, .. conflicts]);
        Figure Share(string measure, IReadOnlyList<FigureRow> of, int good) =>
            Figure.Ratio(good, of.Count, of, new("There is no such row on that day.", "该日没有此类记录。"))
                .As(measure) with
            { Inputs = resting.Inputs, Places = resting.Places, Scope = scope };

        yield return Share("score", all, grades.Whole);
        yield return Share("source", all, grades.Sourced);
        yield return Share("dayPrecision", all, grades.Exact);
        yield return Share("value", withValue, grades.Valued) with { Scope = whole };
        yield return Share("noOpenConflict", all, grades.Undisputed);
        yield return Figure.Count(conflicts).As("openConflicts", "conflicts").RestingOn([.. grades.Disputed, .. inputs]) with
        {
            Scope = whole,
            Better = Better.Lower,
            Items = [.. open.Select(conflict => conflict.Id)],
        };
    }

    /// <summary>In the order of names, as hashing wants the rows.</summary>
    private static IEnumerable<Entity> Entities(KpiContext context)
    {
        var agreements = context.Of(Agreement.Type).Where(agreement => agreement.SignedOn <= context.AsOf
            && AgreementKpis.IsInScope(context, agreement)).ToList();
        var ties = CityRelationship.On(context, context.AsOf);
        return
        [
            Entity.Of("activities", PastActivities.UpTo(context),
                activity => new Graded(PastActivities.Row(activity), IsDay(activity.DatePrecision))),
            Entity.Of("agreements", agreements, agreement => new Graded(
                new FigureRow("agreements", agreement, agreement.Source, ["signedOn", "datePrecision"]), IsDay(agreement.DatePrecision)))
                with { Inputs = [.. AgreementKpis.Subjects(context, agreements)] },
            Entity.Of("countries", [.. context.Countries.Values.OrderBy(country => country.Id, StringComparer.Ordinal)],
                country => new Graded(new FigureRow("countries", country, country.Source, ["scoStatus"]),
                    country.ScoStatus.Where(status => status.From <= context.AsOf && context.Counts(status)).All(IsExact))),
            Entity.Of("projects", DatedProject.On(context, context.AsOf),
                project => new Graded(project.Row, IsExact(context, project), project.Project.PlannedValue is not null), hasValue: true),
            Entity.Of("relationships", ties, tie => new Graded(tie.Row,
                tie.Relationship.Stages.Where(stage => stage.Day <= context.AsOf && context.Counts(stage)).All(IsExact)))
                with { Inputs = [.. Model.Inputs.Cities(ties)] },
        ];
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

    /// <summary>Conflicts that are not settled on the day, by type and id of the record they are about.</summary>
    private static Dictionary<string, Dictionary<string, List<SourceConflict>>> Conflicts(KpiContext context) =>
        context.Once("open conflicts", context.AsOf, () =>
        context.Of(SourceConflict.Type).Where(conflict => conflict.State == SourceConflict.Open || conflict.SettledOn > context.AsOf)
            .GroupBy(conflict => conflict.RecordType)
                .ToDictionary(type => type.Key, type => type.GroupBy(conflict => conflict.RecordId)
                .ToDictionary(group => group.Key, group => group.ToList())));
}
