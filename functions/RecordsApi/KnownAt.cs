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

    /// <summary>The instant, or null where none is given.</summary>
    /// <exception cref="ProblemException">It cannot be read.</exception>
    public static DateTimeOffset? Read(HttpRequest request, string name = Name)
    {
        if (Parameters.Text(request, name) is not { } text)
            return null;
        // What lies between two instants that storage can tell apart was known at the one before it.
        return Instants.Parse(text)?.Value ?? throw Parameters.Wrong(
            name, "an instant such as 2024-01-31T08:00:00Z, or with an offset, whose + is written %2B.",
            "应为时刻，例如 2024-01-31T08:00:00Z；带时差时加号写作 %2B。");
    }

    /// <exception cref="ProblemException">The instant is still to come: its answer may yet change.</exception>
    public static void Check(DateTimeOffset? knownAt, RegistrySnapshot registry, string name = Name)
    {
        if (knownAt > registry.AsOf + Margin && ValueComparers.Instant.Key(registry.AsOf) is var now)
            throw Parameters.Wrong(name, $"not later than now, {now}.", $"不得晚于当前时刻 {now}。");
    }
}
