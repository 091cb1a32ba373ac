using FriendCity.Records;
using FriendCity.Snapshots.Contracts;

namespace FriendCity.Snapshots;

/// <summary>Ids of snapshots sort by day, then by when they were made; they are also the names of folders, hence lower case.</summary>
internal static class SnapshotId
{
    public static string New(DateOnly day, DateTimeOffset now) => $"{Cells.Format(day)}-{Ulid.New(now).ToLowerInvariant()}";
}
