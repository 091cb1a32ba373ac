using System.Text.Json;
using FriendCity.Records.Schemas;

namespace FriendCity.Records.Query;

/// <summary><c>$select</c>: which members of a record are shown, in the order of its definition; the id always is.</summary>
internal sealed class ListSelection<T>
    where T : Record
{
    private readonly Field<T>[] _fields;
    private readonly HashSet<string> _added = [];

    public ListSelection(Schema<T> schema, string? text)
    {
        Whole = text is null;
        var names = new HashSet<string>();
        foreach (var (name, at) in text is null ? [] : QueryNames.Split("$select", text))
        {
            if (SystemFields.IsAdded(name))
                _added.Add(name);
            else if (schema.Find(name) is null)
                throw QueryNames.Unknown("$select", at, name);
            names.Add(name);
        }

        _fields = [.. schema.Fields.Where(field => Whole || names.Contains(field.Name))];
    }

    public bool Whole { get; }

    public IReadOnlyList<Field> Fields => _fields;

    public bool Shows(string added) => Whole || added == SystemFields.Id || _added.Contains(added);

    public void Write(Utf8JsonWriter writer, T record)
    {
        foreach (var field in _fields)
            field.Write(writer, record);
    }
}
