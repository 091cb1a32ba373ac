using FriendCity.Records;
using FriendCity.Records.Schemas;

namespace FriendCity.Registry;

/// <summary>A figure that was published, kept as it was; it stands beside the computed one and never feeds it.</summary>
public sealed class ReportedFigure : Record
{
    internal static readonly CodeList Indicators = new(
        ("FORMAL_CITIES", "Cities with a formal tie", "正式结好城市数"), ("FORMAL_COUNTRIES", "Countries with a formal tie", "正式结好国家数"),
        ("FRIEND_CITIES", "Friend cities", "友好城市数"), ("FRIEND_COUNTRIES", "Countries of friend cities", "友好城市所在国家数"),
        ("COOPERATION_CITIES", "Friendly-cooperation cities", "友好合作关系城市数"),
        ("COOPERATION_COUNTRIES", "Countries of friendly-cooperation cities", "友好合作关系城市所在国家数"),
        ("SCO_CITIES", "Cities in the SCO family", "上合组织国家城市数"), ("SCO_COUNTRIES", "Countries of the SCO family", "上合组织国家数"),
        ("SCODA_SCO_TRADE", "Trade of the demonstration area with the SCO", "上合示范区对上合组织国家贸易额"),
        ("TRANSIT_VOLUME", "Transit volume", "过境运输量"));

    private static readonly CodeList DateKinds = new(("data", "Of the data", "数据日期"), ("publication", "Of publication", "发表日期"));

    private static readonly Fields<ReportedFigure> F = new();

    internal static readonly RecordType<ReportedFigure> Type = new("reported-figures", new("Reported figures", "对外公布数据"), () => new ReportedFigure(),
    [
        F.Code("indicator", "Indicator", "指标", Indicators, r => r.Indicator, (r, v) => r.Indicator = v!, required: true),
        F.Date("date", "True on", "数据日期", r => r.Date, (r, v) => r.Date = v, required: true),
        F.Precision(r => r.DatePrecision, (r, v) => r.DatePrecision = v),
        F.Code("dateKind", "Kind of date", "日期性质", DateKinds, r => r.DateKind, (r, v) => r.DateKind = v),
        F.Date("publishedOn", "Published on", "发表日期", r => r.PublishedOn, (r, v) => r.PublishedOn = v),
        F.Money("value", "Value", "数值", r => r.Value, (r, v) => r.Value = v, required: true, unit: Units.InUnit),
        F.Text("unit", "Unit", "单位", r => r.Unit, (r, v) => r.Unit = v!, required: true),
        F.Note(r => r.Note, (r, v) => r.Note = v),
    ]);

    public string Indicator { get; private set; } = "";

    public DateOnly? Date { get; private set; }

    public string? DatePrecision { get; private set; }

    public string? DateKind { get; private set; }

    public DateOnly? PublishedOn { get; private set; }

    public decimal? Value { get; private set; }

    public string Unit { get; private set; } = "";

    public string? Note { get; private set; }
}
