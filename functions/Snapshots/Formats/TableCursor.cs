using FriendCity.Snapshots.Contracts;
using FriendCity.Snapshots.Formats.Parquet;

namespace FriendCity.Snapshots.Formats;

/// <summary>
/// Goes forward through the rows of a table, in whichever contract's Parquet files it stands: whole, or in parts whose rows are the same ones in
/// the same order. Cells are read when they are asked for, so a part of which nothing is asked is not looked at.
/// </summary>
internal sealed class TableCursor : IDisposable
{
    private readonly SnapshotTable _table;
    private readonly List<(ParquetCursor Rows, int[] Key)> _files = [];

    /// <summary>Of each column of the table the file that it stands in, and its place there.</summary>
    private readonly (int File, int Place)[] _places;

    /// <param name="files">The table's, or those of its parts; none for a table that has no rows. They stay open.</param>
    /// <exception cref="InvalidDataException">A file is no such table.</exception>
    public TableCursor(SnapshotTable table, IReadOnlyList<Stream> files)
    {
        (_table, _places) = (table, new (int, int)[table.Columns.Count]);
        IReadOnlyList<SnapshotTable> parts = files.Count > 1 ? SnapshotMajors.PartsOf(table) : [table];
        try
        {
            foreach (var (part, file) in parts.Zip(files))
                _files.Add((ParquetCursor.Open(part.Columns, file), [.. table.Key.Select(part.IndexOf)]));
        }
        catch
        {
            Dispose();
            throw;
        }

        // What several have is the first's.
        foreach (var (part, file) in parts.Select((part, file) => (part, file)).Reverse())
            foreach (var (place, column) in part.Columns.Index())
                _places[table.IndexOf(column.Name)] = (file, place);
    }

    /// <summary>Of all rows.</summary>
    public long Count => _files is [var first, ..] ? first.Rows.Count : 0;

    /// <summary>The present row, from 0.</summary>
    public long Row { get; private set; }

    /// <summary>The present row's cell of a column of the table.</summary>
    /// <exception cref="InvalidDataException">A file is damaged, or parts are of different rows.</exception>
    public object? this[int column]
    {
        get
        {
            var (file, place) = _places[column];
            if (file > 0 && !IsSame(_files[file]))
                throw new InvalidDataException($"The files of {_table.Name} are not of the same rows.");
            return _files[file].Rows[place];
        }
    }

    /// <param name="row">Not before the present one.</param>
    /// <returns>False behind the last row.</returns>
    public bool MoveTo(long row)
    {
        if (row >= Count)
            return false;
        foreach (var (rows, _) in _files)
            rows.MoveTo(row);
        Row = row;
        return true;
    }

    public void Dispose()
    {
        foreach (var (rows, _) in _files)
            rows.Dispose();
    }

    private bool IsSame((ParquetCursor Rows, int[] Key) part)
    {
        if (part.Rows.Count != Count)
            return false;
        for (var i = 0; i < part.Key.Length; i++)
            if (!Equals(part.Rows[part.Key[i]], _files[0].Rows[_files[0].Key[i]]))
                return false;
        return true;
    }
}
