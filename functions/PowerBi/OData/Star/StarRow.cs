using FriendCity.Records;
using FriendCity.Snapshots.Formats;

namespace FriendCity.PowerBi.OData.Star;

/// <summary>
/// A row of a table of the star, in the form in which lists are filtered and ordered: the one at which a cursor stands, whichever that is, or one
/// that was kept. It has no versions: a snapshot never changes.
/// </summary>
internal sealed class StarRow : Record
{
    private readonly StarSet _set;
    private readonly TableCursor? _cursor;
    private readonly object?[] _kept = [];
    private readonly long _place;

    public StarRow(StarSet set, TableCursor cursor) => (_set, _cursor) = (set, cursor);

    private StarRow(StarSet set, object?[] kept, long place) => (_set, _kept, _place) = (set, kept, place);

    /// <summary>In the table, from 0.</summary>
    public long Place => _cursor?.Row ?? _place;

    public override string Id => StarKey.Join(_set.KeyColumns.Select(column => this[column]));

    /// <summary>The cell of a column of the table.</summary>
    public object? this[int column] => _cursor is null ? _kept[column] : _cursor[column];

    /// <summary>The row of now, for later: of other columns than these nothing is known then.</summary>
    public StarRow Keep(IEnumerable<int> columns)
    {
        var cells = new object?[_set.Table.Columns.Count];
        foreach (var column in columns)
            cells[column] = this[column];
        return new(_set, cells, Place);
    }
}
