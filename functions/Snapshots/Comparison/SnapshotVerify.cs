using FriendCity.Kpis.Model;
using FriendCity.Records;
using FriendCity.Records.Query.Filters;
using FriendCity.Snapshots.Contracts;
using FriendCity.Snapshots.Formats;
using FriendCity.Snapshots.Pointers;
using FriendCity.Snapshots.Publishing;
using FriendCity.Snapshots.Tables;

namespace FriendCity.Snapshots.Comparison;

/// <summary>
/// Verifies a published snapshot: every file has the bytes the manifest names, the three formats hold the same cells, and the tables come
/// out again from the records as they were known at the snapshot's instant. On the way missed copies are made. Rows pass by one after the
/// other, once for each form and once more: what is held does not grow with the years, nor with what storage sends.
/// </summary>
internal sealed class SnapshotVerify(SnapshotStore store, SnapshotHistory history, SnapshotCopies copies, ISnapshotSource source, KpiPresets presets)
{
    private const int MaxReportedFaults = 10;

    private static readonly EqualityComparer<object?[]> SameCells = EqualityComparer<object?[]>.Create((left, right) => left.AsSpan()
        .SequenceEqual(right));

    /// <summary>What is wrong, in words; null when all is well.</summary>
    /// <exception cref="InvalidDataException">The snapshot is not published, or its manifest is damaged.</exception>
    public async Task<string?> RunAsync(string id, Func<int, int, CancellationToken, Task> progress, CancellationToken cancellationToken)
    {
        var pointer = (await store.CurrentAsync(cancellationToken)).Pointer;
        if (!pointer.Names(id) || await store.BytesAsync(id, SnapshotManifest.FileName, cancellationToken) is not { } manifest)
            throw new InvalidDataException($"Snapshot {id} is not published, or has lost its manifest.");

        var isCurrent = pointer.Published[0].Id == id;
        var faults = new List<string>();
        if (isCurrent && SnapshotStore.Hash(manifest) != pointer.Sha256)
            faults.Add("manifest.json is not the one that current.json names");
        var files = SnapshotManifest.FilesOf(manifest);
        for (var i = 0; i < files.Count; i++)
        {
            await progress(i, files.Count, cancellationToken);
            if (await store.HashAsync(id, files[i].Name, cancellationToken) != files[i].Sha256)
                faults.Add($"{files[i].Name} is missing or damaged");
        }

        if (faults.Count == 0)
            await ComputeAsync(id, manifest, files, faults, cancellationToken);
        if (isCurrent && faults.Count == 0)
            await CopyAsync(id, pointer, files, faults, cancellationToken);
        await progress(files.Count, files.Count, cancellationToken);
        return faults.Count == 0 ? null : $"faults, {faults.Count} in all: {string.Join("; ", faults.Take(MaxReportedFaults))}";
    }

    private async Task ComputeAsync(string id, byte[] manifest, IReadOnlyList<SnapshotFile> files, List<string> faults,
        CancellationToken cancellationToken)
    {
        var (watermark, date) = SnapshotManifest.CutOf(manifest);
        var known = await source.KnownAtAsync(watermark, cancellationToken);
        var day = new SnapshotDay(Without(known, SnapshotManifest.FindingsOf(manifest).First), date,
            SnapshotManifest.ViewsOf(manifest) ?? presets.All);
        foreach (var table in SnapshotTables.All)
        {
            var stored = SnapshotMajors.Files.Where(each => each.Made == table)
                .Join(files, each => each.Name, file => file.Name, ValueTuple.Create).ToList();
            await using var whole = await store.TableAsync(id, files, table, cancellationToken);
            if (whole is null)
                continue;
            // A table that has got more columns since is held against those that it had.
            var had = stored.SelectMany(each => SnapshotManifest.ColumnsOf(manifest, each.Item1.Table)).ToHashSet(StringComparer.Ordinal);
            IReadOnlyList<Column> columns = [.. table.Columns.Where(column => had.Contains(column.Name))];
            var places = columns.Select(column => table.IndexOf(column.Name)).ToArray();
            var rows = whole.Of(columns).Select(row =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                return row;
            });
            foreach (var (of, file) in stored.Where(each => !whole.Files.Any(file => file.Name == each.Item1.Name)))
                if (!await HoldsAsync(id, file, of, columns, rows, date, cancellationToken))
                    faults.Add($"{file.Name} does not hold the cells of {whole.Files[0].Name}");
            var made = table.Rows(day).OfType<object?[]>().Select(row => Array.ConvertAll(places, place => row[place]));
            if (!(DailyFormats.Contains(table) ? DailyFormats.On(rows, date) : rows).SequenceEqual(made, SameCells))
                faults.Add($"{table.Name} does not come out again from the records of {ValueComparers.Instant.Key(watermark)}");
        }
    }

    /// <summary>
    /// Whether a file holds what it has to of these rows: cells are compared, for bytes are whatever a library of their day made of them.
    /// </summary>
    private async Task<bool> HoldsAsync(string id, SnapshotFile file, TableFile of, IReadOnlyList<Column> columns, IEnumerable<object?[]> rows,
        DateOnly day, CancellationToken cancellationToken)
    {
        await using var content = await store.FetchAsync(id, file, cancellationToken);
        IReadOnlyList<Column> own = [.. columns.Where(of.Table.Columns.Contains)];
        var places = own.Select(column => columns.Index().Single(each => each.Item == column).Index).ToArray();
        using var expected = rows.Where(row => of.Has(row, day)).Select(row => Array.ConvertAll(places, place => row[place])).GetEnumerator();
        var isSame = true;
        try
        {
            await StoredTable.ReadAsync(of.Table, own, of.Format, content, row => isSame = isSame && expected.MoveNext()
                && SameCells.Equals(row, expected.Current), cancellationToken);
        }
        catch (InvalidDataException)
        {
            return false;
        }

        return isSame && !expected.MoveNext();
    }

    /// <summary>What the snapshot says that it left out is not in it, whatever has become of it since.</summary>
    private static RegistrySnapshot Without(RegistrySnapshot registry, IReadOnlyList<Quarantined> rows)
    {
        var left = rows.ToLookup(row => row.Type, row => row.Id);
        return rows.Count == 0 ? registry : new RegistrySnapshot(registry.Types, registry.Sets.Select(set => left.Contains(set.Key)
            ? KeyValuePair.Create(set.Key, registry.Types.Find(set.Key)!.EmptySet.With([.. Kept(set.Value, left[set.Key].ToHashSet())]))
            : set), registry.AsOf);

        static IEnumerable<Record> Kept(RecordSet set, HashSet<string> ids) =>
            set.All.Where(record => !ids.Contains(record.Id));
    }

    private async Task CopyAsync(string id, CurrentPointer pointer, IReadOnlyList<SnapshotFile> files, List<string> faults,
        CancellationToken cancellationToken)
    {
        if (!await copies.MakeAsync(id, files, await history.UncopiedAsync(pointer, cancellationToken), cancellationToken))
            faults.Add("not all copies could be made");
    }
}
