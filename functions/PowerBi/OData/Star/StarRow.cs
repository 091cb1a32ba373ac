using FriendCity.Records;

namespace FriendCity.PowerBi.OData.Star;

/// <summary>
/// A row of a table of the star, in the form in which lists are filtered and ordered. It has no versions: a snapshot never changes.
/// </summary>
internal sealed class StarRow : Record
{
    public StarRow(string id, object?[] cells) => (Id, Cells, Version) = (id, cells, 1);

    /// <summary>In the order of the table's columns.</summary>
    public object?[] Cells { get; }
}
