using System.Globalization;
using FriendCity.Records;
using Microsoft.Net.Http.Headers;

namespace FriendCity.Http;

/// <summary>
/// ETags are versions, <c>"7"</c>. If-Match uses the strong comparison of RFC 9110: a weak tag never matches, <c>*</c> matches whatever exists.
/// </summary>
internal sealed class Preconditions
{
    private readonly IList<EntityTagHeaderValue>? _match;
    private readonly IList<EntityTagHeaderValue>? _noneMatch;

    private Preconditions(IList<EntityTagHeaderValue>? match, IList<EntityTagHeaderValue>? noneMatch) => (_match, _noneMatch) = (match, noneMatch);

    public bool HasMatch => _match is not null;

    public static string Tag(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>Null, with a problem, when a header is malformed.</summary>
    public static (Preconditions? Value, Problem? Problem) Of(HttpRequest request)
    {
        IList<EntityTagHeaderValue>? match = null, none = null;
        if (request.Headers.IfMatch.Count > 0 && !EntityTagHeaderValue.TryParseStrictList([.. request.Headers.IfMatch.OfType<string>()], out match))
            return (null, Problems.Parameter("If-Match", "send the record's ETag, such as \"7\".", "请发送记录的 ETag,例如 \"7\"。"));
        if (request.Headers.IfNoneMatch.Count > 0 && !EntityTagHeaderValue.TryParseStrictList([.. request.Headers.IfNoneMatch.OfType<string>()], out none))
            return (null, Problems.Parameter("If-None-Match", "send an ETag, such as \"7\", or *.", "请发送 ETag(例如 \"7\")或 *。"));
        return (new Preconditions(match, none), null);
    }

    public bool Matches(long version) =>
        _match is not null && _match.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || (!tag.IsWeak && tag.Tag == Tag(version)));

    /// <summary>If-None-Match names this version: a reader has it already, a writer wants it not to be there.</summary>
    public bool Excludes(long version) => _noneMatch is not null && _noneMatch.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Tag == Tag(version));

    /// <summary>Why the live record may not be changed under these conditions now; null when it may.</summary>
    public WriteOutcome? Unmet(Record? current) => current switch
    {
        null => new WriteOutcome.Missing(),
        { Deleted: true } => new WriteOutcome.Gone(current),
        _ => UnmetBy(current.Version),
    };

    /// <summary>The same for that version of a record, deleted or not.</summary>
    public WriteOutcome? UnmetBy(long version)
    {
        if (!Excludes(version) && !HasMatch)
            return new WriteOutcome.Unconditional(version);
        return !Excludes(version) && Matches(version) ? null : new WriteOutcome.Stale(version);
    }
}
