using FriendCity.Kpis.Alerts;
using FriendCity.Operations;
using FriendCity.Snapshots.Contracts;
using FriendCity.Snapshots.Pointers;

namespace FriendCity.Snapshots.Publishing;

/// <summary>
/// What somebody should know of snapshots and operations. All of it is read from what stands in storage, so it ends where its cause
/// ends, and nothing that lies there keeps it from being told.
/// </summary>
internal sealed class SnapshotNotices(SnapshotStore store, PointerKeeper keeper, SnapshotFailures evidence, OperationStore book,
    OfficeCalendar calendar)
{
    private const int Named = 5;

    public async Task<IReadOnlyList<ServiceNotice>> ReadAsync(CancellationToken cancellationToken)
    {
        var (state, failed, operations) = (keeper.LookAsync(cancellationToken), evidence.UnrepairedAsync(cancellationToken),
            book.FaultyAsync(cancellationToken));
        await Task.WhenAll(state, failed, operations);
        return [.. Failed(await failed), .. await PointerAsync(await state, cancellationToken), .. (await operations).Select(Failed)];
    }

    private static IEnumerable<ServiceNotice> Failed(FailedSnapshot? failed)
    {
        if (failed is not null)
            yield return new(ServiceAlerts.Failed, failed.At, new(
                $"The snapshot of {Cells.Format(failed.Day)} failed and is not published; readers see the one before. {failed.Message}",
                $"{Cells.Format(failed.Day)} 的快照生成失败，未发布；读者看到的仍是上一份快照。{failed.Message}"));
    }

    private static ServiceNotice Failed(Operation operation) => new(ServiceAlerts.Operation, operation.UpdatedAt, new(
        $"Operation {operation.Id} failed and is not begun again. {operation.Detail}", $"操作 {operation.Id} 失败，不再重试。{operation.Detail}"));

    private async Task<IReadOnlyList<ServiceNotice>> PointerAsync(PointerState state, CancellationToken cancellationToken)
    {
        var (found, pointer) = (new List<ServiceNotice>(), state.Pointer);
        if (state.Fault is { } fault)
            found.Add(new(ServiceAlerts.Pointer, calendar.Now, new(
                $"{fault}. Readers are told what the manifests say; it is put right within minutes.", $"{fault}。读者暂按清单文件读取；数分钟内自动修复。")));
        if (pointer.Repair is { } repair)
            found.Add(new(ServiceAlerts.Pointer, repair.At, new(
                $"The list of snapshots was put right by the manifests: {repair.Reason}. For a week no file is swept.",
                $"快照清单已按清单文件修复：{repair.Reason}。一周内不清理任何文件。")));
        foreach (var early in pointer.Published.Where(each => each.IsOfTheFuture))
            found.Add(new(ServiceAlerts.Future, early.PublishedAt, new(
                $"Snapshot {early.Id} was made before its day had come: a clock was wrong. It is taken off the list within minutes.",
                $"快照 {early.Id} 的生成时间早于其日期：某台机器的时钟有误。数分钟内将其移出清单。")));
        var findings = await FindingsAsync(pointer, cancellationToken);
        var damaged = (pointer.Repair?.Damaged ?? []).Select(id => (Id: id, pointer.Repair!.At))
            .Concat((findings?.Damaged ?? []).Select(id => (Id: id, findings!.At)));
        foreach (var (id, at) in damaged.DistinctBy(each => each.Id))
            found.Add(new(ServiceAlerts.Damaged, at, new(
                $"Snapshot {id} cannot be read and is left out: its manifest or a file is missing or damaged.", $"快照 {id} 无法读取，已略过：其清单或文件缺失或损坏。")));
        if (findings is { Rows: > 0 })
            found.Add(new(ServiceAlerts.LeftOut, findings.At, new(
                $"Rows that are not in the current snapshot, {findings.Rows} in all: {Names(Rows(findings), findings.Rows, "; ")}",
                $"当前快照未收入 {findings.Rows} 行：{Names(Rows(findings), findings.Rows, "；")}")));
        if (findings is { Missing: { Records: > 0 and var records } missing })
            found.Add(new(ServiceAlerts.Incomplete, findings.At, new(
                $"Records with versions gone from history, deleted by a hand and not by this service, {records} in all: "
                + Names(missing.First.Select(each => $"{each.Type}/{each.Id} (version {each.Versions})"), records, "; "),
                $"{records} 条记录的历史版本缺失，系人工删除，并非本服务所为："
                + Names(missing.First.Select(each => $"{each.Type}/{each.Id}（版本 {each.Versions}）"), records, "；"))));
        return found;
    }

    /// <summary>Null where there is nothing to read, or what is there cannot be read: then that is told already.</summary>
    private async Task<SnapshotFindings?> FindingsAsync(CurrentPointer pointer, CancellationToken cancellationToken)
    {
        try
        {
            var manifest = pointer.Manifest is { } path ? await store.BytesAsync(path, cancellationToken) : null;
            return manifest is null ? null : SnapshotManifest.FindingsOf(manifest);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static IEnumerable<string> Rows(SnapshotFindings findings) => findings.First.Select(row => $"{row.Type}/{row.Id} ({row.Reason})");

    private static string Names(IEnumerable<string> found, int count, string between) =>
        string.Join(between, found.Take(Named).Concat(count > Named ? ["…"] : []));
}
