using System.Collections.Concurrent;
using FriendCity.Http;
using FriendCity.Http.Errors;
using FriendCity.Records;
using FriendCity.Records.Persistence;
using FriendCity.Serialization;

namespace FriendCity.RecordsApi.Changes;

/// <summary>
/// The changes of all records, from the change feed. A view of the records is taken first; what it does not hold yet is left to the next
/// call. That call reads from <see cref="ChangeFeed.Horizon"/> before this view, for the reason for which a replica does: a write that was
/// under way has its entry there. So nothing is missed, and what is told twice is the same version of the same record.
/// </summary>
internal sealed class ChangeReads(RegistryReader registries, RecordTypes types, ChangeFeed feed, RecordStore store, ChangeRetention retention)
{
    /// <summary>Entries that are looked at for one page, so that a narrow question about a busy year is answered in time, if in pages.</summary>
    private const int MaxEntries = 20_000;
    private const int Parallel = 16;

    public async Task<IResult> AnswerAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var asked = ChangeRequest.Read(request, types);
        var registry = await registries.ReadAsync(request, cancellationToken);
        KnownAt.Check(asked.From, registry, "from");
        // What was under way at the begin of a span has its entry before it; a cursor has room for that.
        var oldest = registry.AsOf - retention.Kept;
        if (asked.Place is { } place ? place.Instant < oldest : asked.From < oldest + ChangeFeed.Horizon)
            throw new ProblemException(new(Problems.ChangesExpired, new(
                $"Changes are kept for {retention.Kept.TotalDays:0} days. Read the lists anew, and go on from their {ChangeCursor.Header}.",
                $"变更保留 {retention.Kept.TotalDays:0} 天。请重新读取列表，并从其 {ChangeCursor.Header} 继续。")));

        // A cursor ahead of the view comes from another instance's clock, or from a view that was newer: nothing has happened since.
        var begin = (asked.From ?? asked.Place!.Instant) - ChangeFeed.Horizon;
        var (entries, last) = await EntriesAsync(asked, registry, begin, cancellationToken);
        var changes = await ChangesAsync(asked, entries, registry, cancellationToken);
        // The instant of a scan is that of its first page: what was entered late before it is read again after its last.
        var instant = asked.Place is { After: not null } going ? going.Instant : registry.AsOf;
        var next = new ChangeCursor(instant, last);
        return new JsonResult(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("value");
            foreach (var change in changes)
            {
                change.Write(writer);
                Json.Flush(writer);
            }

            writer.WriteEndArray();
            if (asked.From is null)
                writer.WriteString("cursor", next.ToString());
            writer.WriteString("nextLink", last is null ? null : asked.Link(request, next));
            writer.WriteEndObject();
        });
    }

    /// <summary>The versions that entries name, each once, and the last entry when there are more.</summary>
    private async Task<(List<ChangeEntry> Entries, (string Partition, string Key)? Last)> EntriesAsync(
        ChangeRequest asked, RegistrySnapshot registry, DateTimeOffset begin, CancellationToken cancellationToken)
    {
        var (found, seen, looked) = (new List<ChangeEntry>(), new HashSet<ChangeEntry>(), 0);
        var end = asked.To is { } to && to <= registry.AsOf ? Ulid.First(to + ChangeFeed.Horizon) : null;
        await foreach (var (row, actor) in feed.ReadAsync(begin, asked.Place?.After, cancellationToken))
        {
            if (end is not null && string.CompareOrdinal(row.Key, end) >= 0)
                break;
            if (asked.ChangedBy is null || actor == asked.ChangedBy)
                found.AddRange(row.Targets.Where(target => types.Find(target.Type) is not null && asked.Types?.Contains(target.Type) != false
                    && registry.Of(target.Type).Find(target.Id)?.Version >= target.Version && seen.Add(target)));
            if (found.Count >= asked.Top || ++looked == MaxEntries)
                return (found, (row.Partition, row.Key));
        }

        return (found, null);
    }

    private async Task<IReadOnlyList<Change>> ChangesAsync(
        ChangeRequest asked, List<ChangeEntry> entries, RegistrySnapshot registry, CancellationToken cancellationToken)
    {
        var known = new ConcurrentDictionary<ChangeEntry, Lazy<Task<Record?>>>();
        var changes = new Change?[entries.Count];
        await System.Threading.Tasks.Parallel.ForEachAsync(
            Enumerable.Range(0, entries.Count),
            new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken },
            async (i, _) =>
            {
                var entry = entries[i];
                // An entry is made before its write: who was faster may have written the version that it names, and says who and when.
                if (await VersionAsync(entry) is { } after && (asked.ChangedBy is null || after.Actor == asked.ChangedBy)
                    && (asked.From is null || (after.ChangedAt >= asked.From && !(after.ChangedAt >= asked.To))))
                    changes[i] = new(types.Find(entry.Type)!, after,
                        entry.Version == 1 ? null : await VersionAsync(entry with { Version = entry.Version - 1 }));
            });
        return [.. changes.OfType<Change>()];

        Task<Record?> VersionAsync(ChangeEntry entry) => known.GetOrAdd(entry, each => new(() => ReadAsync(each))).Value;

        async Task<Record?> ReadAsync(ChangeEntry entry) => registry.Of(entry.Type).Find(entry.Id) is { } current && current.Version == entry.Version
            ? current : await store.VersionAsync(types.Find(entry.Type)!, entry.Id, entry.Version, cancellationToken);
    }
}
