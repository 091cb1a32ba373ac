using FriendCity.Registry;

namespace FriendCity.Kpis;

/// <summary>A project as it stood on a day.</summary>
/// <param name="Since">When it entered the registry's view: the first dated status, or the agreement.</param>
/// <param name="Signed">When it was signed; null while it is an intention.</param>
internal sealed record DatedProject(Project Project, string Status, DateOnly Since, DateOnly? Signed, string Source)
{
    public FigureRow Row => new("projects", Project, Source);

    /// <summary>The projects of the countries in scope that exist on that day; one without any date cannot be placed and is left out.</summary>
    public static IReadOnlyList<DatedProject> On(KpiContext context, DateOnly day) =>
        [.. context.Of(Project.Type).Where(project => context.Countries.ContainsKey(project.CountryId)).Select(project => On(context, project, day)).OfType<DatedProject>()];

    private static DatedProject? On(KpiContext context, Project project, DateOnly day)
    {
        if (project.StatusEvents.Count == 0)
            return project.AgreementDate is { } agreed && agreed <= day
                ? new DatedProject(project, project.Status, agreed, project.Status == ProjectStatus.Intention ? null : agreed, project.Source)
                : null;

        var events = project.StatusEvents.Where(each => each.Day <= day && context.Counts(each)).ToList();
        return events.Count == 0
            ? null
            : new DatedProject(project, events[^1].Status, events[0].Day,
                events[^1].Status == ProjectStatus.Intention ? null : events.First(each => each.Status != ProjectStatus.Intention).Day,
                Sources.Weakest(project.Source, events[^1].Source));
    }
}
