using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using FriendCity.Kpis.Model;
using FriendCity.Registry;

namespace FriendCity.Kpis.Facts;

/// <summary>A project as it stood on a day.</summary>
/// <param name="Since">When it entered the registry's view: the first dated status, or the agreement.</param>
/// <param name="Signed">When it was signed; null while it is an intention.</param>
/// <param name="Fields">The fields that say so.</param>
internal sealed record DatedProject(Project Project, string Status, DateOnly Since, DateOnly? Signed, string Source, IReadOnlyList<string> Fields)
{
    private static readonly string[] Undated = ["status", "agreementDate"];

    /// <summary>Of thousands of projects the same few entries count.</summary>
    private static readonly ConcurrentDictionary<(int Signed, int Last), string[]> Dated = [];

    private static readonly ConditionalWeakTable<Project[], Derived<Course>> Known = [];

    public FigureRow Row => new("projects", Project, Source, Fields);

    /// <summary>The row of each.</summary>
    public static IReadOnlyList<FigureRow> Rows(IReadOnlyList<DatedProject> projects) =>
        new MappedList<DatedProject, FigureRow>(projects, project => project.Row);

    /// <summary>Signed, and neither stalled nor terminated.</summary>
    public bool IsLive => Status is ProjectStatus.Signed or ProjectStatus.InProgress or ProjectStatus.Completed;

    /// <summary>The projects of the countries in scope that exist on that day; one without any date cannot be placed and is left out.</summary>
    public static IReadOnlyList<DatedProject> On(KpiContext context, DateOnly day) => context.Once("projects of the day", day, () =>
    {
        var countries = context.Countries;
        var parts = context.Each(Project.Type, Known, project => Through(context, project)).ToList();
        var standing = new List<DatedProject>(parts.Sum(part => part.Length));
        foreach (var part in parts)
            foreach (var (from, before, state) in part)
                if (from <= day && !(before <= day) && countries.ContainsKey(state.Project.CountryId))
                    standing.Add(state);
        return standing;
    });

    /// <summary>Those signed after the baseline, up to the day.</summary>
    public static IReadOnlyList<DatedProject> SignedSinceBaseline(KpiContext context) =>
        context.Once("projects signed", context.AsOf, () => On(context, context.AsOf).Where(project => project.Signed > context.Baseline).ToList());

    /// <summary>Those signed after the baseline, and those that are an intention on the day.</summary>
    public static IEnumerable<DatedProject> SignedOrIntended(KpiContext context) =>
        On(context, context.AsOf).Where(project => project.Signed is null || project.Signed > context.Baseline);

    /// <summary>How a project stood from each of its days on. A series asks of many days what changes on few.</summary>
    private static IEnumerable<Course> Through(KpiContext context, Project project)
    {
        DateOnly[] days = project.StatusEvents.Count == 0
            ? project.AgreementDate is { } agreed ? [agreed] : []
            : [.. project.StatusEvents.Where(context.Counts).Select(each => each.Day).Distinct().Order()];
        return days.Select((day, i) => new Course(day, i + 1 < days.Length ? days[i + 1] : null, On(context, project, day)!));
    }

    private static DatedProject? On(KpiContext context, Project project, DateOnly day)
    {
        if (project.StatusEvents.Count == 0)
            return project.AgreementDate is { } agreed && agreed <= day
                ? new DatedProject(project, project.Status, agreed, project.Status == ProjectStatus.Intention ? null : agreed, project.Source,
                    Undated)
                : null;

        var (first, signed, last) = (-1, -1, -1);
        for (var i = 0; i < project.StatusEvents.Count; i++)
        {
            var each = project.StatusEvents[i];
            if (each.Day > day || !context.Counts(each))
                continue;
            first = first < 0 ? i : first;
            signed = signed < 0 && each.Status != ProjectStatus.Intention ? i : signed;
            last = i;
        }

        if (last < 0)
            return null;

        var status = project.StatusEvents[last];
        return new DatedProject(project, status.Status, project.StatusEvents[first].Day,
            status.Status == ProjectStatus.Intention ? null : project.StatusEvents[signed].Day, Sources.Weakest(project.Source, status.Source),
            Dated.GetOrAdd((signed, last), Places));
    }

    private static string[] Places((int Signed, int Last) entries) =>
    [
        .. entries.Signed < 0 || entries.Signed == entries.Last ? (IEnumerable<string>)[] : [$"statusEvents/{entries.Signed}/date"],
        $"statusEvents/{entries.Last}/status",
        $"statusEvents/{entries.Last}/date",
    ];

    /// <param name="Before">When the next one begins; null for the last.</param>
    private readonly record struct Course(DateOnly From, DateOnly? Before, DatedProject State);
}
