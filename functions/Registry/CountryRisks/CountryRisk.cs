using FriendCity.Messages;
using FriendCity.Records;
using FriendCity.Records.Schemas;

namespace FriendCity.Registry;

/// <summary>The office's assessment of a country for a time, with a note on sanctions.</summary>
public sealed class CountryRisk : Record
{
    private static readonly Fields<CountryRisk> F = new();

    private static readonly CodeList Levels = new(("low", "Low", "低"), ("medium", "Medium", "中"), ("high", "High", "高"));

    internal static readonly RecordType<CountryRisk> Type = new("country-risks", new("Country risks", "国别风险"), () => new CountryRisk(),
    [
        F.Reference("countryId", "Country", "国家", "countries", c => c.CountryId, (c, v) => c.CountryId = v!, required: true),
        F.Code("level", "Level", "等级", Levels, c => c.Level, (c, v) => c.Level = v!, required: true),
        F.Text("summaryEn", "Summary (English)", "概述（英文）", c => c.SummaryEn, (c, v) => c.SummaryEn = v, max: 2000),
        F.Text("summaryZh", "Summary (Chinese)", "概述（中文）", c => c.SummaryZh, (c, v) => c.SummaryZh = v, max: 2000),
        F.Text("sanctionNote", "Note on sanctions", "制裁说明", c => c.SanctionNote, (c, v) => c.SanctionNote = v, max: 2000),
        F.Date("since", "Since", "起始日期", c => c.Since, (c, v) => c.Since = v, required: true),
        F.Date("until", "Until (that day excluded)", "截止日期（不含）", c => c.Until, (c, v) => c.Until = v),
        F.Note(c => c.Note, (c, v) => c.Note = v),
    ],
    EndsAfterItBegins);

    public string CountryId { get; private set; } = "";

    public string Level { get; private set; } = "";

    public string? SummaryEn { get; private set; }

    public string? SummaryZh { get; private set; }

    public string? SanctionNote { get; private set; }

    public DateOnly? Since { get; private set; }

    public DateOnly? Until { get; private set; }

    public string? Note { get; private set; }

    internal bool HoldsOn(DateOnly day) => Periods.Holds(Since, Until, day);

    private static void EndsAfterItBegins(CountryRisk risk, RegistrySnapshot registry, ValidationContext validation) =>
        Periods.Check(validation, "/until", risk.Since, risk.Until);
}
