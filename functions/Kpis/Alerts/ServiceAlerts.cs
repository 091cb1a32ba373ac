using FriendCity.Records;

namespace FriendCity.Kpis;

/// <summary>Something that this service could not do, could not read, or put right.</summary>
/// <param name="Code">One of <see cref="ServiceAlerts.All"/>.</param>
internal sealed record ServiceNotice(string Code, DateTimeOffset At, Text Message);

/// <summary>What this service itself could not do. Such an alert rests on no records, so no snapshot holds it.</summary>
internal static class ServiceAlerts
{
    public const string Failed = "snapshot_failed";
    public const string Pointer = "snapshot_pointer";
    public const string Future = "snapshot_in_future";
    public const string Damaged = "snapshot_damaged";
    public const string LeftOut = "rows_left_out";
    public const string Operation = "operation_failed";

    public static readonly IReadOnlyList<(string Code, Severity Severity, Text Title)> All =
    [
        (Failed, Severity.Critical, new("Snapshot failed", "快照失败")),
        (Pointer, Severity.Critical, new("Snapshot list put right", "快照清单已修复")),
        (Future, Severity.Critical, new("Snapshot of a day to come", "快照日期在未来")),
        (Damaged, Severity.Critical, new("Snapshot damaged", "快照已损坏")),
        (LeftOut, Severity.Warning, new("Rows left out of the snapshot", "快照未收入的行")),
        (Operation, Severity.Warning, new("Operation failed", "操作失败")),
    ];

    /// <param name="dayOf">The office's day of an instant.</param>
    public static IReadOnlyList<AlertRule> Rules(IReadOnlyList<ServiceNotice> notices, Func<DateTimeOffset, DateOnly> dayOf) =>
    [
        .. All.Select(each => new AlertRule(each.Code, null, each.Title, context =>
            from notice in notices
            where notice.Code == each.Code
            let since = dayOf(notice.At)
            where since <= context.AsOf
            select new Alert(each.Severity, since, notice.Message, []))),
    ];

    /// <summary>Stands in the place of them all when storage, which knows of them, does not answer and the caller takes what memory holds.</summary>
    public static AlertRule SnapshotsUnknown { get; } = new("snapshots_unknown", null, new("Snapshots not known", "快照状态未知"), _ =>
    [
        new(Severity.Warning, null, new(
            "Storage does not answer: whether a snapshot failed is not known now.", "存储暂无响应,目前无法得知是否有快照失败。"), []),
    ]);
}
