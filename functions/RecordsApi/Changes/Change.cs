using System.Text.Json;
using FriendCity.Records;
using FriendCity.Records.Query;
using FriendCity.Records.Query.Filters;
using FriendCity.Records.Schemas;

namespace FriendCity.RecordsApi.Changes;

/// <summary>A version of a record and what it made different.</summary>
/// <param name="Before">The version before; null for the first, and when it cannot be read.</param>
internal sealed record Change(RecordType Type, Record After, Record? Before)
{
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("type", Type.Name);
        writer.WriteString(SystemFields.Id, After.Id);
        writer.WriteNumber(SystemFields.Version, After.Version);
        writer.WriteBoolean("deleted", After.Deleted);
        ValueComparers.Write(writer, SystemFields.ChangedAt, After.ChangedAt);
        writer.WriteString(SystemFields.Actor, After.Actor);
        writer.WriteString("operationId", After.OperationId);
        writer.WritePropertyName("fields");
        if (After.Version > 1 && Before is null)
            writer.WriteNullValue();
        else
            WriteFields(writer);
        writer.WritePropertyName("record");
        if (After.Deleted)
            writer.WriteNullValue();
        else
            RecordJson.Write(writer, Type, After);
        writer.WriteEndObject();
    }

    private void WriteFields(Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        foreach (var field in Before is null ? Type.Members.Where(field => field.Cell(After) is not null) : Type.Changed(Before, After))
            Write(writer, field.Name, Before is null ? null : () => field.WriteValue(writer, Before), () => field.WriteValue(writer, After));
        IReadOnlyList<Attachment> files = Before?.Attachments ?? [];
        if (!files.SequenceEqual(After.Attachments))
            Write(writer, "attachments", () => Attachment.Write(writer, files), () => Attachment.Write(writer, After.Attachments));
        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, string name, Action? before, Action after)
    {
        writer.WriteStartObject();
        writer.WriteString("name", name);
        writer.WritePropertyName("before");
        if (before is null)
            writer.WriteNullValue();
        else
            before();
        writer.WritePropertyName("after");
        after();
        writer.WriteEndObject();
    }
}
