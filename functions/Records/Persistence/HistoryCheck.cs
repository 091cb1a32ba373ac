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
internal static class HistoryCheck
{
    /// <summary>So many records are looked at version by version; all are counted.</summary>
    private const int MaxNamed = 100;

    /// <summary>Of each so many gaps are told.</summary>
    private const int MaxGaps = 20;

    /// <summary>How many records lack versions, the first of them with the versions, and the ids that only history knows.</summary>
    /// <param name="records">Read before: what is written meanwhile is not missed.</param>
    public static async Task<(int Incomplete, IReadOnlyList<MissingVersions> Named, IReadOnlyCollection<string> Unknown)> CompareAsync(
        ITableStorage tables, RecordType type, RecordSet records, CancellationToken cancellationToken)
    {
        var (expected, found, unknown) = (0L, 0L, new ConcurrentDictionary<string, bool>(StringComparer.Ordinal));
        for (var i = 0; i < records.Count; i++)
            expected += records[i].Version;
        await RowScan.HistoryAsync(tables, type, (id, version) =>
        {
            if (records.Find(id) is not { } record)
                unknown[id] = true;
            else if (version <= record.Version)
                Interlocked.Increment(ref found);
        }, cancellationToken);
        // A key is there once: as many as there should be are all of them. Which ones are missing is asked only where some are.
        var incomplete = found < expected ? await IncompleteAsync(tables, type, records, cancellationToken) : [];
        var named = new List<MissingVersions>();
        foreach (var record in incomplete.Take(MaxNamed))
            named.Add(new(type.Name, record.Id, await GapsAsync(tables, type, record, cancellationToken)));
        return (incomplete.Count, named, [.. unknown.Keys]);
    }

    private static async Task<IReadOnlyList<Record>> IncompleteAsync(ITableStorage tables, RecordType type, RecordSet records,
        CancellationToken cancellationToken)
    {
        var (gate, counts) = (new Lock(), new Dictionary<string, long>(StringComparer.Ordinal));
        await RowScan.HistoryAsync(tables, type, (id, version) =>
        {
            if (version > records.Find(id)?.Version)
                return;
            lock (gate)
                CollectionsMarshal.GetValueRefOrAddDefault(counts, id, out _)++;
        }, cancellationToken);
        return [.. Enumerable.Range(0, records.Count).Select(i => records[i]).Where(each => counts.GetValueOrDefault(each.Id) < each.Version)];
    }

    private static async Task<string> GapsAsync(ITableStorage tables, RecordType type, Record record, CancellationToken cancellationToken)
    {
        var (gaps, next) = (new List<string>(), 1L);
        var range = TableRange.Rows(RecordKeys.Partition(record.Id), RecordKeys.HistoryFrom(record.Id), RecordKeys.HistoryBefore(record.Id));
        await foreach (var page in tables.QueryAsync(type.Table, range, ["Version"], cancellationToken))
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
