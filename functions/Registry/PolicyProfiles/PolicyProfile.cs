using FriendCity.Messages;
using FriendCity.Records;
using FriendCity.Records.Schemas;

namespace FriendCity.Registry;

/// <summary>
/// One version of the policy for one city: what it is strong in, where cooperation begins, who approved it and until when it holds.
/// </summary>
public sealed class PolicyProfile : Record
{
    private static readonly Fields<PolicyProfile> F = new();

    internal static readonly RecordType<PolicyProfile> Type = new("policy-profiles", new("City policy profiles", "一城一策"), () => new PolicyProfile(),
    [
        F.Reference("cityId", "City", "城市", "cities", p => p.CityId, (p, v) => p.CityId = v!, required: true),
        F.Integer("profileVersion", "Version of the policy", "策略版本", p => p.ProfileVersion, (p, v) => p.ProfileVersion = v, required: true,
            min: 1, unit: Units.Number),
        F.Texts("strongIndustries", "Strong industries", "优势产业", p => p.StrongIndustries, (p, v) => p.StrongIndustries = v),
        F.Texts("keyFirms", "Key firms", "重点企业", p => p.KeyFirms, (p, v) => p.KeyFirms = v),
        F.Texts("products", "Special products", "特色产品", p => p.Products, (p, v) => p.Products = v),
        F.Text("entryPointEn", "Entry point (English)", "突破口（英文）", p => p.EntryPointEn, (p, v) => p.EntryPointEn = v),
        F.Text("entryPointZh", "Entry point (Chinese)", "突破口（中文）", p => p.EntryPointZh, (p, v) => p.EntryPointZh = v),
        F.Reference("leadCentreId", "Lead centre", "牵头中心", "centres", p => p.LeadCentreId, (p, v) => p.LeadCentreId = v),
        F.Flag("approved", "Approved", "已批准", p => p.Approved, (p, v) => p.Approved = v),
        F.Date("approvedOn", "Approved on", "批准日期", p => p.ApprovedOn, (p, v) => p.ApprovedOn = v),
        F.Text("approvalReference", "Approval reference", "批准文号", p => p.ApprovalReference, (p, v) => p.ApprovalReference = v),
        F.Date("expiresOn", "Expires on (that day excluded)", "失效日期（不含）", p => p.ExpiresOn, (p, v) => p.ExpiresOn = v),
        F.Flag("sharedFestival", "Shared festival", "共同节日", p => p.SharedFestival, (p, v) => p.SharedFestival = v),
        F.Flag("languageOrSchoolTie", "Language or school tie", "语言或校际联系", p => p.LanguageOrSchoolTie, (p, v) => p.LanguageOrSchoolTie = v),
        F.Flag("youthProgramme", "Youth programme", "青少年项目", p => p.YouthProgramme, (p, v) => p.YouthProgramme = v),
        F.Flag("tourismLink", "Tourism link", "旅游联系", p => p.TourismLink, (p, v) => p.TourismLink = v),
        F.Flag("onHubNetwork", "On a hub network", "位于枢纽网络", p => p.OnHubNetwork, (p, v) => p.OnHubNetwork = v),
        F.Flag("directRail", "Direct rail", "直达铁路", p => p.DirectRail, (p, v) => p.DirectRail = v),
        F.Flag("directAirOrSea", "Direct air or sea", "直达航空或海运", p => p.DirectAirOrSea, (p, v) => p.DirectAirOrSea = v),
        F.Entries("sectorStrengths", "Sector strengths", "领域实力", SectorStrength.Schema, p => p.SectorStrengths, (p, v) => p.SectorStrengths = v),
        F.Note(p => p.Note, (p, v) => p.Note = v),
    ],
    ApprovalIsEvident, SectorsStandOnce)
    {
        Keys = [new("profileVersion", new("city and version of the policy", "城市和策略版本"),
            p => UniqueKeys.Of(p.CityId, FormattableString.Invariant($"{p.ProfileVersion}")))],
    };

    public string CityId { get; private set; } = "";

    public long? ProfileVersion { get; private set; }

    public IReadOnlyList<string> StrongIndustries { get; private set; } = [];

    public IReadOnlyList<string> KeyFirms { get; private set; } = [];

    public IReadOnlyList<string> Products { get; private set; } = [];

    public string? EntryPointEn { get; private set; }

    public string? EntryPointZh { get; private set; }

    public string? LeadCentreId { get; private set; }

    public bool? Approved { get; private set; }

    public DateOnly? ApprovedOn { get; private set; }

    public string? ApprovalReference { get; private set; }

    public DateOnly? ExpiresOn { get; private set; }

    public bool? SharedFestival { get; private set; }

    public bool? LanguageOrSchoolTie { get; private set; }

    public bool? YouthProgramme { get; private set; }

    public bool? TourismLink { get; private set; }

    public bool? OnHubNetwork { get; private set; }

    public bool? DirectRail { get; private set; }

    public bool? DirectAirOrSea { get; private set; }

    public IReadOnlyList<SectorStrength> SectorStrengths { get; private set; } = [];

    public string? Note { get; private set; }

    /// <summary>Approved and unexpired. An approval without a day counts from the beginning.</summary>
    internal bool HoldsOn(DateOnly day) => Approved == true && Periods.Holds(ApprovedOn, ExpiresOn, day);

    private static void ApprovalIsEvident(PolicyProfile profile, RegistrySnapshot registry, ValidationContext validation)
    {
        Approvals.Check(validation, profile.Approved, profile.ApprovedOn, profile.ApprovalReference);
        Periods.Check(validation, "/expiresOn", profile.ApprovedOn, profile.ExpiresOn);
    }

    private static void SectorsStandOnce(PolicyProfile profile, RegistrySnapshot registry, ValidationContext validation)
    {
        for (var i = 0; i < profile.SectorStrengths.Count; i++)
            if (profile.SectorStrengths.Take(i).Any(other => other.SectorId == profile.SectorStrengths[i].SectorId))
                validation.Refuse($"/sectorStrengths/{i}/sectorId", "duplicate", "The sector is rated twice.", "该领域重复评定。");
    }
}
