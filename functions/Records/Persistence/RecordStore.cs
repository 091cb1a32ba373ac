using FriendCity.Storage;
using FriendCity.Storage.Tables;

namespace FriendCity.Records.Persistence;

/// <summary>
/// Writes records: entry first, then one transaction with the current row and its history row, then the answer.
/// A lost answer is resolved by reading the history row back; a client that goes away does not stop a write half-way.
/// </summary>
internal sealed class RecordStore(ITableStorage tables, ChangeFeed feed, WriteWatch watch, Quarantine quarantine, ILogger<RecordStore> log)
{
    /// <summary>
    /// How often a write re-reads and plans again when another writer was faster. Of any number of writers one is through in each round, so
    /// only a crowd of this size leaves one of them behind.
    /// </summary>
    private const int MaxRaces = 100;

    /// <summary>Records of a bulk transaction: two rows each.</summary>
    public const int RecordsPerTransaction = TableLimits.Operations / 2;

    /// <summary>
    /// The current row straight from the table, deleted or not; null when there never was one.
    /// Throws <see cref="UnreadableRowException"/> when it cannot be read.
    /// </summary>
    public async Task<Record?> ReadAsync(RecordType type, string id, CancellationToken cancellationToken)
    {
        var row = await tables.GetAsync(type.Table, RecordKeys.Partition(id), RecordKeys.Current(id), cancellationToken);
        return row is null ? null : Read(type, row) ?? throw new UnreadableRowException(type.Name, id);
    }

    /// <summary>All versions that can be read, oldest first; empty when there never was such a record.</summary>
    public async Task<IReadOnlyList<Record>> HistoryAsync(RecordType type, string id, CancellationToken cancellationToken)
    {
        var (versions, unreadable) = (new List<Record>(), false);
        var range = TableRange.Rows(RecordKeys.Partition(id), RecordKeys.HistoryFrom(id), RecordKeys.HistoryBefore(id));
        await foreach (var page in tables.QueryAsync(type.Table, range, null, cancellationToken))
            foreach (var row in page)
                if (Read(type, row) is { } version)
                    versions.Add(version);
                else
                    unreadable = true;
        return versions.Count == 0 && unreadable ? throw new UnreadableRowException(type.Name, id) : versions;
    }

    /// <summary>One version; null when there is none, or it cannot be read.</summary>
    public async Task<Record?> VersionAsync(RecordType type, string id, long version, CancellationToken cancellationToken) =>
        await tables.GetAsync(type.Table, RecordKeys.Partition(id), RecordKeys.History(id, version), cancellationToken) is { } row
            ? Read(type, row) : null;

    /// <summary>The newest version that this operation has made of the record; null when it has made none.</summary>
    public async Task<Record?> FindAsync(RecordType type, string id, string operationId, CancellationToken cancellationToken) =>
        (await HistoryAsync(type, id, cancellationToken)).LastOrDefault(version => version.OperationId == operationId);

    /// <summary>Reads the current record, lets <paramref name="plan"/> decide, and stores the next version if it says so.</summary>
    public Task<WriteOutcome> WriteAsync(RecordType type, string id, string actor, Func<Record?, WritePlan> plan,
        CancellationToken cancellationToken) => WriteOnceAsync(type, id, new(actor, null), plan, cancellationToken);

    /// <summary>
    /// The same for a write that is tried by several, perhaps at the same time, and takes effect once: whoever comes later is answered what
    /// the first has stored. An earlier try is looked for below the row that is to be replaced, so one that lands meanwhile takes that row away.
    /// </summary>
    public async Task<WriteOutcome> WriteOnceAsync(RecordType type, string id, WriteTry each, Func<Record?, WritePlan> plan,
        CancellationToken cancellationToken)
    {
        for (var race = 1; ; race++)
        {
            var (next, etag, outcome) = await PlanAsync(type, id, plan, cancellationToken, race == 1 ? each : each with { IsAgain = true });
            if (next is null)
                return outcome!;
            switch (await CommitAsync(type, [(next, etag)], each.Actor, each.OperationId))
            {
                case Commit.Done:
                    return new WriteOutcome.Stored(next);
                case Commit.Found:
                    // Two tries may have raced to the same version: what is stored is what counts.
                    return new WriteOutcome.Stored(await VersionAsync(type, id, next.Version, cancellationToken) ?? next);
                case Commit.Unknown:
                    return new WriteOutcome.Unknown(next.OperationId);
                case Commit.Lost when race == MaxRaces:
                    throw new StorageException($"{MaxRaces} other writers were faster; nothing was written.");
                default:
                    log.LogInformation("Another writer changed {Type}/{Id} first; planning again ({Race} of {MaxRaces})", type.Name, id, race,
                        MaxRaces);
                    break;
            }
        }
    }

    /// <summary>What <see cref="WriteAsync"/> would do and answer, with nothing stored; the limits of storage are checked, too.</summary>
    public async Task<WriteOutcome> RehearseAsync(RecordType type, string id, string actor, Func<Record?, WritePlan> plan,
        CancellationToken cancellationToken)
    {
        var (next, etag, outcome) = await PlanAsync(type, id, plan, cancellationToken);
        if (next is null)
            return outcome!;
        (next.Actor, next.OperationId, next.ChangedAt) = (actor, Ulid.New(feed.Now), feed.Now);
        TableRules.Check(Operations(RecordRows.Current(type, next), next, etag));
        return new WriteOutcome.Stored(next);
    }

    /// <summary>
    /// Inserts new records of one partition in one transaction, all or none. False when one of them exists by now;
    /// throws <see cref="StorageException"/> when the outcome is unknown.
    /// </summary>
    public async Task<bool> InsertAsync(RecordType type, IReadOnlyList<Record> records, string actor, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var record in records)
            record.Version = 1;
        return await CommitAsync(type, [.. records.Select(record => (record, (string?)null))], actor, null) switch
        {
            Commit.Done or Commit.Found => true,
            Commit.Lost => false,
            _ => throw new StorageException("Storage did not say whether the rows were stored; running the import again settles it."),
        };
    }

    private async Task<Commit> CommitAsync(RecordType type, IReadOnlyList<(Record Next, string? ETag)> writes, string actor, string? given)
    {
        var now = feed.Now;
        var operationId = given ?? Ulid.New(now);
        foreach (var (next, _) in writes)
            (next.Actor, next.OperationId, next.ChangedAt) = (actor, operationId, now);

        TableRow[] rows = [.. writes.Select(write => RecordRows.Current(type, write.Next))];
        var carried = rows.Length == 1 ? null : rows;
        var entered = await feed.AppendAsync(type.Name, writes.Select(write => write.Next), actor, operationId, carried, CancellationToken.None);
        TableSubmit? answer = null;
        try
        {
            answer = await tables.SubmitAsync(type.Table,
                [.. writes.Zip(rows, (write, row) => Operations(row, write.Next, write.ETag)).SelectMany(pair => pair)], CancellationToken.None);
            // In storage time, which the answer itself just told: a machine that slept in between has a clock that did not notice.
            if (answer is TableSubmit.Committed && feed.Now - entered < ChangeFeed.Deadline)
                return Commit.Done;
        }
        catch (StorageException fault)
        {
            log.LogWarning(fault, "Storage gave no answer to operation {OperationId} on {Type}; reading back", operationId, type.Name);
        }

        return await ResolveAsync(type, writes[0].Next, [.. writes.Select(write => write.Next)], answer);
    }

    /// <summary>
    /// The answer was late or missing, or a retry met our own first attempt: the history row shows which write won.
    /// </summary>
    private async Task<Commit> ResolveAsync(RecordType type, Record first, IReadOnlyList<Record> all, TableSubmit? answer)
    {
        try
        {
            var stored = answer is TableSubmit.Committed ? first.OperationId : await watch.StoredOperationAsync(type, first, CancellationToken.None);
            if (stored is not null && stored != first.OperationId)
                return Commit.Lost;
            if (stored is null && answer is TableSubmit.Refused)
                return Commit.Lost;

            await feed.AppendAsync(type.Name, all, first.Actor, first.OperationId, null, CancellationToken.None);
            if (stored is not null)
                return answer is TableSubmit.Committed ? Commit.Done : Commit.Found;
        }
        catch (StorageException fault)
        {
            log.LogWarning(fault, "The outcome of operation {OperationId} on {Type} could not be read back", first.OperationId, type.Name);
        }

        watch.Start(type, all);
        return Commit.Unknown;
    }

    /// <summary>The next version and the ETag of the row that it replaces, or why there is none.</summary>
    private async Task<(Record? Next, string? ETag, WriteOutcome? Outcome)> PlanAsync(RecordType type, string id, Func<Record?, WritePlan> plan,
        CancellationToken cancellationToken, WriteTry? each = null)
    {
        var row = await tables.GetAsync(type.Table, RecordKeys.Partition(id), RecordKeys.Current(id), cancellationToken);
        var current = row is null ? null : Read(type, row);
        // Overwriting a row that cannot be read would destroy what it holds: a person mends or removes it first.
        if (row is not null && current is null)
            return (null, null, new WriteOutcome.Unreadable(type.Name, id));
        if (current is not null && each is { OperationId: { } operation, IsAgain: true }
            && await FindAsync(type, id, operation, cancellationToken) is { } made)
            return (null, null, new WriteOutcome.Stored(made) { IsEarlier = true });
        var planned = plan(current);
        if (planned is WritePlan.Nothing nothing)
            return (null, null, nothing.Outcome);

        var store = (WritePlan.Store)planned;
        var next = store.Next;
        next.Attachments = store.Attachments ?? current?.Attachments ?? [];
        next.Id = id;
        next.Version = (current?.Version ?? 0) + 1;
        return (next, row?.ETag, null);
    }

    private Record? Read(RecordType type, TableRow row) => quarantine.Read(type.Table, row, each => RecordRows.Read(type, each));

    private static TableOperation[] Operations(TableRow current, Record next, string? etag) =>
    [
        etag is null ? TableOperation.Insert(current) : TableOperation.Replace(current, etag),
        TableOperation.Insert(RecordRows.History(current, next)),
    ];

    private enum Commit
    {
        Done,

        /// <summary>No answer told it, but it is stored.</summary>
        Found,
        Lost,
        Unknown,
    }
}
