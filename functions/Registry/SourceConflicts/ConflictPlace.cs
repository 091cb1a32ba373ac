using FriendCity.Records;
using FriendCity.Serialization;
using Newtonsoft.Json.Linq;

namespace FriendCity.Registry;

/// <summary>Where a record holds what its sources disagree about.</summary>
internal static class ConflictPlace
{
    /// <param name="field">A field, or a field of a nested list as <c>list.field</c>; null means the record as a whole.</param>
    /// <param name="entryId">The entry of the nested list, where its entries have ids.</param>
    public static bool Exists(RecordType type, Record record, string? field, string? entryId)
    {
        if (field is null)
            return entryId is null;

        var json = (JObject)Json.Parse(Json.Text(writer =>
        {
            writer.WriteStartObject();
            type.WriteFields(writer, record);
            writer.WriteEndObject();
        }));
        return field.Split('.') switch
        {
            [var name] => entryId is null && json.ContainsKey(name),
            [var list, var name] => json[list] is JArray entries && entries.OfType<JObject>()
                .Any(entry => (entryId is null || (string?)entry["id"] == entryId) && entry.ContainsKey(name)),
            _ => false,
        };
    }
}
