using System.Text.Json;
using FriendCity.Messages;
using FriendCity.Records.Query;
using FriendCity.Records.Query.Filters;
using FriendCity.Serialization;
using Newtonsoft.Json.Linq;

namespace FriendCity.Records.Schemas;

/// <summary>A record on the wire: its id, its fields, then what the registry adds (attachments, version, changedAt, actor).</summary>
internal static class RecordJson
{
    /// <summary>Written by the registry alone; a body may repeat them, unchanged, so that what was read can be sent back.</summary>
    private static readonly string[] Added = ["id", "attachments", "version", "changedAt", "actor", "deleted", "operationId"];

    public static void Write(Utf8JsonWriter writer, RecordType type, Record record)
    {
        writer.WriteStartObject();
        WriteMembers(writer, type, record);
        writer.WriteEndObject();
    }

    public static void WriteVersion(Utf8JsonWriter writer, RecordType type, Record record)
    {
        writer.WriteStartObject();
        WriteMembers(writer, type, record);
        writer.WriteBoolean("deleted", record.Deleted);
        writer.WriteString("operationId", record.OperationId);
        writer.WriteEndObject();
    }

    /// <summary>The fields of a body, without what the registry adds; a changed addition is refused.</summary>
    public static JObject Fields(JObject body, RecordType type, string id, Record? current, ValidationContext validation)
    {
        var added = Added.Where(body.ContainsKey).ToList();
        if (added.Count == 0)
            return body;
        var fields = new JObject(body);
        var known = current is null ? [] : (JObject)Json.Parse(Json.Text(writer => WriteVersion(writer, type, current)));
        known["id"] = id;
        foreach (var name in added)
            if (fields.TryGetValue(name, out var sent) && fields.Remove(name) && !JToken.DeepEquals(sent, known[name]))
                validation.Refuse($"/{name}", "read_only", $"'{name}' is written by the registry and cannot be set.", $"“{name}”由系统写入，不能设置。");
        return fields;
    }

    /// <summary>The fields of a stored record as JSON, for a merge patch.</summary>
    public static JObject Fields(RecordType type, Record record) => (JObject)Json.Parse(Json.Text(writer =>
    {
        writer.WriteStartObject();
        type.WriteFields(writer, record);
        writer.WriteEndObject();
    }));

    private static void WriteMembers(Utf8JsonWriter writer, RecordType type, Record record)
    {
        writer.WriteString("id", record.Id);
        type.WriteFields(writer, record);
        writer.WritePropertyName("attachments");
        Attachment.Write(writer, record.Attachments);
        writer.WriteNumber("version", record.Version);
        ValueComparers.Write(writer, SystemFields.ChangedAt, record.ChangedAt);
        writer.WriteString("actor", record.Actor);
    }
}
