using FriendCity.Messages;
using FriendCity.Records;
using FriendCity.Records.Schemas;

namespace FriendCity.Registry;

/// <summary>A direct connection between the home city and another: a flight, a block train, a shipping line.</summary>
public sealed class TransportLink : Record
{
    internal static readonly CodeList Modes = new(("air", "Air", "航空"), ("rail", "Rail", "铁路"), ("sea", "Sea", "海运"), ("road", "Road", "公路"));

    private static readonly Fields<TransportLink> F = new();

    internal static readonly RecordType<TransportLink> Type = new("transport-links", new("Transport links", "交通连接"), () => new TransportLink(),
    [
        F.Reference("cityId", "City", "城市", "cities", t => t.CityId, (t, v) => t.CityId = v!, required: true),
        F.Code("mode", "Mode", "运输方式", Modes, t => t.Mode, (t, v) => t.Mode = v!, required: true),
        F.Text("nameEn", "Name (English)", "英文名称", t => t.NameEn, (t, v) => t.NameEn = v),
        F.Text("nameZh", "Name (Chinese)", "中文名称", t => t.NameZh, (t, v) => t.NameZh = v),
        F.Reference("corridorId", "Corridor", "通道", "corridors", t => t.CorridorId, (t, v) => t.CorridorId = v),
        F.Date("since", "Since", "起始日期", t => t.Since, (t, v) => t.Since = v),
        F.Date("until", "Until (that day excluded)", "截止日期（不含）", t => t.Until, (t, v) => t.Until = v),
        F.Note(t => t.Note, (t, v) => t.Note = v),
    ],
    EndsAfterItBegins);

    public string CityId { get; private set; } = "";

    public string Mode { get; private set; } = "";

    public string? NameEn { get; private set; }

    public string? NameZh { get; private set; }

    public string? CorridorId { get; private set; }

    public DateOnly? Since { get; private set; }

    public DateOnly? Until { get; private set; }

    public string? Note { get; private set; }

    internal bool RunsOn(DateOnly day) => Periods.Holds(Since, Until, day);

    private static void EndsAfterItBegins(TransportLink link, RegistrySnapshot registry, ValidationContext validation) =>
        Periods.Check(validation, "/until", link.Since, link.Until);
}
