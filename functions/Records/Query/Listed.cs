using FriendCity.Records.Query.Filters;
using FriendCity.Records.Schemas;

namespace FriendCity.Records.Query;

/// <summary>What lists know of a record by name: its declared fields and four values that the registry adds.</summary>
internal static class Listed
{
    public const string Id = "id";
    public const string Version = "version";
    public const string ChangedAt = "changedAt";
    public const string Actor = "actor";

    public static Operand<T>? Find<T>(Shape<T> shape, string? name)
        where T : Record => name switch
        {
            null => null,
            Id => new Operand<T, string?>(Scales.Text, record => record.Id),
            Version => new Operand<T, long?>(Scales.Integer, record => record.Version),
            ChangedAt => new Operand<T, DateTimeOffset?>(Scales.Instant, record => Shown(record.ChangedAt)),
            Actor => new Operand<T, string?>(Scales.Text, record => record.Actor),
            _ => shape.Find(name)?.Operand,
        };

    public static bool IsAdded(string name) => name is Id or Version or ChangedAt or Actor;

    /// <summary>To the millisecond, so that what a list shows can be found again.</summary>
    private static DateTimeOffset Shown(DateTimeOffset instant) => new(instant.Ticks - (instant.Ticks % TimeSpan.TicksPerMillisecond), instant.Offset);
}
