using System.Buffers;
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
    private const int Piece = 64 * 1024;

    /// <summary>So much may come and go before it is collected.</summary>
    private const long MostLitter = 32 << 20;

    private long _tidy = GC.GetTotalMemory(forceFullCollection: false);

    /// <summary>
    /// Writes a table in every form, its rows walked once, and reads every file back: the bytes are those computed, the lines as many as
    /// the rows, and the day's figures come out again.
    /// </summary>
    /// <param name="parts">Rows as <see cref="SnapshotTable.Rows"/> makes them.</param>
    /// <exception cref="InvalidDataException">They are not.</exception>
    public async Task<TableCount> WriteAsync(SnapshotTable table, IAsyncEnumerable<IEnumerable<object?[]?>> parts, CancellationToken cancellation)
    {
        var spools = SnapshotFormat.All.Select(_ => Spool.Open()).ToList();
        var writers = SnapshotFormat.All.Zip(spools, (format, spool) => format.Open(table, id, spool)).ToList();
        try
        {
            var (rows, leftOut, figures) = (0, 0, new List<object?[]>());
            await foreach (var part in parts.WithCancellation(cancellation))
                foreach (var row in part)
                {
                    Tidy();
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
            {
                writer.Finish();
                // A group of rows is large, and not needed while its file travels.
                writer.Dispose();
            }

            writers.Clear();
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
            foreach (var writer in writers)
                writer.Dispose();
            foreach (var spool in spools)
                await spool.DisposeAsync();
        }
    }

    /// <summary>The file is what was computed, as storage gives it back.</summary>
    /// <exception cref="InvalidDataException">It is missing, or not what was computed.</exception>
    public async Task CheckAsync(string name, string sha256, CancellationToken cancellation) => Demand(await ReadAsync(name, _ => { }, cancellation) == sha256, $"{name} is not stored as it was written.");

    private async Task CheckAsync(SnapshotFile file, SnapshotTable table, List<object?[]> figures, CancellationToken cancellation)
    {
        if (file.Format == SnapshotFormat.Csv.Name && Daily.Contains(table))
        {
            await using var spool = Spool.Open();
            Demand(await ReadAsync(file.Name, spool.Write, cancellation) == file.Sha256, $"{file.Name} is not stored as it was written.");
            var (lines, next) = (0, 0);
            foreach (var row in CsvTable.Rows(table, spool))
            {
                lines++;
                if (Daily.DayOf(row) == day)
                    Demand(next < figures.Count && figures[next++].AsSpan().SequenceEqual(row), $"The figures in {file.Name} do not come out again.");
            }

            Demand(next == figures.Count, $"The figures in {file.Name} do not come out again.");
            Demand(lines == file.Rows, $"{file.Name} has {lines} lines for {file.Rows} rows.");
            return;
        }

        var count = new CsvLines();
        Demand(await ReadAsync(file.Name, file.Format == SnapshotFormat.Csv.Name ? count.Add : _ => { }, cancellation) == file.Sha256, $"{file.Name} is not stored as it was written.");
        if (file.Format == SnapshotFormat.Csv.Name)
            Demand(count.Lines - 1 == file.Rows, $"{file.Name} has {count.Lines - 1} lines for {file.Rows} rows.");
    }

    /// <summary>Reads a stored file piece by piece, and answers its hash.</summary>
    private async Task<string> ReadAsync(string name, ReadOnlySpanAction<byte> see, CancellationToken cancellation)
    {
        await using var content = await store.OpenAsync(id, name, null, cancellation) ?? throw new InvalidDataException($"{name} was written and is not there.");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(Piece);
        for (int read; (read = await content.Content.ReadAsync(buffer, cancellation)) > 0;)
        {
            hash.AppendData(buffer, 0, read);
            see(buffer.AsSpan(0, read));
        }

        ArrayPool<byte>.Shared.Return(buffer);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>
    /// Figures of many records leave behind lists of megabytes, which the collector lets pile up to a multiple of the registry before it
    /// looks at them: a program that is paid by its memory does not wait for that.
    /// </summary>
    private void Tidy()
    {
        if (GC.GetTotalMemory(forceFullCollection: false) - Volatile.Read(ref _tidy) < MostLitter)
            return;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: false);
        Volatile.Write(ref _tidy, GC.GetTotalMemory(forceFullCollection: false));
    }

    private static void Demand(bool holds, string otherwise)
    {
        if (!holds)
            throw new InvalidDataException(otherwise);
    }

    private delegate void ReadOnlySpanAction<T>(ReadOnlySpan<T> piece);
}
