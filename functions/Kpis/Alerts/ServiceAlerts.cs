using FriendCity.Records;

namespace FriendCity.Kpis;

/// <summary>A run whose checks failed, and after which no snapshot has been published.</summary>
/// <param name="Day">The day whose figures it was to publish.</param>
/// <param name="Message">What was wrong, as the run says it.</param>
internal sealed record FailedSnapshot(DateOnly Day, DateTimeOffset At, string Message);

/// <summary>What this service itself could not do. Such an alert rests on no records, so no snapshot holds it.</summary>
internal static class ServiceAlerts
{
    /// <summary>These find nothing, and stand for what has to be asked.</summary>
    public static readonly AlertRule NoSnapshot = Snapshot();

    /// <inheritdoc cref="NoSnapshot"/>
    public static readonly AlertRule NoRows = Unreadable([]);

    public static readonly IReadOnlyList<AlertRule> Silent = [NoSnapshot, NoRows];

    /// <summary>Many bad rows have one cause: the first of them name it.</summary>
    private const int MostRows = 100;

    /// <param name="failed">The newest failure that is not made up for; null when all is well, or nobody asks.</param>
    /// <param name="since">The office's day of it.</param>
    public static AlertRule Snapshot(FailedSnapshot? failed = null, DateOnly since = default) => new("snapshot_failed", null, new("Snapshot failed", "快照失败"), context =>
        failed is null || since > context.AsOf ? [] :
        [
            new(Severity.Critical, since, new(
                $"The snapshot of {AlertRules.Day(failed.Day)} failed its checks and is not published; readers see the one before. {failed.Message}",
                $"{AlertRules.Day(failed.Day)} 的快照未通过校验,未发布;读者看到的仍是上一份快照。{failed.Message}"), []),
        ]);

    /// <param name="rows">What this instance could not read; empty when all is well, or nobody asks.</param>
    public static AlertRule Unreadable(IReadOnlyList<UnreadableRow> rows) => new("unreadable_row", null, new("Row that cannot be read", "无法读取的数据行"), _ =>
    [
        .. rows.Take(MostRows).Select(row => new Alert(Severity.Critical, null, new(
            $"Row {row.Partition}/{row.Row} of table {row.Table} is left out everywhere until it is mended or removed. {row.Reason}",
            $"数据表 {row.Table} 中的行 {row.Partition}/{row.Row} 无法读取，在修复或删除之前不计入任何结果。{row.Reason}"), [])),
        .. rows.Count <= MostRows ? Array.Empty<Alert>() : [new Alert(Severity.Critical, null, new($"{rows.Count} rows cannot be read; {MostRows} are named.", $"共有 {rows.Count} 行无法读取，仅列出 {MostRows} 行。"), [])],
    ]);

    /// <summary>Stands in the place of <see cref="Snapshot"/> when storage, which knows of failures, does not answer and the caller takes what memory holds.</summary>
    public static AlertRule SnapshotsUnknown { get; } = new("snapshots_unknown", null, new("Snapshots not known", "快照状态未知"), _ =>
    [
        new(Severity.Warning, null, new(
            "Storage does not answer: whether a snapshot failed is not known now.", "存储暂无响应,目前无法得知是否有快照失败。"), []),
    ]);
}
