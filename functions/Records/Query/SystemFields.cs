using FriendCity.Records.Query.Filters;
using FriendCity.Records.Schemas;

namespace FriendCity.Records.Query;

/// <summary>What lists know of a record by name: its declared fields and four values that the registry adds.</summary>
internal static class SystemFields
{
    public const string Id = "id";
    public const string Version = "version";
    public const string ChangedAt = "changedAt";
    public const string Actor = "actor";

    public static FieldAccessor<T>? Find<T>(Schema<T> schema, string? name)
        where T : Record => name switch
        {
            null => null,
            Id => new FieldAccessor<T, string?>(ValueComparers.Text, record => record.Id),
            Version => new FieldAccessor<T, long?>(ValueComparers.Integer, record => record.Version),
            ChangedAt => new FieldAccessor<T, DateTimeOffset?>(ValueComparers.Instant, record => Shown(record.ChangedAt)),
            Actor => new FieldAccessor<T, string?>(ValueComparers.Text, record => record.Actor),
            _ => schema.Find(name)?.FieldAccessor,
        };

    public static bool IsAdded(string name) => name is Id or Version or ChangedAt or Actor;

    /// <summary>To the millisecond, so that what a list shows can be found again.</summary>
    private static DateTimeOffset Shown(DateTimeOffset instant) =>
        new(instant.Ticks - (instant.Ticks % TimeSpan.TicksPerMillisecond), instant.Offset);
}
