using FriendCity.Records;
using FriendCity.Records.Schemas;

namespace FriendCity.Registry;

/// <summary>A hub city of a network; without a first day it has always belonged to it.</summary>
public sealed class NetworkNode : Entry
{
    /// <summary>West, east, south and north of the home city.</summary>
    internal static readonly CodeList Directions = new(("W", "West", "西"), ("E", "East", "东"), ("S", "South", "南"), ("N", "North", "北"));

    private static readonly CodeList Kinds = new(
        ("seaport", "Seaport", "海港"), ("caspian_port", "Caspian port", "里海港口"), ("rail", "Rail", "铁路"), ("road", "Road", "公路"), ("air", "Air", "航空"));

    private static readonly CodeList DirectionSources = new(
        ("article", "Article", "文章"), ("public", "Public source", "公开资料"), ("assumed", "Assumed", "推定"), ("office", "Office", "本单位"));

    private static readonly Fields<NetworkNode> F = new();

    internal static readonly Schema<NetworkNode> Schema = new(() => new NetworkNode(),
    [
        F.Reference("cityId", "City", "城市", "cities", n => n.CityId, (n, v) => n.CityId = v!, required: true),
        F.Integer("sequence", "Place in the list", "序号", n => n.Sequence, (n, v) => n.Sequence = v, required: true, min: 1, unit: Units.Number),
        F.Code("nodeKind", "Kind of node", "节点类型", Kinds, n => n.NodeKind, (n, v) => n.NodeKind = v),
        F.Reference("corridorId", "Corridor", "通道", "corridors", n => n.CorridorId, (n, v) => n.CorridorId = v),
        F.Code("direction", "Direction", "方向", Directions, n => n.Direction, (n, v) => n.Direction = v),
        F.Code("directionSource", "Source of the direction", "方向来源", DirectionSources, n => n.DirectionSource,
            (n, v) => n.DirectionSource = v),
        F.Date("since", "Since", "起始日期", n => n.Since, (n, v) => n.Since = v),
        F.Date("until", "Until (that day excluded)", "截止日期（不含）", n => n.Until, (n, v) => n.Until = v),
        F.Precision(n => n.DatePrecision, (n, v) => n.DatePrecision = v),
    ]);

    public string CityId { get; private set; } = "";

    public long? Sequence { get; private set; }

    public string? NodeKind { get; private set; }

    public string? CorridorId { get; private set; }

    public string? Direction { get; private set; }

    public string? DirectionSource { get; private set; }

    public DateOnly? Since { get; private set; }

    public DateOnly? Until { get; private set; }

    internal bool BelongsOn(DateOnly day) => Periods.Holds(Since, Until, day);

    internal bool Overlaps(NetworkNode other) => Periods.Overlap(Since, Until, other.Since, other.Until);
}
