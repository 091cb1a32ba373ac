using FriendCity.Records;

namespace FriendCity.Snapshots;

/// <summary>
/// Verifies a published snapshot: every file has the bytes the manifest names, the three formats hold the same cells, and the tables come
/// out again from the records as they were known at the snapshot's instant. On the way missed copies are made.
/// </summary>
/// <param name="knownAt">The records as the registry knew them at an instant.</param>
internal sealed class SnapshotVerify(SnapshotStore store, SnapshotHistory history, SnapshotCopies copies, Func<DateTimeOffset, CancellationToken, Task<View>> knownAt)
{
    private const int FaultsTold = 10;

    /// <summary>What is wrong, in words; null when all is well.</summary>
    /// <exception cref="InvalidDataException">The snapshot is not published, or its manifest is damaged.</exception>
    public async Task<string?> RunAsync(string id, Func<int, int, CancellationToken, Task> progress, CancellationToken cancellation)
    {
        var (pointer, _) = await store.CurrentAsync(cancellation) ?? throw new InvalidDataException("There is no current.json.");
        if (!pointer.Names(id) || await store.BytesAsync(id, SnapshotManifest.FileName, cancellation) is not { } manifest)
            throw new InvalidDataException($"Snapshot {id} is not published, or has lost its manifest.");

        var isCurrent = pointer.Published[0].Id == id;
        var faults = new List<string>();
        if (isCurrent && SnapshotStore.Hash(manifest) != pointer.Sha256)
            faults.Add("manifest.json is not the one that current.json names");
        var files = SnapshotManifest.FilesOf(manifest);
        for (var i = 0; i < files.Count; i++)
        {
            await progress(i, files.Count, cancellation);
            if (await store.BytesAsync(id, files[i].Name, cancellation) is not { } bytes || SnapshotStore.Hash(bytes) != files[i].Sha256)
                faults.Add($"{files[i].Name} is missing or damaged");
        }

        if (faults.Count == 0)
            await ComputeAsync(id, manifest, files, faults, cancellation);
        if (isCurrent && faults.Count == 0)
            await CopyAsync(id, pointer, faults, cancellation);
        await progress(files.Count, files.Count, cancellation);
        return faults.Count == 0 ? null : $"{faults.Count} faults: {string.Join("; ", faults.Take(FaultsTold))}";
    }

    private async Task ComputeAsync(string id, byte[] manifest, IReadOnlyList<SnapshotFile> files, List<string> faults, CancellationToken cancellation)
    {
        var (watermark, day) = SnapshotManifest.CutOf(manifest);
        var view = await knownAt(watermark, cancellation);
        foreach (var table in SnapshotTables.All.Where(table => files.Any(file => file.Table == table.Name)))
        {
            var data = await store.TableAsync(id, table, cancellation);
            // A table that has got more columns since cannot give the old bytes.
            if (SnapshotManifest.ColumnsOf(manifest, table.Name).SequenceEqual(table.Columns.Select(column => column.Name)))
                foreach (var format in SnapshotFormat.All)
                    if (SnapshotStore.Hash(format.Bytes(table, data.Rows, id)) != files.Single(file => file.Name == format.FileOf(table)).Sha256)
                        faults.Add($"{format.FileOf(table)} does not hold the cells of {SnapshotFormat.Csv.FileOf(table)}");
            if (!Same(Daily.Contains(table) ? Daily.On(data, day) : data, table.Read(view, day)))
                faults.Add($"{table.Name} does not come out again from the records of {CurrentPointer.Instant(watermark)}");
        }
    }

    private async Task CopyAsync(string id, CurrentPointer pointer, List<string> faults, CancellationToken cancellation)
    {
        if (!await copies.MakeAsync(id, await history.UncopiedAsync(pointer, cancellation), cancellation))
            faults.Add("not all copies could be made");
    }

    private static bool Same(TableData left, TableData right) =>
        left.Rows.Count == right.Rows.Count && left.Rows.Zip(right.Rows).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second));
}
