using FriendCity.Messages;
using FriendCity.Records;
using FriendCity.Records.Schemas;

namespace FriendCity.Registry;

/// <summary>A cooperation project, from the first intention to its end. A project may have no city: a memorandum with a country.</summary>
public sealed class Project : Record
{
    private static readonly Fields<Project> F = new();

    internal static readonly RecordType<Project> Type = new("projects", new("Projects", "项目"), () => new Project(),
    [
        F.Text("nameEn", "Name (English)", "英文名称", p => p.NameEn, (p, v) => p.NameEn = v!, required: true),
        F.Text("nameZh", "Name (Chinese)", "中文名称", p => p.NameZh, (p, v) => p.NameZh = v!, required: true),
        F.Reference("cityId", "City", "城市", "cities", p => p.CityId, (p, v) => p.CityId = v),
        F.Reference("countryId", "Country", "国家", "countries", p => p.CountryId, (p, v) => p.CountryId = v!, required: true),
        F.Reference("sectorId", "Sector", "领域", "sectors", p => p.SectorId, (p, v) => p.SectorId = v!, required: true),
        F.Reference("centreId", "Centre", "所属中心", "centres", p => p.CentreId, (p, v) => p.CentreId = v),
        F.Reference("platformId", "Platform", "平台", "platforms", p => p.PlatformId, (p, v) => p.PlatformId = v),
        F.Text("docType", "Document", "文件类型", p => p.DocType, (p, v) => p.DocType = v),
        F.Code("status", "Status", "状态", ProjectStatus.Statuses, p => p.Status, (p, v) => p.Status = v!, required: true),
        F.Entries("statusEvents", "Dated statuses", "状态变更", ProjectStatus.Schema, p => p.StatusEvents, (p, v) => p.StatusEvents = v),
        F.Date("agreementDate", "Agreed on", "签约日期", p => p.AgreementDate, (p, v) => p.AgreementDate = v),
        F.Precision(p => p.DatePrecision, (p, v) => p.DatePrecision = v),
        F.Date("startDate", "Started on", "启动日期", p => p.StartDate, (p, v) => p.StartDate = v),
        F.Date("endDate", "Ended on", "结束日期", p => p.EndDate, (p, v) => p.EndDate = v),
        F.Money("plannedValue", "Planned value", "计划金额", p => p.PlannedValue, (p, v) => p.PlannedValue = v, unit: Units.Currency),
        F.Text("currency", "Currency", "币种", p => p.Currency, (p, v) => p.Currency = v, max: 3),
        F.Flag("servesScoda", "Serves the demonstration area", "服务上合示范区", p => p.ServesScoda, (p, v) => p.ServesScoda = v),
        F.References("tagIds", "Tags", "标签", "tags", p => p.TagIds, (p, v) => p.TagIds = v),
        F.Entries("outcomes", "Outcomes", "成效", ProjectOutcome.Schema, p => p.Outcomes, (p, v) => p.Outcomes = v),
        F.Flag("countsInArticle", "One of the article's 26 (cross-check)", "属于文章所述 26 项（核对用）", p => p.CountsInArticle,
            (p, v) => p.CountsInArticle = v),
        F.Note(p => p.Note, (p, v) => p.Note = v),
    ],
    DatesAreInOrder, ValueHasItsCurrency, CityIsInTheCountry)
    {
        Forms = [new(["currency"], (project, _, validation) => Codes.CheckCurrency(validation, "/currency", project.Currency)),
            new(["outcomes"], OutcomesNameTheirCurrency)],
    };

    public string NameEn { get; private set; } = "";

    public string NameZh { get; private set; } = "";

    public string? CityId { get; private set; }

    public string CountryId { get; private set; } = "";

    public string SectorId { get; private set; } = "";

    public string? CentreId { get; private set; }

    public string? PlatformId { get; private set; }

    public string? DocType { get; private set; }

    /// <summary>The present status.</summary>
    public string Status { get; private set; } = "";

    public IReadOnlyList<ProjectStatus> StatusEvents { get; private set; } = [];

    public DateOnly? AgreementDate { get; private set; }

    public string? DatePrecision { get; private set; }

    public DateOnly? StartDate { get; private set; }

    public DateOnly? EndDate { get; private set; }

    /// <summary>In <see cref="Currency"/>; null when unknown.</summary>
    public decimal? PlannedValue { get; private set; }

    public string? Currency { get; private set; }

    public bool? ServesScoda { get; private set; }

    public IReadOnlyList<string> TagIds { get; private set; } = [];

    public IReadOnlyList<ProjectOutcome> Outcomes { get; private set; } = [];

    /// <summary>A cross-check against the article; no figure reads it.</summary>
    public bool? CountsInArticle { get; private set; }

    public string? Note { get; private set; }

    private static void DatesAreInOrder(Project project, RegistrySnapshot registry, ValidationContext validation)
    {
        if (project.EndDate < project.StartDate)
            validation.Refuse("/endDate", "date_order", "The project ends before it starts.", "项目结束日期早于启动日期。");
        for (var i = 1; i < project.StatusEvents.Count; i++)
            if (project.StatusEvents[i].Day < project.StatusEvents[i - 1].Day)
                validation.Refuse($"/statusEvents/{i}/date", "date_order", "Statuses stand in date order: this one is earlier than the one above it.",
                    "状态须按日期先后排列：此项早于上一项。");
        if (project.StatusEvents.Count > 0 && project.StatusEvents[^1].Status != project.Status)
            validation.Refuse("/status", "status_mismatch", "The status is not that of the last dated one.", "当前状态与最后一次状态变更不一致。");
    }

    private static void OutcomesNameTheirCurrency(Project project, RegistrySnapshot registry, ValidationContext validation)
    {
        for (var i = 0; i < project.Outcomes.Count; i++)
            Codes.CheckCurrency(validation, $"/outcomes/{i}/currency", project.Outcomes[i].Currency);
    }

    private static void ValueHasItsCurrency(Project project, RegistrySnapshot registry, ValidationContext validation)
    {
        if (project.PlannedValue is not null && project.Currency is null)
            validation.Refuse("/currency", "currency_required", "A value needs its currency.", "填写金额时必须注明币种。");
        for (var i = 0; i < project.Outcomes.Count; i++)
            if (project.Outcomes[i] is { Currency: null } outcome && (outcome.Value is not null || outcome.TradeValue is not null))
                validation.Refuse($"/outcomes/{i}/currency", "currency_required", "A value needs its currency.", "填写金额时必须注明币种。");
    }

    private static void CityIsInTheCountry(Project project, RegistrySnapshot registry, ValidationContext validation)
    {
        if (registry.Of(City.Type).Get(project.CityId) is { } city && city.CountryId != project.CountryId)
            validation.Refuse("/countryId", "country_mismatch", $"{city.Id} lies in {city.CountryId}.", $"{city.Id} 属于 {city.CountryId}。");
    }
}
