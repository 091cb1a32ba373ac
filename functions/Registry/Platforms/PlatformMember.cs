using FriendCity.Records;
using FriendCity.Records.Schemas;

namespace FriendCity.Registry;

/// <summary>A city that belongs to a platform, such as an alliance.</summary>
public sealed class PlatformMember : Entry
{
    private static readonly Fields<PlatformMember> F = new();

    internal static readonly Schema<PlatformMember> Schema = new(() => new PlatformMember(),
    [
        F.Reference("cityId", "City", "城市", "cities", p => p.CityId, (p, v) => p.CityId = v!, required: true),
        F.Date("since", "Since", "起始日期", p => p.Since, (p, v) => p.Since = v),
        F.Date("until", "Until (that day excluded)", "截止日期（不含）", p => p.Until, (p, v) => p.Until = v),
        F.Precision(p => p.DatePrecision, (p, v) => p.DatePrecision = v),
    ]);

    public string CityId { get; private set; } = "";

    public DateOnly? Since { get; private set; }

    public DateOnly? Until { get; private set; }

    internal bool BelongsOn(DateOnly day) => Periods.Holds(Since, Until, day);
}
