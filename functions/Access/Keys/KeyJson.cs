using System.Text.Json;
using FriendCity.Records.Query.Filters;

namespace FriendCity.Access.Keys;

/// <summary>A key as JSON.</summary>
internal static class KeyJson
{
    public static readonly string[] States = [.. Enum.GetValues<KeyState>().Select(Name)];

    /// <param name="key">Only where it was just made.</param>
    public static void Write(Utf8JsonWriter writer, KeyRecord record, DateTimeOffset now, AccessKey? key = null)
    {
        writer.WriteStartObject();
        writer.WriteString("id", record.Id);
        writer.WriteString("prefix", AccessKey.Shown(record.Id));
        if (key is not null)
            writer.WriteString("key", key.Text);
        writer.WriteString("owner", record.Owner);
        writer.WriteString("contact", record.Contact);
        writer.WriteStartArray("scopes");
        foreach (var scope in ScopeNames.Of(record.Scopes))
            writer.WriteStringValue(scope);
        writer.WriteEndArray();
        writer.WriteString("state", Name(record.StateAt(now)));
        writer.WriteString("createdAt", Instant(record.CreatedAt));
        writer.WriteString("createdBy", record.CreatedBy);
        writer.WriteString("lastUsedAt", Instant(record.LastUsedAt));
        writer.WriteString("expires", Instant(record.Expires));
        writer.WriteString("replacedBy", record.ReplacedBy);
        writer.WriteString("revokedAt", Instant(record.RevokedAt));
        writer.WriteString("revokedBy", record.RevokedBy);
        writer.WriteEndObject();
    }

    public static string Name(KeyState state) => state.ToString().ToLowerInvariant();

    public static string? Instant(DateTimeOffset? instant) => instant is { } value ? ValueComparers.Instant.Key(value) : null;
}
