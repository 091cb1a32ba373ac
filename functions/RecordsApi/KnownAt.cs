using FriendCity.Http;
using FriendCity.Http.Errors;
using FriendCity.Records;
using FriendCity.Records.Query;
using FriendCity.Records.Query.Filters;

namespace FriendCity.RecordsApi;

/// <summary>The parameter <c>knownAt</c>: an answer as the registry would have given it at that instant.</summary>
internal static class KnownAt
{
    public const string Name = "knownAt";

    /// <summary>Storage tells its time in whole seconds: a caller's honest "now" may lie a little ahead of it.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);

    /// <summary>The instant, null where none is given; a problem when it cannot be read.</summary>
    public static Problem? Read(HttpRequest request, string name, out DateTimeOffset? knownAt)
    {
        knownAt = null;
        if (Parameters.Text(request, name) is not { } text)
            return null;
        // What lies between two instants that storage can tell apart was known at the one before it.
        knownAt = Instants.Parse(text)?.Value;
        return knownAt is not null ? null : Problems.Parameter(
            name, "an instant such as 2024-01-31T08:00:00Z, or with an offset, whose + is written %2B.",
            "应为时刻,例如 2024-01-31T08:00:00Z;带时差时加号写作 %2B。");
    }

    /// <summary>A problem when the instant is still to come: its answer may yet change.</summary>
    public static Problem? Check(DateTimeOffset? knownAt, RegistrySnapshot registry, string name)
    {
        if (!(knownAt > registry.AsOf + Margin))
            return null;
        var now = ValueComparers.Instant.Key(registry.AsOf);
        return Problems.Parameter(name, $"not later than now, {now}.", $"不得晚于当前时刻 {now}。");
    }
}
