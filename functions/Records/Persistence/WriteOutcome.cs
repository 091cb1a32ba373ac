using FriendCity.Messages;
using FriendCity.Records.Schemas;

namespace FriendCity.Records.Persistence;

/// <summary>
/// What became of a write. <see cref="Stored"/> changed storage, <see cref="Unknown"/> may have; all others left it as it was.
/// </summary>
internal abstract record WriteOutcome
{
    private WriteOutcome() { }

    internal sealed record Stored(Record Record) : WriteOutcome
    {
        public bool Created => Record.Version == 1;

        /// <summary>An earlier try of the same write stored it.</summary>
        public bool IsEarlier { get; init; }
    }

    /// <summary>The record already says just this: no new version.</summary>
    internal sealed record Unchanged(Record Record) : WriteOutcome;

    internal sealed record Missing : WriteOutcome;

    internal sealed record Gone(Record Record) : WriteOutcome;

    /// <summary>The caller named another version than the current one.</summary>
    /// <param name="WantedNone">The caller wanted no record of that id to exist.</param>
    internal sealed record Stale(long? Current, bool WantedNone = false) : WriteOutcome;

    /// <summary>The record exists and the caller named no version of it.</summary>
    internal sealed record Unconditional(long Current) : WriteOutcome;

    /// <summary>A record of that id exists where a new one was to be made.</summary>
    internal sealed record Exists(Record Record) : WriteOutcome;

    internal sealed record Refused(IReadOnlyList<Violation> Violations) : WriteOutcome;

    /// <summary>Other live records are alike.</summary>
    internal sealed record Duplicated(IReadOnlyList<Duplicate> Duplicates) : WriteOutcome;

    /// <summary>Live records still refer to the one to delete.</summary>
    internal sealed record Referenced(IReadOnlyList<(string Type, string Id)> By) : WriteOutcome;

    /// <summary>What is stored of the record cannot be read.</summary>
    internal sealed record Unreadable(string Type, string Id) : WriteOutcome;

    /// <summary>Storage did not say whether the write took effect.</summary>
    internal sealed record Unknown(string OperationId) : WriteOutcome;
}

/// <summary>What to do with the current record: store a next version, or nothing and why.</summary>
internal abstract record WritePlan
{
    private WritePlan() { }

    internal sealed record Store(Record Next) : WritePlan
    {
        /// <summary>The record's files from now on; null to keep those it has.</summary>
        public IReadOnlyList<Attachment>? Attachments { get; init; }
    }

    internal sealed record Nothing(WriteOutcome Outcome) : WritePlan;
}

/// <summary>One try of a write.</summary>
/// <param name="OperationId">The same for all tries, and stored with what they write; null for a write that is tried once.</param>
/// <param name="IsAgain">There were others, and one of them may have taken effect.</param>
internal sealed record WriteTry(string Actor, string? OperationId, bool IsAgain = false);
