using FriendCity.Records;
using FriendCity.Records.Schemas;

namespace FriendCity.Registry;

/// <summary>One of the "4+1" centres that projects serve.</summary>
public sealed class Centre : Record
{
    private static readonly Fields<Centre> F = new();

    internal static readonly CodeList Groups = new(("4", "One of the four centres", "“4”中的一个中心"), ("+1", "The one more", "“+1”"));

    internal static readonly RecordType<Centre> Type = new("centres", new("Centres", "“4+1”中心"), () => new Centre(),
    [
        F.Text("nameEn", "Name (English)", "英文名称", c => c.NameEn, (c, v) => c.NameEn = v!, required: true),
        F.Text("nameZh", "Name (Chinese)", "中文名称", c => c.NameZh, (c, v) => c.NameZh = v!, required: true),
        F.Code("group", "Group", "组别", Groups, c => c.Group, (c, v) => c.Group = v),
    ]);

    public string NameEn { get; private set; } = "";

    public string NameZh { get; private set; } = "";

    public string? Group { get; private set; }
}
