using FriendCity.Kpis.Facts;
using FriendCity.Registry;

namespace FriendCity.Dashboard.Data.Sections;

/// <summary>
/// Projects signed since the baseline and those that are an intention, by status, and by centre and sector with what they are worth.
/// </summary>
internal static class ProjectSection
{
    public static void Write(SectionWriter writer)
    {
        var context = writer.Context;
        var signed = DatedProject.SignedSinceBaseline(context);
        var intended = DatedProject.On(context, context.AsOf).Where(project => project.Signed is null).ToList();
        var rates = new Rates(context);
        writer.Object("projects", () =>
        {
            writer.Object("statuses", () =>
            {
                foreach (var status in ProjectStatus.Statuses)
                    writer.Json.WriteNumber(status, status == ProjectStatus.Intention ? intended.Count
                        : signed.Count(project => project.Status == status));
            });
            writer.Json.WriteNumber("undated", signed.Count(project => project.Project.StatusEvents.Count == 0));
            writer.List("centres", context.Of(Centre.Type), centre => Named(writer, centre.Id, centre.NameEn, centre.NameZh));
            writer.List("sectors", context.Of(Sector.Type), sector => Named(writer, sector.Id, sector.NameEn, sector.NameZh));
            writer.List("cells", signed.Concat(intended).GroupBy(project => (project.Project.CentreId, project.Project.SectorId))
                .OrderBy(cell => cell.Key.CentreId, StringComparer.Ordinal).ThenBy(cell => cell.Key.SectorId, StringComparer.Ordinal), cell =>
            {
                var (done, planned) = (cell.Where(project => project.Signed is not null).ToList(), cell.Where(project => project.Signed is null));
                writer.Json.WriteString("centre", cell.Key.CentreId);
                writer.Json.WriteString("sector", cell.Key.SectorId);
                writer.Json.WriteNumber("signed", done.Count);
                writer.Json.WriteNumber("intended", planned.Count());
                writer.Json.WriteNumber("started", done.Count(project => project.Project.StartDate <= context.AsOf));
                writer.Number("value", rates.Worth(done).Value.Value);
            });
        });
    }

    private static void Named(SectionWriter writer, string id, string en, string zh)
    {
        writer.Json.WriteString("id", id);
        writer.Text("name", en, zh);
    }
}
