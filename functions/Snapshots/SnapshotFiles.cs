namespace FriendCity.Snapshots;

/// <summary>Writes the files of one snapshot and checks them as storage gives them back.</summary>
internal sealed class SnapshotFiles(SnapshotStore store, string id)
{
    public async Task<IReadOnlyList<SnapshotFile>> WriteAsync(IReadOnlyList<TableData> tables, CancellationToken cancellation)
    {
        var files = new List<SnapshotFile>();
        foreach (var data in tables)
            foreach (var format in SnapshotFormat.All)
            {
                var bytes = Bytes(data, format, id);
                var name = format.FileOf(data.Table);
                await store.WriteOnceAsync(id, name, format.ContentType, bytes, cancellation);
                files.Add(new SnapshotFile(name, data.Table.Name, format.Name, data.Rows.Count, bytes.Length, SnapshotStore.Hash(bytes)));
            }

        return files;
    }

    /// <summary>Reads every file back: the bytes are those computed, the lines as many as the rows, and the day's figures come out again.</summary>
    /// <exception cref="InvalidDataException">They are not.</exception>
    public async Task<IReadOnlyList<SnapshotCheck>> CheckAsync(IReadOnlyList<SnapshotFile> files, DateOnly day, IReadOnlyList<TableData> figures, CancellationToken cancellation)
    {
        var lines = 0;
        foreach (var file in files)
        {
            var bytes = await CheckAsync(file.Name, file.Sha256, cancellation);
            if (file.Format != SnapshotFormat.Csv.Name)
                continue;

            var data = CsvTable.Read(SnapshotTables.Find(file.Table)!, bytes);
            lines += data.Rows.Count;
            Demand(data.Rows.Count == file.Rows, $"{file.Name} has {data.Rows.Count} lines for {file.Rows} rows.");
            if (figures.FirstOrDefault(each => each.Table == data.Table) is { } expected)
                Demand(Same(Daily.On(data, day), expected), $"The figures in {file.Name} do not come out again.");
        }

        return [new("stored_bytes", files.Count), new("csv_lines", lines), new("kpi_values", figures.Sum(each => each.Rows.Count))];
    }

    /// <summary>The file as storage gives it back.</summary>
    /// <exception cref="InvalidDataException">It is missing, or not what was computed.</exception>
    public async Task<byte[]> CheckAsync(string name, string sha256, CancellationToken cancellation)
    {
        var bytes = await store.BytesAsync(id, name, cancellation) ?? throw new InvalidDataException($"{name} was written and is not there.");
        Demand(SnapshotStore.Hash(bytes) == sha256, $"{name} is not stored as it was written.");
        return bytes;
    }

    public static byte[] Bytes(TableData data, SnapshotFormat format, string snapshot)
    {
        using var stream = new MemoryStream();
        format.Write(data, snapshot, stream);
        return stream.ToArray();
    }

    public static bool Same(TableData left, TableData right) =>
        left.Rows.Count == right.Rows.Count && left.Rows.Zip(right.Rows).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second));

    private static void Demand(bool holds, string otherwise)
    {
        if (!holds)
            throw new InvalidDataException(otherwise);
    }
}
