using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using FriendCity.Snapshots.Contracts;
using FriendCity.Snapshots.Formats;
using FriendCity.Snapshots.Tables;
using FriendCity.Storage.TemporaryFiles;

namespace FriendCity.Snapshots.Publishing;

/// <summary>A file as a manifest names it.</summary>
/// <param name="From">The first day that it may have, where it is not of all days.</param>
internal sealed record SnapshotFile(string Name, string Table, string Format, int Rows, long Bytes, string Sha256, DateOnly? From = null);

/// <summary>A file written here and not yet in storage.</summary>
/// <param name="LeftOut">Rows that lack a required value.</param>
/// <param name="Figures">The rows of the snapshot's own day as they were made, where the table is a daily one.</param>
internal sealed record PendingFile(TableFile Of, Stream Content, int Rows, int LeftOut, IReadOnlyList<object?[]> Figures);

/// <summary>A file stored and checked.</summary>
/// <inheritdoc cref="PendingFile"/>
/// <param name="Figures">How many of its rows are of the snapshot's own day, where the table is a daily one.</param>
internal sealed record StoredFile(TableFile Of, SnapshotFile File, int LeftOut, int Figures);

/// <summary>Writes the files of one snapshot and checks them as storage gives them back.</summary>
/// <param name="day">The snapshot's own.</param>
/// <param name="majors">The contracts it is made under.</param>
internal sealed class SnapshotFiles(SnapshotStore store, string id, DateOnly day, IReadOnlyList<int> majors) : IAsyncDisposable
{
    /// <summary>Files as storage gave them back, of which copies are made later.</summary>
    private readonly ConcurrentDictionary<string, Stream> _readBack = [];

    /// <summary>All of them, table by table.</summary>
    public IReadOnlyList<TableFile> All { get; } = SnapshotMajors.FilesOf(majors);

    public IReadOnlyList<int> Majors => majors;

    /// <summary>Writes a table into all its files, its rows walked once.</summary>
    /// <param name="parts">Rows as <see cref="SnapshotTable.Rows"/> makes them.</param>
    /// <returns>The files, each then the caller's to dispose.</returns>
    /// <exception cref="InvalidDataException">A cell does not fit its column.</exception>
    public async IAsyncEnumerable<PendingFile> WriteTempAsync(SnapshotTable table, IAsyncEnumerable<IEnumerable<object?[]?>> parts,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var spools = new Queue<Stream>();
        try
        {
            var files = All.Where(file => file.Made == table).ToList();
            foreach (var _ in files)
                spools.Enqueue(store.TempFiles.Open());
            var (rows, leftOut, figures) = await WriteAsync(files, parts, spools, cancellationToken);
            foreach (var (i, file) in files.Index())
                yield return new PendingFile(file, spools.Dequeue(), rows[i], leftOut, figures);
        }
        finally
        {
            foreach (var spool in spools)
                await spool.DisposeAsync();
        }
    }

    /// <summary>
    /// Stores a file and reads it back: the bytes are those written, the rows as many, the cells of their columns' types, no key comes
    /// twice, and the day's figures come out again.
    /// </summary>
    /// <exception cref="InvalidDataException">They are not.</exception>
    public async Task<StoredFile> StoreAsync(PendingFile pending, CancellationToken cancellationToken)
    {
        await using var content = pending.Content;
        var of = pending.Of;
        var file = new SnapshotFile(of.Name, of.Table.Name, of.Format.Name, pending.Rows, content.Length, TempFiles.Hash(content),
            of.Format.IsRecent ? SnapshotMajors.RecentFrom(day) : null);
        await store.WriteOnceAsync(SnapshotStore.PathOf(id, file.Name), of.Format.ContentType, content, cancellationToken);
        await CheckAsync(file, of, pending.Figures, cancellationToken);
        return new StoredFile(of, file, pending.LeftOut, pending.Figures.Count);
    }

    /// <summary>A file that was read back and is needed for copies, from its beginning; null when it was not. The caller disposes it.</summary>
    public Stream? Take(string name)
    {
        if (!_readBack.TryRemove(name, out var file))
            return null;
        file.Position = 0;
        return file;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var file in _readBack.Values)
            await file.DisposeAsync();
    }

    /// <summary>The file is what was computed, as storage gives it back.</summary>
    /// <exception cref="InvalidDataException">It is missing, or not what was computed.</exception>
    public Task CheckAsync(string name, string sha256, CancellationToken cancellationToken) =>
        ReadAsync(name, sha256, _ => Task.CompletedTask, cancellationToken);

    private async Task<(int[] Rows, int LeftOut, IReadOnlyList<object?[]> Figures)> WriteAsync(
        List<TableFile> files, IAsyncEnumerable<IEnumerable<object?[]?>> parts, IEnumerable<Stream> spools, CancellationToken cancellationToken)
    {
        var (rows, leftOut, figures, writers) = (new int[files.Count], 0, new List<object?[]>(), new List<TableWriter>());
        try
        {
            foreach (var (file, spool) in files.Zip(spools))
                writers.Add(file.Format.Open(file.Table, id, spool));
            await foreach (var part in parts.WithCancellation(cancellationToken))
                foreach (var row in part)
                {
                    if (row is null)
                    {
                        leftOut++;
                        continue;
                    }

                    for (var i = 0; i < files.Count; i++)
                        if (files[i].Of(row, day) is { } cells)
                        {
                            rows[i]++;
                            writers[i].Add(cells);
                        }

                    if (DailyFormats.Contains(files[0].Made) && DailyFormats.DayOf(row) == day)
                        figures.Add(row);
                }

            foreach (var writer in writers)
                writer.Finish();
            return (rows, leftOut, figures);
        }
        finally
        {
            // A group of rows is large, and not needed while its file travels.
            foreach (var writer in writers)
                writer.Dispose();
        }
    }

    private async Task CheckAsync(SnapshotFile file, TableFile of, IReadOnlyList<object?[]> figures, CancellationToken cancellationToken)
    {
        if (of.Format.Plain == SnapshotFormat.Json)
        {
            await ReadAsync(file.Name, file.Sha256,
                content => StoredTable.CheckAsync(of.Table, of.Format, file.Rows, content, _ => { }, cancellationToken), cancellationToken);
            return;
        }

        var (next, lost) = (0, $"The figures in {file.Name} do not come out again.");
        var spool = store.TempFiles.Open();
        try
        {
            await ReadAsync(file.Name, file.Sha256, content => content.CopyToAsync(spool, cancellationToken), cancellationToken);
            spool.Position = 0;
            await StoredTable.CheckAsync(of.Table, of.Format, file.Rows, spool, row =>
            {
                if (DailyFormats.Contains(of.Made) && DailyFormats.DayOf(row) == day)
                    Require(next < figures.Count && of.Of(figures[next++], day).AsSpan().SequenceEqual(row), lost);
            }, cancellationToken);
            Require(next == figures.Count, lost);
            if (SnapshotCopies.Reads(of) && _readBack.TryAdd(of.Name, spool))
                spool = null;
        }
        finally
        {
            if (spool is not null)
                await spool.DisposeAsync();
        }
    }

    /// <summary>Reads a stored file once, and holds its bytes against their hash on the way.</summary>
    private async Task ReadAsync(string name, string sha256, Func<Stream, Task> see, CancellationToken cancellationToken)
    {
        await using var content = await store.OpenAsync(id, name, null, cancellationToken)
            ?? throw new InvalidDataException($"{name} was written and is not there.");
        using var hash = SHA256.Create();
        await using var hashed = new CryptoStream(content.Content, hash, CryptoStreamMode.Read, leaveOpen: true);
        try
        {
            await see(hashed);
        }
        catch (InvalidDataException)
        {
            // Where the bytes are others than ours, that is what there is to say.
            await EndAsync();
            throw;
        }

        await EndAsync();

        async Task EndAsync()
        {
            await hashed.CopyToAsync(Stream.Null, cancellationToken);
            Require(Convert.ToHexStringLower(hash.Hash!) == sha256, $"{name} is not stored as it was written.");
        }
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
            throw new InvalidDataException(otherwise);
    }
}
