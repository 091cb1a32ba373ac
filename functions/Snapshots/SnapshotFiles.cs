using System.Security.Cryptography;

namespace FriendCity.Snapshots;

/// <summary>A table as a snapshot holds it: how many rows, and how many lack a required value and are left out.</summary>
internal sealed record TableCount(SnapshotTable Table, int Rows, int LeftOut, IReadOnlyList<SnapshotFile> Files)
{
    /// <summary>Figures of the snapshot's own day; 0 for a table that has none.</summary>
    public int Figures { get; init; }
}

/// <summary>Writes the files of one snapshot and checks them as storage gives them back.</summary>
/// <param name="day">The snapshot's own.</param>
internal sealed class SnapshotFiles(SnapshotStore store, string id, DateOnly day)
{
    /// <summary>
    /// Writes a table in every form, its rows walked once, and reads every file back: the bytes are those computed, the rows as many,
    /// the cells of their columns' types, no key comes twice, and the day's figures come out again.
    /// </summary>
    /// <param name="parts">Rows as <see cref="SnapshotTable.Rows"/> makes them.</param>
    /// <exception cref="InvalidDataException">They are not.</exception>
    public async Task<TableCount> WriteAsync(SnapshotTable table, IAsyncEnumerable<IEnumerable<object?[]?>> parts, CancellationToken cancellation)
    {
        var (spools, writers) = (new List<FileStream>(), new List<TableWriter>());
        try
        {
            foreach (var format in SnapshotFormat.All)
            {
                spools.Add(Spool.Open());
                writers.Add(format.Open(table, id, spools[^1]));
            }

            var (rows, leftOut, figures) = await SpoolAsync(table, parts, writers, cancellation);
            // A group of rows is large, and not needed while its file travels.
            Dispose(writers);
            var files = new List<SnapshotFile>();
            foreach (var (format, spool) in SnapshotFormat.All.Zip(spools))
            {
                var file = new SnapshotFile(format.FileOf(table), table.Name, format.Name, rows, spool.Length, Spool.Hash(spool));
                await store.WriteOnceAsync(SnapshotStore.PathOf(id, file.Name), format.ContentType, spool, cancellation);
                await CheckAsync(file, table, figures, cancellation);
                files.Add(file);
            }

            return new TableCount(table, rows, leftOut, files) { Figures = figures.Count };
        }
        finally
        {
            try
            {
                Dispose(writers);
            }
            finally
            {
                foreach (var spool in spools)
                    await spool.DisposeAsync();
            }
        }
    }

    /// <summary>The file is what was computed, as storage gives it back.</summary>
    /// <exception cref="InvalidDataException">It is missing, or not what was computed.</exception>
    public Task CheckAsync(string name, string sha256, CancellationToken cancellation) => ReadAsync(name, sha256, _ => Task.CompletedTask, cancellation);

    private async Task<(int Rows, int LeftOut, IReadOnlyList<object?[]> Figures)> SpoolAsync(
        SnapshotTable table, IAsyncEnumerable<IEnumerable<object?[]?>> parts, IReadOnlyList<TableWriter> writers, CancellationToken cancellation)
    {
        var (rows, leftOut, figures) = (0, 0, new List<object?[]>());
        await foreach (var part in parts.WithCancellation(cancellation))
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
                if (Daily.Contains(table) && Daily.DayOf(row) == day)
                    figures.Add(row);
            }

        foreach (var writer in writers)
            writer.Finish();
        return (rows, leftOut, figures);
    }

    private async Task CheckAsync(SnapshotFile file, SnapshotTable table, IReadOnlyList<object?[]> figures, CancellationToken cancellation)
    {
        if (file.Format == SnapshotFormat.Json.Name)
        {
            await ReadAsync(file.Name, file.Sha256, content => StoredTable.CheckJsonAsync(table, file.Rows, content, cancellation), cancellation);
            return;
        }

        await using var spool = Spool.Open();
        await ReadAsync(file.Name, file.Sha256, content => content.CopyToAsync(spool, cancellation), cancellation);
        if (file.Format == SnapshotFormat.Parquet.Name)
        {
            StoredTable.CheckParquet(table, file.Rows, spool);
            return;
        }

        var next = 0;
        StoredTable.CheckCsv(table, file.Rows, spool, row =>
        {
            if (Daily.Contains(table) && Daily.DayOf(row) == day)
                Demand(next < figures.Count && figures[next++].AsSpan().SequenceEqual(row), $"The figures in {file.Name} do not come out again.");
        });
        Demand(next == figures.Count, $"The figures in {file.Name} do not come out again.");
    }

    /// <summary>Reads a stored file once, and holds its bytes against their hash on the way.</summary>
    private async Task ReadAsync(string name, string sha256, Func<Stream, Task> see, CancellationToken cancellation)
    {
        await using var content = await store.OpenAsync(id, name, null, cancellation) ?? throw new InvalidDataException($"{name} was written and is not there.");
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
            await hashed.CopyToAsync(Stream.Null, cancellation);
            Demand(Convert.ToHexStringLower(hash.Hash!) == sha256, $"{name} is not stored as it was written.");
        }
    }

    private static void Dispose(List<TableWriter> writers)
    {
        var open = writers.ToList();
        writers.Clear();
        foreach (var writer in open)
            writer.Dispose();
    }

    private static void Demand(bool holds, string otherwise)
    {
        if (!holds)
            throw new InvalidDataException(otherwise);
    }
}
