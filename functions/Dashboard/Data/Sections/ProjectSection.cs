using FriendCity.Kpis.Definitions;
using FriendCity.Kpis.Facts;
using FriendCity.Registry;

namespace FriendCity.Dashboard.Data.Sections;

/// <summary>What the projects' figures are by: centres, and sectors with those of them that are columns.</summary>
internal static class ProjectSection
{
    public static void Write(SectionWriter writer)
    {
        var context = writer.Context;
        writer.Object("projects", () =>
        {
            writer.Json.WriteNumber("undated", DatedProject.SignedSinceBaseline(context).Count(project => project.Project.StatusEvents.Count == 0));
            writer.List("centres", context.Of(Centre.Type), centre => Named(writer, centre.Id, centre.NameEn, centre.NameZh));
            writer.List("sectors", context.Of(Sector.Type), sector => Named(writer, sector.Id, sector.NameEn, sector.NameZh));
            writer.Texts("columns", ProjectKpis.Columns(context));
        });
    }

    private static void Named(SectionWriter writer, string id, string en, string zh)
    {
        writer.Json.WriteString("id", id);
        writer.Text("name", en, zh);
    }
}
