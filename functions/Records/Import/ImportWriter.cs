using FriendCity.Records.Persistence;
using FriendCity.Storage;

namespace FriendCity.Records.Import;

/// <summary>Writes what an import planned: new records by the transaction, changes each on condition of the version it was planned for.</summary>
/// <param name="wrote">Told of each row that is settled: whether it was written, or left because somebody else was there first.</param>
internal sealed class ImportWriter(RecordStore store, RecordType type, string actor, Func<ImportItem, bool, CancellationToken, Task> wrote)
{
    public async Task WriteAsync(IReadOnlyList<ImportItem> items, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = ImportPacks.Parallel, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(ImportPacks.Of(type, items.Where(item => item.Current is null), item => item.Next), options,
            async (pack, token) =>
            {
                await foreach (var (item, isInserted) in ImportPacks.InsertAsync(store, type, pack, each => each.Next, actor, token))
                    await wrote(item, isInserted, token);
            });
        await Parallel.ForEachAsync(items.Where(item => item.Current is not null), options,
            async (item, token) => await wrote(item, await UpdateAsync(item, token), token));
    }

    private async Task<bool> UpdateAsync(ImportItem item, CancellationToken cancellationToken)
    {
        var outcome = await store.WriteAsync(type, item.Id, actor, current => current is { Deleted: false } && current.Version == item.Base
            ? new WritePlan.Store(item.Next) : new WritePlan.Nothing(new WriteOutcome.Stale(current?.Version)), cancellationToken);
        return outcome switch
        {
            WriteOutcome.Stored => true,
            WriteOutcome.Unknown => throw new StorageException("Storage did not say whether a row was stored; beginning again settles it."),
            _ => false,
        };
    }
}
