using FriendCity.Registry;
using FriendCity.Snapshots.Contracts;

namespace FriendCity.Snapshots.Tables;

internal static class SectorTable
{
    private static readonly Columns<Sector> C = new();

    public static readonly SnapshotTable Table = new SnapshotTable<Sector>("dim_sector", new("Sectors", "合作领域"), ["sector_id"],
    [
        C.Text("sector_id", "Sector", "领域编号", s => s.Id),
        C.Text("name_en", "Name in English", "英文名称", s => s.NameEn),
        C.Text("name_zh", "Name in Chinese", "中文名称", s => s.NameZh),
        C.Text("article_paragraph", "Paragraphs of the article", "文章段落", s => s.ArticleParagraph, nullable: true),
        C.Text("default_centre_id", "Centre its projects usually serve", "默认中心", s => s.DefaultCentreId, nullable: true),
        .. C.Provenance(s => s),
    ],
    day => day.Registry.Of(Sector.Type).Live);
}
