using FriendCity.PowerBi.OData.Star;
using FriendCity.Records;
using FriendCity.Records.Query.Filters;
using FriendCity.Records.Schemas;

namespace FriendCity.PowerBi.OData.Model;

/// <summary>An entity set: rows that are all of one type. Where they come from is told by <see cref="LiveSet"/> and <see cref="StarSet"/>.</summary>
/// <param name="name">PascalCase, ASCII.</param>
/// <param name="properties">In the order of the metadata.</param>
/// <param name="key">The properties that together name a row; never null.</param>
internal abstract class FeedSet(string name, RecordType type, IReadOnlyList<FeedProperty> properties, IReadOnlyList<string> key)
{
    protected const string Id = "Id";

    public string Name => name;

    public RecordType Type => type;

    public IReadOnlyList<FeedProperty> Properties => properties;

    public IReadOnlyList<string> Key => key;

    /// <summary>Whether rows can be ordered by a property: lists and long text are no order.</summary>
    public bool Sorts(FeedProperty property)
    {
        try
        {
            Type.Query(new(Name, null, FeedProperty.Member(property.Name), null, null));
            return true;
        }
        catch (QueryException)
        {
            return false;
        }
    }

    /// <summary>The id of the row that a key in an address names.</summary>
    public abstract string IdOf(IReadOnlyDictionary<string, object> key);

    protected static FeedProperty Property(Field field) =>
        new(field.Column, field.KindName, field.Required, field.Label, field.Codes, field.WriteValue);
}
