using FriendCity.Records;
using FriendCity.Records.Schemas;

namespace FriendCity.Registry;

/// <summary>One dated step of a relationship. From SUSPENDED and ENDED on it is not counted and is kept as historical.</summary>
public sealed class StageEvent : Entry
{
    public const string Contact = "CONTACT";
    public const string Intention = "INTENTION";
    public const string FriendlyCooperation = "FRIENDLY_COOPERATION";
    public const string FriendCity = "FRIEND_CITY";
    public const string Suspended = "SUSPENDED";
    public const string Ended = "ENDED";

    internal static readonly CodeList Stages = new(
        (Contact, "Contact", "接触"), (Intention, "Intention", "结好意向"), (FriendlyCooperation, "Friendly cooperation", "友好合作"),
        (FriendCity, "Friend city", "友好城市"), (Suspended, "Suspended", "暂停"), (Ended, "Ended", "终止"));

    private static readonly Fields<StageEvent> F = new();

    internal static readonly Schema<StageEvent> Schema = new(() => new StageEvent(),
    [
        F.Text("id", "Event", "事件编号", s => s.Id, (s, v) => s.Id = v, max: RecordId.MaxLength),
        F.Code("stage", "Stage", "阶段", Stages, s => s.Stage, (s, v) => s.Stage = v!, required: true),
        F.Date("date", "Date", "日期", s => s.Date, (s, v) => s.Date = v, required: true),
        F.Precision(s => s.DatePrecision, (s, v) => s.DatePrecision = v),
        F.Text("documentType", "Document", "文件类型", s => s.DocumentType, (s, v) => s.DocumentType = v),
        F.Text("reason", "Reason", "原因", s => s.Reason, (s, v) => s.Reason = v, max: 2000),
    ]);

    public string? Id { get; private set; }

    public string Stage { get; private set; } = "";

    public DateOnly? Date { get; private set; }

    public string? DocumentType { get; private set; }

    public string? Reason { get; private set; }

    internal DateOnly Day => Date!.Value;

    internal bool IsFormal => Stage is FriendlyCooperation or FriendCity;

    internal bool IsEnd => Stage is Suspended or Ended;
}
