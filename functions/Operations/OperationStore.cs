using FriendCity.Http.Errors;
using FriendCity.Records;
using FriendCity.Records.Persistence;
using FriendCity.Storage;
using FriendCity.Storage.Blobs;
using FriendCity.Storage.Tables;

namespace FriendCity.Operations;

/// <summary>
/// The table <c>operations</c>, a row each, and the container with their inputs. An input is deleted when its operation is over, so the
/// container is the list of what is still to be done; the runner of an operation holds the lease on its input.
/// </summary>
internal sealed class OperationStore(ITableStorage tables, IBlobStorage blobs, ChangeFeed feed, TimeProvider time, ILogger<OperationStore> log)
{
    public const string Table = "operations";
    private const string Container = "friendcity-operations";
    private const string JsonType = "application/json; charset=utf-8";
    private const int MaxRaces = 10;

    /// <summary>An input whose row was never written: nobody was told of that operation.</summary>
    private static readonly TimeSpan Orphaned = TimeSpan.FromHours(1);

    private static readonly ProblemCode[] Faults = [Problems.Internal, Problems.NoRoom];

    /// <summary>What failed so long ago is no longer news.</summary>
    private static readonly TimeSpan FaultsTold = TimeSpan.FromDays(7);

    private bool _isTable;

    public static BlobName Input(string id) => new(Container, $"{id.ToLowerInvariant()}.json");

    /// <summary>Input first, then the row: an operation that can be asked for can be run.</summary>
    /// <param name="id">Of one that an earlier try may have added, which then is the one; null for a new one.</param>
    /// <param name="prepare">Stores what belongs to the operation of that id.</param>
    public async Task<Operation> AddAsync(string kind, string input, string actor, CancellationToken cancellationToken, string? id = null,
        Func<string, Task>? prepare = null)
    {
        await tables.EnsureTableAsync(Table, cancellationToken);
        await blobs.EnsureContainerAsync(Container, cancellationToken);
        if (id is not null && await FindAsync(id, cancellationToken) is { } earlier)
            return earlier;
        var now = feed.Now;
        var operation = new Operation(id ?? Ulid.New(now), kind, Operation.Queued, actor, now, now, null);
        if (prepare is not null)
            await prepare(operation.Id);
        using var bytes = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(input));
        await blobs.PutAsync(Input(operation.Id), bytes, JsonType, BlobCondition.Absent, cancellationToken);
        // A refusal is our own row after a lost answer, or that of another try of the same request.
        return await tables.SubmitAsync(Table, [TableOperation.Insert(operation.ToRow())], cancellationToken) is TableSubmit.Committed
            ? operation : await FindAsync(operation.Id, cancellationToken) ?? operation;
    }

    public async Task<Operation?> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (!RecordId.IsValid(id))
            return null;
        var (partition, row) = Operation.Key(id);
        return await tables.GetAsync(Table, partition, row, cancellationToken) is { } stored ? Operation.Of(stored) : null;
    }

    /// <summary>Changes a row as it is by now; null when it is gone. One that is over stays as it is.</summary>
    public async Task<Operation?> UpdateAsync(string id, Func<Operation, Operation> change, CancellationToken cancellationToken)
    {
        for (var race = 1; ; race++)
        {
            if (await FindAsync(id, cancellationToken) is not { } operation || operation.IsOver)
                return await FindAsync(id, cancellationToken);
            var next = change(operation) with { UpdatedAt = feed.Now };
            if (await tables.SubmitAsync(Table, [TableOperation.Replace(next.ToRow(), operation.ETag!)], cancellationToken) is TableSubmit.Committed)
                return next;
            if (race == MaxRaces)
                throw new StorageException($"Operation {id} is changed by others all the time.");
        }
    }

    /// <summary>
    /// The ids of operations that are not over, oldest first. What else lies in the container, or cannot be looked at, keeps none of them
    /// waiting.
    /// </summary>
    public async Task<IReadOnlyList<string>> OpenAsync(CancellationToken cancellationToken)
    {
        await blobs.EnsureContainerAsync(Container, cancellationToken);
        var open = new List<string>();
        await foreach (var item in blobs.ListAsync(Container, "", cancellationToken))
        {
            var id = item.Name.Split('.')[0].ToUpperInvariant();
            if (!RecordId.IsValid(id) || Input(id).Path != item.Name)
                log.LogWarning("{Blob} is no input of an operation, and is left alone", item.Name);
            else if (await FindAsync(id, cancellationToken) is { IsOver: false })
                open.Add(id);
            else if (feed.Now - item.LastModified > Orphaned)
                // A runner that is just giving its lease back forgets it itself.
                await blobs.TryDeleteAsync(Input(id), log, cancellationToken);
        }

        return open;
    }

    /// <summary>Deletes operations that were begun more than <paramref name="kept"/> ago and are over; answers how many.</summary>
    public async Task<int> PurgeAsync(TimeSpan kept, CancellationToken cancellationToken)
    {
        var deleted = 0;
        var (partition, before) = Operation.Key(Ulid.First(feed.Now - kept));
        await foreach (var page in tables.QueryAsync(Table, TableRange.Rows(partition, "0", before), null, cancellationToken))
            foreach (var part in page.Select(Operation.Of).Where(operation => operation.IsOver).Chunk(TableLimits.Operations))
                // A refusal is a row that another run deletes at the same time: what is left goes the next night.
                if (await tables.SubmitAsync(Table, [.. part.Select(each => TableOperation.Delete(partition, each.Id, "*"))],
                    cancellationToken) is TableSubmit.Committed)
                    deleted += part.Length;
        return deleted;
    }

    /// <summary>Those that did not come to their end by a fault of this service, or whose row cannot be read.</summary>
    public async Task<IReadOnlyList<Operation>> FaultyAsync(CancellationToken cancellationToken)
    {
        if (!_isTable)
            await tables.EnsureTableAsync(Table, cancellationToken);
        _isTable = true;
        var found = new List<Operation>();
        var (partition, _) = Operation.Key("");
        await foreach (var page in tables.QueryAsync(Table, TableRange.Rows(partition, "0", "a"), null, cancellationToken))
            found.AddRange(page.Select(Operation.Of).Where(each => each.IsUnreadable || IsNews(each)));
        return found;

        bool IsNews(Operation operation) => operation.State == Operation.Failed
            && Array.Exists(Faults, fault => fault.Name == operation.Error) && feed.Now - operation.UpdatedAt < FaultsTold;
    }

    public async Task<string?> InputAsync(string id, CancellationToken cancellationToken)
    {
        await using var content = await blobs.GetAsync(Input(id), null, cancellationToken);
        return content is null ? null : System.Text.Encoding.UTF8.GetString(await content.BytesAsync(cancellationToken));
    }

    public Task<BlobLease?> LeaseAsync(string id, ILogger log, CancellationToken cancellationToken) =>
        BlobLease.AcquireAsync(blobs, Input(id), time, log, cancellationToken);

    public Task ForgetInputAsync(string id, CancellationToken cancellationToken) => blobs.DeleteAsync(Input(id), cancellationToken);
}
