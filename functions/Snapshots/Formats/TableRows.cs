using FriendCity.Snapshots.Contracts;
using FriendCity.Storage.TemporaryFiles;

namespace FriendCity.Snapshots.Formats;

/// <summary>A table of a snapshot as it was made, brought here in whichever contract's Parquet files it stands.</summary>
/// <param name="Files">By their names: the table whole, or its parts, whose rows are the same ones in the same order.</param>
internal sealed record TableRows(SnapshotTable Table, IReadOnlyList<(string Name, Stream Content)> Files) : IAsyncDisposable
{
    private readonly Lock _gate = new();

    /// <summary>
    /// The rows as they are asked for, for one reader. What is in memory is a row group's part of these columns; the files are walked at the same
    /// time.
    /// </summary>
    /// <param name="columns">Some of the table's.</param>
    /// <exception cref="InvalidDataException">A file is no such table, or parts are of different rows.</exception>
    public IEnumerable<object?[]> Of(IReadOnlyList<Column> columns)
    {
        using var cursor = new TableCursor(Table, [.. Files.Select(file => file.Content)]);
        int[] places = [.. columns.Select(column => Table.IndexOf(column.Name))];
        for (var at = 0L; cursor.MoveTo(at); at++)
        {
            var row = new object?[places.Length];
            for (var i = 0; i < row.Length; i++)
                row[i] = cursor[places[i]];
            yield return row;
        }
    }

    /// <summary>A reader of its own, while there may be others. The caller disposes it.</summary>
    /// <exception cref="InvalidDataException">A file is no such table.</exception>
    public TableCursor Open() => new(Table, [.. Files.Select(file => new FileView(file.Content, _gate))]);

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, content) in Files)
            await content.DisposeAsync();
    }
}
