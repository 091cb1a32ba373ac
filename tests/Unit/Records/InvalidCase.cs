namespace FriendCity.Tests.Unit.Records;

/// <summary>What a test takes away from the barrier, to see that its absence is noticed.</summary>
public enum InvalidCase
{
    None,

    /// <summary>A read answers from the last view instead of waiting for a poll.</summary>
    NoBarrier,

    /// <summary>A commit whose answer was late or lost is not entered again.</summary>
    NoSecondPointer,

    /// <summary>Polls forget entries that are older than the window, however long ago the last poll was.</summary>
    AgeCut,
}
