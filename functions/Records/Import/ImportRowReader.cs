using FriendCity.Messages;
using FriendCity.Records.Query;
using FriendCity.Records.Schemas;
using FriendCity.Serialization;
using Newtonsoft.Json.Linq;

namespace FriendCity.Records.Import;

/// <summary>Makes records of what a file says, by the API's own reader: what it does not name stays as it is, what it empties is emptied.</summary>
internal static class ImportRowReader
{
    /// <summary>Written by the registry alone; files that were exported have them, and they change nothing.</summary>
    private static readonly string[] PassedOver = [SystemFields.Id, "attachments", SystemFields.Version, SystemFields.ChangedAt, SystemFields.Actor];

    /// <summary>The id, or null where the row has none.</summary>
    public static string? IdOf(JObject json, ValidationContext validation)
    {
        if (json[SystemFields.Id] is null or { Type: JTokenType.Null })
            return null;
        if (Json.TextOf(json[SystemFields.Id]) is { } id && RecordId.IsValid(id))
            return id;
        validation.Refuse("/id", "bad_id", RecordId.Rule.En, RecordId.Rule.Zh);
        return null;
    }

    /// <summary>A row that names the version it was made of changes no other: somebody's later work would be lost.</summary>
    public static void CheckVersion(JObject json, Record current, ValidationContext validation)
    {
        if (json[SystemFields.Version] is not (null or { Type: JTokenType.Null }) and { } named
            && !(named.Type == JTokenType.Integer && (long)named == current.Version))
            validation.Refuse("/version", "stale_version",
                FormattableString.Invariant($"The record has version {current.Version} by now."),
                FormattableString.Invariant($"该记录的当前版本为 {current.Version}。"));
    }

    /// <param name="current">The live record to change; null for a new one.</param>
    public static Record Read(RecordType type, string id, JObject json, Record? current, ValidationContext validation)
    {
        var fields = current is null ? [] : RecordJson.Fields(type, current);
        foreach (var (name, value) in json)
            if (PassedOver.Contains(name))
                continue;
            else if (value is null or { Type: JTokenType.Null } && type.Members.Any(field => field.Name == name))
                fields.Remove(name);
            else
                fields[name] = value!.DeepClone();
        var record = type.Read(fields, validation);
        record.Id = id;
        return record;
    }
}
