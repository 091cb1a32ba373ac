using FriendCity.Storage;
using FriendCity.Storage.Tables;

namespace FriendCity.Records.Persistence;

/// <summary>
/// Watches writes whose outcome storage did not tell: a commit may still land after its answer was lost, when its entry has
/// already left the readers' window. Seen within two minutes, it is entered again.
/// </summary>
internal sealed class WriteWatch(ITableStorage tables, ChangeFeed feed, TimeProvider time, ILogger<WriteWatch> log) : IDisposable
{
    private static readonly TimeSpan Span = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private readonly CancellationTokenSource _stop = new();

    /// <summary>The operation that wrote this version of the record, or null when no one has.</summary>
    public async Task<string?> StoredOperationAsync(RecordType type, Record record, CancellationToken cancellationToken) =>
        (await tables.GetAsync(type.Table, RecordKeys.Partition(record.Id), RecordKeys.History(record.Id, record.Version), cancellationToken))?.Text(
            "OperationId");

    public void Start(RecordType type, IReadOnlyList<Record> records) => _ = RunAsync(type, records, _stop.Token);

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private async Task RunAsync(RecordType type, IReadOnlyList<Record> records, CancellationToken stop)
    {
        StorageTimeout.End();
        var begun = time.GetTimestamp();
        while (time.GetElapsedTime(begun) < Span)
        {
            try
            {
                await Task.Delay(Pause, time, stop);
                if (await StoredOperationAsync(type, records[0], stop) is not { } operation)
                    continue;
                if (operation == records[0].OperationId)
                    await feed.AppendAsync(type.Name, records, records[0].Actor, operation, null, stop);
                return;
            }
            catch (StorageException fault)
            {
                log.LogWarning(fault, "Watching operation {OperationId}: storage does not answer", records[0].OperationId);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
