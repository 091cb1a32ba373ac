using FriendCity.Snapshots.Contracts;
using FriendCity.Snapshots.Formats.Parquet;

namespace FriendCity.Snapshots.Formats;

/// <summary>A table of a snapshot as it was made, brought here in whichever contract's Parquet files it stands.</summary>
/// <param name="Files">By their names: the table whole, or its parts, whose rows are the same ones in the same order.</param>
internal sealed record TableRows(SnapshotTable Table, IReadOnlyList<(string Name, Stream Content)> Files) : IAsyncDisposable
{
    /// <summary>
    /// The rows as they are asked for. What is in memory is a row group's part of these columns; the files are walked at the same time.
    /// </summary>
    /// <param name="columns">Some of the table's; of a table in parts either without the other parts' columns, or with the key.</param>
    /// <exception cref="InvalidDataException">A file is no such table, or parts are of different rows.</exception>
    public IEnumerable<object?[]> Of(IReadOnlyList<Column> columns)
    {
        var rows = ParquetRows.Of(columns, Files[0].Content);
        foreach (var (part, content) in SnapshotMajors.PartsOf(Table).Zip(Files.Select(file => file.Content)).Skip(1))
        {
            var more = columns.Where(column => part.Columns.Contains(column) && !Table.Key.Contains(column.Name)).ToList();
            if (more.Count > 0)
                rows = Joined(rows, columns, ParquetRows.Of([.. more, .. Table.Key.Select(name => part.Columns[part.IndexOf(name)])], content), more);
        }

        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, content) in Files)
            await content.DisposeAsync();
    }

    private IEnumerable<object?[]> Joined(IEnumerable<object?[]> rows, IReadOnlyList<Column> columns, IEnumerable<object?[]> part, List<Column> more)
    {
        int[] places = [.. more.Select(Place), .. Table.Key.Select(name => Place(Table.Columns[Table.IndexOf(name)]))];
        using var others = part.GetEnumerator();
        foreach (var row in rows)
        {
            if (!others.MoveNext())
                throw Different();
            for (var i = 0; i < places.Length; i++)
                if (i < more.Count)
                    row[places[i]] = others.Current[i];
                else if (!Equals(row[places[i]], others.Current[i]))
                    throw Different();
            yield return row;
        }

        if (others.MoveNext())
            throw Different();

        int Place(Column column) => columns.Index().Single(each => each.Item == column).Index;
    }

    private InvalidDataException Different() => new($"The files of {Table.Name} are not of the same rows.");
}
