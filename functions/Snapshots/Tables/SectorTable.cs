using FriendCity.Kpis.Definitions;
using FriendCity.Registry;
using FriendCity.Snapshots.Contracts;

namespace FriendCity.Snapshots.Tables;

internal static class SectorTable
{
    private static readonly Columns<(Sector Sector, SnapshotDay Day)> C = new();

    public static readonly SnapshotTable Table = new SnapshotTable<(Sector Sector, SnapshotDay Day)>(
        "dim_sector", new("Sectors", "合作领域"), ["sector_id"],
    [
        C.Text("sector_id", "Sector", "领域编号", r => r.Sector.Id),
        C.Text("name_en", "Name in English", "英文名称", r => r.Sector.NameEn),
        C.Text("name_zh", "Name in Chinese", "中文名称", r => r.Sector.NameZh),
        C.Text("article_paragraph", "Paragraphs of the article", "文章段落", r => r.Sector.ArticleParagraph, nullable: true),
        C.Text("default_centre_id", "Centre its projects usually serve", "默认中心", r => r.Sector.DefaultCentreId, nullable: true),
        .. C.Provenance(r => r.Sector),
        .. C.Labels("default_centre", "Centre its projects usually serve", "默认中心",
            r => FigureNames.Named(r.Day.Registry, Centre.Type, r.Sector.DefaultCentreId)),
        .. C.ProvenanceLabels(r => r.Sector),
    ],
    day => day.Registry.Of(Sector.Type).Live.Select(sector => (sector, day)));
}
