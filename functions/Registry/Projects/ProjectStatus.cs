using FriendCity.Records;
using FriendCity.Records.Schemas;

namespace FriendCity.Registry;

/// <summary>A dated status of a project. A project without any counts from its agreement date at its present status.</summary>
public sealed class ProjectStatus : Entry
{
    public const string Intention = "INTENTION";
    public const string Signed = "SIGNED";
    public const string InProgress = "IN_PROGRESS";
    public const string Completed = "COMPLETED";
    public const string Stalled = "STALLED";
    public const string Terminated = "TERMINATED";

    internal static readonly CodeList Statuses = new(
        (Intention, "Intention", "意向"), (Signed, "Signed", "已签约"), (InProgress, "In progress", "实施中"), (Completed, "Completed", "已完成"),
        (Stalled, "Stalled", "停滞"), (Terminated, "Terminated", "已终止"));

    private static readonly Fields<ProjectStatus> F = new();

    internal static readonly Schema<ProjectStatus> Schema = new(() => new ProjectStatus(),
    [
        F.Code("status", "Status", "状态", Statuses, s => s.Status, (s, v) => s.Status = v!, required: true),
        F.Date("date", "Date", "日期", s => s.Date, (s, v) => s.Date = v, required: true),
        F.Precision(s => s.DatePrecision, (s, v) => s.DatePrecision = v),
        F.Text("reason", "Reason", "原因", s => s.Reason, (s, v) => s.Reason = v, max: 2000),
    ]);

    public string Status { get; private set; } = "";

    public DateOnly? Date { get; private set; }

    public string? Reason { get; private set; }

    internal DateOnly Day => Date!.Value;
}
