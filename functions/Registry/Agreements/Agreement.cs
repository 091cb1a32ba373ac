using FriendCity.Messages;
using FriendCity.Records;
using FriendCity.Records.Schemas;

namespace FriendCity.Registry;

/// <summary>A signed document of a relationship or a project, with its approval, term and review.</summary>
public sealed class Agreement : Record
{
    private static readonly Fields<Agreement> F = new();

    internal static readonly RecordType<Agreement> Type = new("agreements", new("Agreements", "协议"), () => new Agreement(),
    [
        F.Text("titleEn", "Title (English)", "英文标题", a => a.TitleEn, (a, v) => a.TitleEn = v!, required: true),
        F.Text("titleZh", "Title (Chinese)", "中文标题", a => a.TitleZh, (a, v) => a.TitleZh = v!, required: true),
        F.Text("documentType", "Document", "文件类型", a => a.DocumentType, (a, v) => a.DocumentType = v!, required: true),
        F.Reference("relationshipId", "Relationship", "友城关系", "relationships", a => a.RelationshipId, (a, v) => a.RelationshipId = v),
        F.Reference("projectId", "Project", "项目", "projects", a => a.ProjectId, (a, v) => a.ProjectId = v),
        F.Date("signedOn", "Signed on", "签署日期", a => a.SignedOn, (a, v) => a.SignedOn = v),
        F.Precision(a => a.DatePrecision, (a, v) => a.DatePrecision = v),
        F.Flag("approved", "Approved", "已批准", a => a.Approved, (a, v) => a.Approved = v),
        F.Date("approvedOn", "Approved on", "批准日期", a => a.ApprovedOn, (a, v) => a.ApprovedOn = v),
        F.Text("approvalReference", "Approval reference", "批准文号", a => a.ApprovalReference, (a, v) => a.ApprovalReference = v),
        F.Reference("approverId", "Approved by", "批准机构", "organisations", a => a.ApproverId, (a, v) => a.ApproverId = v),
        F.Integer("termYears", "Term in years", "期限（年）", a => a.TermYears, (a, v) => a.TermYears = v, min: 1, max: 100, unit: Units.Years),
        F.Date("endsOn", "Ends on", "到期日期", a => a.EndsOn, (a, v) => a.EndsOn = v),
        F.Date("reviewOn", "Review due on", "复审日期", a => a.ReviewOn, (a, v) => a.ReviewOn = v),
        F.Note(a => a.Note, (a, v) => a.Note = v),
    ],
    BelongsToOne, ApprovalIsEvident, DatesAreInOrder)
    {
        Implied = a => ("termYears", a.EndsOn is null ? a.End : null),
    };

    public string TitleEn { get; private set; } = "";

    public string TitleZh { get; private set; } = "";

    public string DocumentType { get; private set; } = "";

    public string? RelationshipId { get; private set; }

    public string? ProjectId { get; private set; }

    public DateOnly? SignedOn { get; private set; }

    public string? DatePrecision { get; private set; }

    public bool? Approved { get; private set; }

    public DateOnly? ApprovedOn { get; private set; }

    public string? ApprovalReference { get; private set; }

    public string? ApproverId { get; private set; }

    public long? TermYears { get; private set; }

    public DateOnly? EndsOn { get; private set; }

    public DateOnly? ReviewOn { get; private set; }

    public string? Note { get; private set; }

    /// <summary>The last day of its term, as far as known.</summary>
    internal DateOnly? End => EndsOn ?? (TermYears is { } years ? SignedOn?.PlusYears(years) : null);

    private static void BelongsToOne(Agreement agreement, RegistrySnapshot registry, ValidationContext validation)
    {
        if (agreement.RelationshipId is null == agreement.ProjectId is null)
            validation.Refuse("/relationshipId", "one_subject", "An agreement belongs to a relationship or to a project, to one of them.",
                "协议须且只能属于一项友城关系或一个项目。");
    }

    private static void ApprovalIsEvident(Agreement agreement, RegistrySnapshot registry, ValidationContext validation) =>
        Approvals.Check(validation, agreement.Approved, agreement.ApprovedOn, agreement.ApprovalReference);

    private static void DatesAreInOrder(Agreement agreement, RegistrySnapshot registry, ValidationContext validation)
    {
        Periods.CheckDays(validation, "/endsOn", agreement.SignedOn, agreement.EndsOn);
        Periods.CheckDays(validation, "/reviewOn", agreement.SignedOn, agreement.ReviewOn);
    }
}
