using System.Text.Json;
using FriendCity.Http;
using FriendCity.Records;
using FriendCity.Records.Query;
using FriendCity.Records.Query.Filters;
using FriendCity.Records.Schemas;
using FriendCity.Serialization;

namespace FriendCity.RecordsApi.Lists;

/// <summary>A page as <c>{"count":…,"value":[…],"nextLink":…}</c>, straight from the records; count only when asked for.</summary>
internal static class ListJson
{
    public static JsonResult Answer(RecordType type, ListQuery query, ListPage page, string? nextLink) => new(writer =>
    {
        WriteHead(writer, type, query, page);
        writer.WriteString("nextLink", nextLink);
        writer.WriteEndObject();
    });

    /// <summary>All but the next page's address and the end.</summary>
    public static void WriteHead(Utf8JsonWriter writer, RecordType type, ListQuery query, ListPage page)
    {
        writer.WriteStartObject();
        if (page.Count is { } count)
            writer.WriteNumber("count", count);
        writer.WriteStartArray("value");
        foreach (var record in page.Records)
        {
            Write(writer, type, query, record);
            Json.Flush(writer);
        }

        writer.WriteEndArray();
    }

    public static void Write(Utf8JsonWriter writer, RecordType type, ListQuery query, Record record)
    {
        if (query.Whole)
            RecordJson.Write(writer, type, record);
        else
            WriteSelected(writer, query, record);
    }

    private static void WriteSelected(Utf8JsonWriter writer, ListQuery query, Record record)
    {
        writer.WriteStartObject();
        writer.WriteString(SystemFields.Id, record.Id);
        query.WriteFields(writer, record);
        if (query.Shows(SystemFields.Version))
            writer.WriteNumber(SystemFields.Version, record.Version);
        if (query.Shows(SystemFields.ChangedAt))
            ValueComparers.Write(writer, SystemFields.ChangedAt, record.ChangedAt);
        if (query.Shows(SystemFields.Actor))
            writer.WriteString(SystemFields.Actor, record.Actor);
        writer.WriteEndObject();
    }
}
