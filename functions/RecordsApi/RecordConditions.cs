using FriendCity.Http;
using FriendCity.Records;
using FriendCity.Records.Persistence;

namespace FriendCity.RecordsApi;

/// <summary>Preconditions of a write, asked of the record it is for.</summary>
internal static class RecordConditions
{
    /// <summary>Why the live record may not be changed under these conditions now; null when it may.</summary>
    public static WriteOutcome? Unmet(this Preconditions conditions, Record? current) => current switch
    {
        null => new WriteOutcome.Missing(),
        { Deleted: true } => new WriteOutcome.Gone(current),
        _ => conditions.UnmetBy(current.Version),
    };

    /// <summary>The same for that version of a record, deleted or not.</summary>
    public static WriteOutcome? UnmetBy(this Preconditions conditions, long version)
    {
        if (!conditions.Excludes(version) && !conditions.HasMatch)
            return new WriteOutcome.Unconditional(version);
        return !conditions.Excludes(version) && conditions.Matches(version)
            ? null : new WriteOutcome.Stale(version, WantedNone: conditions.WantsNothing);
    }
}
