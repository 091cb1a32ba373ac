using System.Collections.ObjectModel;
using FriendCity.Messages;

namespace FriendCity.Http.Errors;

/// <summary>Why a request is refused: an RFC 9457 problem with a stable code. Codes and titles are listed in <see cref="Problems"/>.</summary>
internal sealed record Problem(ProblemCode Code, Text? Detail = null, IReadOnlyList<Violation>? Errors = null)
{
    /// <summary>Where a syntax fault stands in the body; both count from 1.</summary>
    public (int Line, int Column)? At { get; init; }

    /// <summary>Seconds after which the same request may succeed.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>What would be taken instead, as the headers that say so (Accept-Patch, Accept-Encoding); for a 415.</summary>
    public IReadOnlyDictionary<string, string> Instead { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>How one may say who one is, each in the form of WWW-Authenticate; for a 401.</summary>
    public IReadOnlyList<string> Challenges { get; init; } = [];

    public IResult ToResult() => new ProblemResult(this);
}

/// <param name="Status">HTTP status.</param>
/// <param name="Name">The stable code on the wire.</param>
internal sealed record ProblemCode(int Status, string Name, Text Title);
