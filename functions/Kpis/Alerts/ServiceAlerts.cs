namespace FriendCity.Kpis;

/// <summary>A run whose checks failed, and after which no snapshot has been published.</summary>
/// <param name="Day">The day whose figures it was to publish.</param>
/// <param name="Message">What was wrong, as the run says it.</param>
internal sealed record FailedSnapshot(DateOnly Day, DateTimeOffset At, string Message);

/// <summary>What this service itself could not do. Such an alert rests on no records, so no snapshot holds it.</summary>
internal static class ServiceAlerts
{
    /// <param name="failed">The newest failure that is not made up for; null when all is well, or nobody asks.</param>
    /// <param name="since">The office's day of it.</param>
    public static AlertRule Snapshot(FailedSnapshot? failed = null, DateOnly since = default) => new("snapshot_failed", null, new("Snapshot failed", "快照失败"), context =>
        failed is null || since > context.AsOf ? [] :
        [
            new(Severity.Critical, since, new(
                $"The snapshot of {AlertRules.Day(failed.Day)} failed its checks and is not published; readers see the one before. {failed.Message}",
                $"{AlertRules.Day(failed.Day)} 的快照未通过校验,未发布;读者看到的仍是上一份快照。{failed.Message}"), []),
        ]);

    /// <summary>Stands in the place of <see cref="Snapshot"/> when storage, which knows of failures, does not answer and the caller takes what memory holds.</summary>
    public static AlertRule SnapshotsUnknown { get; } = new("snapshots_unknown", null, new("Snapshots not known", "快照状态未知"), _ =>
    [
        new(Severity.Warning, null, new(
            "Storage does not answer: whether a snapshot failed is not known now.", "存储暂无响应,目前无法得知是否有快照失败。"), []),
    ]);
}
