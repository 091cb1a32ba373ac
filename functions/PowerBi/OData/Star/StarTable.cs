using FriendCity.Snapshots.Formats;
using FriendCity.Snapshots.Tables;

namespace FriendCity.PowerBi.OData.Star;

/// <summary>A table of a snapshot, as files that were brought here: whoever asks reads them at a place of his own, and no row is held.</summary>
internal sealed class StarTable
{
    private readonly TableRows _files;
    private readonly Lazy<long> _newest;

    /// <exception cref="InvalidDataException">A file is no such table.</exception>
    public StarTable(TableRows files)
    {
        (_files, _newest) = (files, new(FirstOfNewestDay));
        using var cursor = files.Open();
        Count = cursor.Count;
    }

    public long Count { get; }

    /// <summary>The first row of the newest day of a daily table, whose days are in their order.</summary>
    public long Newest => _newest.Value;

    /// <summary>The caller disposes it.</summary>
    public TableCursor Open() => _files.Open();

    public ValueTask DeleteAsync() => _files.DisposeAsync();

    private long FirstOfNewestDay()
    {
        var (column, first, newest) = (_files.Table.IndexOf(DailyFormats.Day), 0L, DateOnly.MinValue);
        using var cursor = Open();
        for (var row = 0L; cursor.MoveTo(row); row++)
            if ((DateOnly)cursor[column]! is var day && day > newest)
                (first, newest) = (row, day);
        return first;
    }
}
