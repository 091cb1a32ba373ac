using FriendCity.Records;
using FriendCity.Snapshots;
using FriendCity.Snapshots.Contracts;

namespace FriendCity.Tests.Support;

internal static class SnapshotRows
{
    /// <summary>A table's rows of a day under the sample's views, held in memory.</summary>
    public static TableData Read(this SnapshotTable table, RegistrySnapshot registry, DateOnly day)
    {
        var rows = table.Rows(new SnapshotDay(registry, day, Sample.Views.All)).ToList();
        return new TableData(table, [.. rows.OfType<object?[]>()], rows.Count(row => row is null));
    }
}
