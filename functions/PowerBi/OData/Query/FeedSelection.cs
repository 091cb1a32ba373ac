using System.Text.Json;
using FriendCity.PowerBi.OData.Model;
using FriendCity.Records;

namespace FriendCity.PowerBi.OData.Query;

/// <summary>What is written of a row: properties, in the order of the metadata, and the rows it leads to, one step far.</summary>
/// <param name="Context">What follows the set's name in the context, in brackets; empty when all of a row is shown.</param>
internal sealed record FeedSelection(IReadOnlyList<FeedProperty> Properties, IReadOnlyList<FeedExpansion> Expansions, string Context)
{
    public void Write(Utf8JsonWriter writer, Record row, RegistrySnapshot? registry)
    {
        foreach (var property in Properties)
        {
            writer.WritePropertyName(property.Encoded);
            property.Write(writer, row);
        }

        foreach (var expansion in Expansions)
            expansion.Write(writer, row, registry!);
    }
}

/// <summary>The rows that a row leads to, written with it.</summary>
internal sealed record FeedExpansion(FeedNavigation Navigation, FeedSelection Selection)
{
    public void Write(Utf8JsonWriter writer, Record row, RegistrySnapshot registry)
    {
        writer.WritePropertyName(Navigation.Name);
        if (Navigation.Many)
        {
            writer.WriteStartArray();
            foreach (var each in Navigation.All(row, registry))
                Write(writer, each);
            writer.WriteEndArray();
        }
        else if (Navigation.One(row, registry) is { } one)
        {
            Write(writer, one);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    private void Write(Utf8JsonWriter writer, Record row)
    {
        writer.WriteStartObject();
        Selection.Write(writer, row, null);
        writer.WriteEndObject();
    }
}
