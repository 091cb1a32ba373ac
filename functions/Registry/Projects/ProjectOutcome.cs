using FriendCity.Records;
using FriendCity.Records.Schemas;

namespace FriendCity.Registry;

/// <summary>What a project has brought by a day: money, jobs, trade.</summary>
public sealed class ProjectOutcome : Entry
{
    private static readonly Fields<ProjectOutcome> F = new();

    internal static readonly Schema<ProjectOutcome> Schema = new(() => new ProjectOutcome(),
    [
        F.Date("date", "Date", "日期", p => p.Date, (p, v) => p.Date = v, required: true),
        F.Precision(p => p.DatePrecision, (p, v) => p.DatePrecision = v),
        F.Money("value", "Value", "金额", p => p.Value, (p, v) => p.Value = v, unit: Units.Currency),
        F.Money("tradeValue", "Trade", "贸易额", p => p.TradeValue, (p, v) => p.TradeValue = v, unit: Units.Currency),
        F.Text("currency", "Currency", "币种", p => p.Currency, (p, v) => p.Currency = v, max: 3),
        F.Integer("jobs", "Jobs", "就业岗位", p => p.Jobs, (p, v) => p.Jobs = v, unit: Units.Jobs),
        F.Text("descriptionEn", "Description (English)", "说明（英文）", p => p.DescriptionEn, (p, v) => p.DescriptionEn = v, max: 2000),
        F.Text("descriptionZh", "Description (Chinese)", "说明（中文）", p => p.DescriptionZh, (p, v) => p.DescriptionZh = v, max: 2000),
    ]);

    public DateOnly? Date { get; private set; }

    public decimal? Value { get; private set; }

    public decimal? TradeValue { get; private set; }

    public string? Currency { get; private set; }

    public long? Jobs { get; private set; }

    public string? DescriptionEn { get; private set; }

    public string? DescriptionZh { get; private set; }
}
