using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using FriendCity.Storage.Tables;

namespace FriendCity.Records.Persistence;

/// <summary>A record whose history lacks rows.</summary>
/// <param name="Versions">Such as <c>2, 4-7</c>.</param>
internal sealed record MissingVersions(string Type, string Id, string Versions);

/// <summary>
/// Holds history against the records. A write stores the version and the current row together, so each version up to the current one has
/// a row, and each record of which there are versions has a current row: what is missing was deleted behind the service's back.
/// </summary>
/// <remarks>A long history is looked at in parts, one a day: to read it all would take as long as all else that a night reads.</remarks>
internal static class HistoryCheck
{
    /// <summary>So many versions are looked at in one go.</summary>
    public const int MaxAtOnce = 20_000;

    /// <summary>The days in which a longer history is gone through.</summary>
    private const int Parts = 8;

    /// <summary>So many records are looked at version by version; all are counted.</summary>
    private const int MaxNamed = 100;

    /// <summary>Of each so many gaps are told.</summary>
    private const int MaxGaps = 20;

    /// <summary>How many records lack versions, the first of them with the versions, and the ids that only history knows.</summary>
    /// <param name="records">Read before: what is written meanwhile is not missed.</param>
    /// <param name="told">Ids that an earlier day found to be incomplete or without a row: of parts that are not looked at they are.</param>
    /// <param name="day">Counts the days; says which part it is of a history of more than <paramref name="atOnce"/> versions.</param>
    public static async Task<(int Incomplete, IReadOnlyList<MissingVersions> Named, IReadOnlyCollection<string> Unknown)> CompareAsync(
        ITableStorage tables, RecordType type, RecordSet records, IEnumerable<string> told, int day, int atOnce,
        CancellationToken cancellationToken)
    {
        var all = records.All.ToList();
        IReadOnlyList<string>? part = all.Sum(record => record.Version) <= atOnce ? null
            : [.. RecordKeys.Partitions.Where((_, at) => at % Parts == day % Parts)];
        bool IsLookedAt(string id) => part?.Contains(RecordKeys.Partition(id)) != false;
        var (found, unknown) = (0L, new ConcurrentDictionary<string, bool>(StringComparer.Ordinal));
        IReadOnlyList<Record> looked = part is null ? all : [.. all.Where(record => IsLookedAt(record.Id))];
        await RowScan.HistoryAsync(tables, type, part, (id, version) =>
        {
            if (records.Find(id) is not { } record)
                unknown[id] = true;
            else if (version <= record.Version)
                Interlocked.Increment(ref found);
        }, cancellationToken);
        // A key is there once: as many as there should be are all of them. Which ones are missing is asked only where some are.
        var incomplete = found < looked.Sum(record => record.Version)
            ? await IncompleteAsync(tables, type, records, looked, part, cancellationToken) : [];
        var named = new List<MissingVersions>();
        foreach (var record in incomplete.Take(MaxNamed))
            named.Add(new(type.Name, record.Id, await GapsAsync(tables, type, record, cancellationToken)));
        var count = incomplete.Count;
        foreach (var id in told.Where(id => RecordId.IsValid(id) && !IsLookedAt(id)).Distinct())
            if (records.Find(id) is not { } record)
            {
                if (await KnowsAsync(tables, type, id, cancellationToken))
                    unknown[id] = true;
            }
            else if (await GapsAsync(tables, type, record, cancellationToken) is { Length: > 0 } gaps)
            {
                named.Add(new(type.Name, id, gaps));
                count++;
            }

        return (count, named, [.. unknown.Keys]);
    }

    private static async Task<bool> KnowsAsync(ITableStorage tables, RecordType type, string id, CancellationToken cancellationToken) =>
        await tables.QueryAsync(type.Table, Of(id), ["Version"], cancellationToken).AnyAsync(page => page.Count > 0, cancellationToken);

    private static async Task<IReadOnlyList<Record>> IncompleteAsync(ITableStorage tables, RecordType type, RecordSet records,
        IReadOnlyList<Record> looked, IReadOnlyList<string>? part, CancellationToken cancellationToken)
    {
        var (gate, counts) = (new Lock(), new Dictionary<string, long>(StringComparer.Ordinal));
        await RowScan.HistoryAsync(tables, type, part, (id, version) =>
        {
            if (version > records.Find(id)?.Version)
                return;
            lock (gate)
                CollectionsMarshal.GetValueRefOrAddDefault(counts, id, out _)++;
        }, cancellationToken);
        return [.. looked.Where(each => counts.GetValueOrDefault(each.Id) < each.Version)];
    }

    private static TableRange Of(string id) =>
        TableRange.Rows(RecordKeys.Partition(id), RecordKeys.HistoryFrom(id), RecordKeys.HistoryBefore(id));

    private static async Task<string> GapsAsync(ITableStorage tables, RecordType type, Record record, CancellationToken cancellationToken)
    {
        var (gaps, next) = (new List<string>(), 1L);
        await foreach (var page in tables.QueryAsync(type.Table, Of(record.Id), ["Version"], cancellationToken))
            foreach (var row in page)
                if (RecordKeys.OfHistory(row.RowKey) is var (_, version) && version <= record.Version)
                    Reach(version);
        Reach(record.Version + 1);
        return string.Join(", ", gaps.Count <= MaxGaps ? gaps : [.. gaps.Take(MaxGaps), "…"]);

        void Reach(long version)
        {
            if (next < version)
                gaps.Add(next == version - 1 ? $"{next}" : $"{next}-{version - 1}");
            next = version + 1;
        }
    }
}
