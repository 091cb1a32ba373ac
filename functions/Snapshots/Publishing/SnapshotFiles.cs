using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using FriendCity.Snapshots.Contracts;
using FriendCity.Snapshots.Formats;
using FriendCity.Snapshots.Tables;
using FriendCity.Storage.TemporaryFiles;

namespace FriendCity.Snapshots.Publishing;

/// <summary>A table in one form, written here and not yet in storage.</summary>
/// <param name="LeftOut">Rows that lack a required value.</param>
/// <param name="Figures">The rows of the snapshot's own day, where the table is a daily one.</param>
internal sealed record PendingFile(SnapshotTable Table, SnapshotFormat Format, Stream Content, int Rows, int LeftOut,
    IReadOnlyList<object?[]> Figures);

/// <summary>A table in one form, stored and checked.</summary>
/// <inheritdoc cref="PendingFile"/>
/// <param name="Figures">How many of its rows are of the snapshot's own day, where the table is a daily one.</param>
internal sealed record StoredFile(SnapshotTable Table, SnapshotFile File, int LeftOut, int Figures);

/// <summary>Writes the files of one snapshot and checks them as storage gives them back.</summary>
/// <param name="day">The snapshot's own.</param>
internal sealed class SnapshotFiles(SnapshotStore store, string id, DateOnly day) : IAsyncDisposable
{
    /// <summary>Files as storage gave them back, of which copies are made later.</summary>
    private readonly ConcurrentDictionary<(SnapshotTable, SnapshotFormat), Stream> _readBack = [];

    /// <summary>Writes a table in every form, its rows walked once.</summary>
    /// <param name="parts">Rows as <see cref="SnapshotTable.Rows"/> makes them.</param>
    /// <returns>A file of each form, which is then the caller's to dispose.</returns>
    /// <exception cref="InvalidDataException">A cell does not fit its column.</exception>
    public async IAsyncEnumerable<PendingFile> WriteTempAsync(SnapshotTable table, IAsyncEnumerable<IEnumerable<object?[]?>> parts,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var spools = new Queue<Stream>();
        try
        {
            foreach (var _ in SnapshotFormat.All)
                spools.Enqueue(store.TempFiles.Open());
            var (rows, leftOut, figures) = await WriteAsync(table, parts, spools, cancellationToken);
            foreach (var format in SnapshotFormat.All)
                yield return new PendingFile(table, format, spools.Dequeue(), rows, leftOut, figures);
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
        var (table, format) = (pending.Table, pending.Format);
        var file = new SnapshotFile(format.FileOf(table), table.Name, format.Name, pending.Rows, content.Length, TempFiles.Hash(content));
        await store.WriteOnceAsync(SnapshotStore.PathOf(id, file.Name), format.ContentType, content, cancellationToken);
        await CheckAsync(file, table, format, pending.Figures, cancellationToken);
        return new StoredFile(table, file, pending.LeftOut, pending.Figures.Count);
    }

    /// <summary>A file that was read back and is needed for copies, from its beginning; null when it was not. The caller disposes it.</summary>
    public Stream? Take(SnapshotTable table, SnapshotFormat format)
    {
        if (!_readBack.TryRemove((table, format), out var file))
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

    private async Task<(int Rows, int LeftOut, IReadOnlyList<object?[]> Figures)> WriteAsync(
        SnapshotTable table, IAsyncEnumerable<IEnumerable<object?[]?>> parts, IEnumerable<Stream> spools, CancellationToken cancellationToken)
    {
        var (rows, leftOut, figures, writers) = (0, 0, new List<object?[]>(), new List<TableWriter>());
        try
        {
            foreach (var (format, spool) in SnapshotFormat.All.Zip(spools))
                writers.Add(format.Open(table, id, spool));
            await foreach (var part in parts.WithCancellation(cancellationToken))
                foreach (var row in part)
                {
                    if (row is null)
                    {
                        leftOut++;
                        continue;
                    }

                    rows++;
                    foreach (var writer in writers)
                        writer.Add(row);
                    if (DailyFormats.Contains(table) && DailyFormats.DayOf(row) == day)
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

    private async Task CheckAsync(SnapshotFile file, SnapshotTable table, SnapshotFormat format, IReadOnlyList<object?[]> figures,
        CancellationToken cancellationToken)
    {
        if (format == SnapshotFormat.Json)
        {
            await ReadAsync(file.Name, file.Sha256, content => StoredTable.CheckAsync(table, format, file.Rows, content, _ => { }, cancellationToken),
                cancellationToken);
            return;
        }

        var (next, lost) = (0, $"The figures in {file.Name} do not come out again.");
        var spool = store.TempFiles.Open();
        try
        {
            await ReadAsync(file.Name, file.Sha256, content => content.CopyToAsync(spool, cancellationToken), cancellationToken);
            spool.Position = 0;
            await StoredTable.CheckAsync(table, format, file.Rows, spool, row =>
            {
                if (DailyFormats.Contains(table) && DailyFormats.DayOf(row) == day)
                    Require(next < figures.Count && figures[next++].AsSpan().SequenceEqual(row), lost);
            }, cancellationToken);
            Require(next == figures.Count, lost);
            if (SnapshotCopies.Reads(table, format) && _readBack.TryAdd((table, format), spool))
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
