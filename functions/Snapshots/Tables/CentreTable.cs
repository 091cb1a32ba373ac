using FriendCity.Registry;
using FriendCity.Snapshots.Contracts;

namespace FriendCity.Snapshots.Tables;

internal static class CentreTable
{
    private static readonly Columns<Centre> C = new();

    public static readonly SnapshotTable Table = new SnapshotTable<Centre>("dim_centre", new("Centres", "“4+1”中心"), ["centre_id"],
    [
        C.Text("centre_id", "Centre", "中心编号", c => c.Id),
        C.Text("name_en", "Name in English", "英文名称", c => c.NameEn),
        C.Text("name_zh", "Name in Chinese", "中文名称", c => c.NameZh),
        C.Text("centre_group", "4 or +1", "组别(4 或 +1)", c => c.Group, nullable: true),
        .. C.Provenance(c => c),
        .. C.Labels("centre_group", "Group", "组别", Centre.Groups, c => c.Group),
        .. C.ProvenanceLabels(c => c),
    ],
    day => day.Registry.Of(Centre.Type).Live);
}
