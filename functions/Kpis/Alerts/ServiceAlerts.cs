using FriendCity.Messages;
using FriendCity.Records.Persistence;

namespace FriendCity.Kpis.Alerts;

/// <summary>What this service itself has to tell: asked of whoever keeps it, which figures do not know.</summary>
internal delegate Task<IReadOnlyList<ServiceNotice>> ServiceNotices(CancellationToken cancellationToken);

/// <summary>Something that this service could not do, could not read, or put right.</summary>
/// <param name="Code">One of <see cref="ServiceAlerts.All"/>.</param>
internal sealed record ServiceNotice(string Code, DateTimeOffset At, Text Message);

/// <summary>What this service itself could not do. Such an alert rests on no records, so no snapshot holds it.</summary>
internal static class ServiceAlerts
{
    public const string UnreadableRows = "unreadable_row";
    public const string Failed = "snapshot_failed";
    public const string Pointer = "snapshot_pointer";
    public const string Future = "snapshot_in_future";
    public const string Damaged = "snapshot_damaged";
    public const string LeftOut = "rows_left_out";
    public const string Incomplete = "history_incomplete";
    public const string Operation = "operation_failed";

    public static readonly IReadOnlyList<(string Code, Severity Severity, Text Title)> All =
    [
        (Failed, Severity.Critical, new("Snapshot failed", "快照失败")),
        (Pointer, Severity.Critical, new("Snapshot list put right", "快照清单已修复")),
        (Future, Severity.Critical, new("Snapshot of a day to come", "快照日期在未来")),
        (Damaged, Severity.Critical, new("Snapshot damaged", "快照已损坏")),
        (LeftOut, Severity.Warning, new("Rows left out of the snapshot", "快照未收入的行")),
        (Incomplete, Severity.Warning, new("Versions missing from history", "历史版本缺失")),
        (Operation, Severity.Warning, new("Operation failed", "操作失败")),
    ];

    /// <summary>Many bad rows have one cause: the first of them name it.</summary>
    private const int MaxRows = 100;

    /// <param name="rows">What this instance could not read; empty when all is well, or nobody asks.</param>
    public static AlertRule Unreadable(IReadOnlyList<UnreadableRow> rows) =>
        new(UnreadableRows, null, new("Row that cannot be read", "无法读取的数据行"), _ =>
    [
        .. rows.Take(MaxRows).Select(row => new Alert(Severity.Critical, null, new(
            $"Row {row.Partition}/{row.Row} of table {row.Table} is left out everywhere until it is mended or removed. {row.Reason}",
            $"数据表 {row.Table} 中的行 {row.Partition}/{row.Row} 无法读取，在修复或删除之前不计入任何结果。{row.Reason}"), [])),
        .. rows.Count <= MaxRows ? Array.Empty<Alert>() :
        [
            new Alert(Severity.Critical, null, new($"{rows.Count} rows cannot be read; {MaxRows} are named.",
                $"共有 {rows.Count} 行无法读取，仅列出 {MaxRows} 行。"), []),
        ],
    ]);

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
            "Storage does not answer: whether a snapshot failed is not known now.", "存储暂无响应，目前无法得知是否有快照失败。"), []),
    ]);
}
