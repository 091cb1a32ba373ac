using FriendCity.Messages;
using FriendCity.Records;
using FriendCity.Records.Schemas;

namespace FriendCity.Registry;

/// <summary>A person in an office, with the time for which that is known; names stand nowhere else.</summary>
public sealed class OfficialRole : Record
{
    private static readonly Fields<OfficialRole> F = new();

    internal static readonly RecordType<OfficialRole> Type = new("official-roles", new("Official roles", "职务"), () => new OfficialRole(),
    [
        F.Text("personNameEn", "Person (English)", "姓名（英文）", o => o.PersonNameEn, (o, v) => o.PersonNameEn = v!, required: true, personal: true),
        F.Text("personNameZh", "Person (Chinese)", "姓名（中文）", o => o.PersonNameZh, (o, v) => o.PersonNameZh = v!, required: true, personal: true),
        F.Text("titleEn", "Title (English)", "英文标题", o => o.TitleEn, (o, v) => o.TitleEn = v!, required: true),
        F.Text("titleZh", "Title (Chinese)", "中文标题", o => o.TitleZh, (o, v) => o.TitleZh = v!, required: true),
        F.Reference("organisationId", "Organisation", "机构", "organisations", o => o.OrganisationId, (o, v) => o.OrganisationId = v),
        F.Date("statedOn", "Stated on", "资料日期", o => o.StatedOn, (o, v) => o.StatedOn = v),
        F.Date("since", "Since", "起始日期", o => o.Since, (o, v) => o.Since = v),
        F.Date("until", "Until (that day excluded)", "截止日期（不含）", o => o.Until, (o, v) => o.Until = v),
        F.Note(o => o.Note, (o, v) => o.Note = v),
    ],
    IsDated);

    public string PersonNameEn { get; private set; } = "";

    public string PersonNameZh { get; private set; } = "";

    public string TitleEn { get; private set; } = "";

    public string TitleZh { get; private set; } = "";

    public string? OrganisationId { get; private set; }

    public DateOnly? StatedOn { get; private set; }

    public DateOnly? Since { get; private set; }

    public DateOnly? Until { get; private set; }

    public string? Note { get; private set; }

    internal bool MayHoldOn(DateOnly day) => Periods.Holds(Since, Until, day);

    private static void IsDated(OfficialRole role, RegistrySnapshot registry, ValidationContext validation)
    {
        if (role.Since is null && role.StatedOn is null)
            validation.Refuse("/since", "date_required", "A role needs the day from which it is held, or a day on which it was stated.",
                "职务须注明起始日期或资料日期。");
        Periods.Check(validation, "/until", role.Since, role.Until);
    }
}
