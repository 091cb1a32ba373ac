using FriendCity.Records;
using FriendCity.Records.Schemas;

namespace FriendCity.Registry;

/// <summary>A tie of the partner with another Chinese city.</summary>
public sealed class OtherChineseTie : Entry
{
    private static readonly Fields<OtherChineseTie> F = new();

    internal static readonly Schema<OtherChineseTie> Schema = new(() => new OtherChineseTie(),
    [
        F.Text("nameEn", "City (English)", "城市（英文）", o => o.NameEn, (o, v) => o.NameEn = v!, required: true),
        F.Text("nameZh", "City (Chinese)", "城市（中文）", o => o.NameZh, (o, v) => o.NameZh = v!, required: true),
        F.Date("since", "Since", "起始日期", o => o.Since, (o, v) => o.Since = v),
        F.Precision(o => o.DatePrecision, (o, v) => o.DatePrecision = v),
    ]);

    public string NameEn { get; private set; } = "";

    public string NameZh { get; private set; } = "";

    public DateOnly? Since { get; private set; }
}
