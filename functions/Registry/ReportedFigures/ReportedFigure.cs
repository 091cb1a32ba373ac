using FriendCity.Records;
using FriendCity.Records.Schemas;

namespace FriendCity.Registry;

/// <summary>A figure that was published, kept as it was; it stands beside the computed one and never feeds it.</summary>
public sealed class ReportedFigure : Record
{
    public static readonly string[] Indicators =
    [
        "FORMAL_CITIES", "FORMAL_COUNTRIES", "FRIEND_CITIES", "FRIEND_COUNTRIES", "COOPERATION_CITIES", "COOPERATION_COUNTRIES",
        "SCO_CITIES", "SCO_COUNTRIES", "TRANSIT_VOLUME", .. PublishedSeries.All.Select(series => series.Indicator),
    ];

    private static readonly Fields<ReportedFigure> F = new();

    internal static readonly RecordType<ReportedFigure> Type = new("reported-figures", new("Reported figures", "对外公布数据"), () => new ReportedFigure(),
    [
        F.Code("indicator", "Indicator", "指标", Indicators, r => r.Indicator, (r, v) => r.Indicator = v!, required: true),
        F.Date("date", "True on", "数据日期", r => r.Date, (r, v) => r.Date = v, required: true),
        F.Precision(r => r.DatePrecision, (r, v) => r.DatePrecision = v),
        F.Code("dateKind", "Kind of date", "日期性质", ["data", "publication"], r => r.DateKind, (r, v) => r.DateKind = v),
        F.Date("publishedOn", "Published on", "发表日期", r => r.PublishedOn, (r, v) => r.PublishedOn = v),
        F.Money("value", "Value", "数值", r => r.Value, (r, v) => r.Value = v, required: true),
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
