using FriendCity.Records;
using FriendCity.Records.Schemas;

namespace FriendCity.Registry;

/// <summary>A friend-city element in a platform: a pavilion, a shelf, a corner.</summary>
public sealed class PlatformEmbedding : Entry
{
    private static readonly Fields<PlatformEmbedding> F = new();

    internal static readonly Schema<PlatformEmbedding> Schema = new(() => new PlatformEmbedding(),
    [
        F.Reference("cityId", "City", "城市", "cities", p => p.CityId, (p, v) => p.CityId = v!, required: true),
        F.Text("elementEn", "Element (English)", "友城元素（英文）", p => p.ElementEn, (p, v) => p.ElementEn = v!, required: true),
        F.Text("elementZh", "Element (Chinese)", "友城元素（中文）", p => p.ElementZh, (p, v) => p.ElementZh = v!, required: true),
        F.Date("since", "Since", "起始日期", p => p.Since, (p, v) => p.Since = v),
        F.Precision(p => p.DatePrecision, (p, v) => p.DatePrecision = v),
        F.Date("renewedOn", "Last renewed on", "最近更新日期", p => p.RenewedOn, (p, v) => p.RenewedOn = v),
        F.Date("until", "Until (that day excluded)", "截止日期（不含）", p => p.Until, (p, v) => p.Until = v),
    ]);

    public string CityId { get; private set; } = "";

    public string ElementEn { get; private set; } = "";

    public string ElementZh { get; private set; } = "";

    public DateOnly? Since { get; private set; }

    public DateOnly? RenewedOn { get; private set; }

    public DateOnly? Until { get; private set; }

    internal bool StandsOn(DateOnly day) => Periods.Holds(Since, Until, day);
}
