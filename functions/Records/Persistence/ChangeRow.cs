using FriendCity.Storage.Tables;

namespace FriendCity.Records.Persistence;

/// <summary>A record and the version that a write makes, or made, of it.</summary>
internal readonly record struct ChangeEntry(string Type, string Id, long Version);

/// <summary>A row of the change feed as one instance knows it.</summary>
/// <param name="isReload">A hand changed tables, which no entry tells of: every instance reads all records anew.</param>
internal sealed class ChangeRow(string partition, string key, bool isReload, IReadOnlyList<ChangeEntry> targets)
{
    public string Partition => partition;

    public string Key => key;

    public bool IsReload => isReload;

    public IReadOnlyList<ChangeEntry> Targets => targets;

    /// <summary>The replica holds every version it names, or a later one, and so will each later view.</summary>
    public bool Settled
    {
        get;
        set
        {
            field = value;
            // Nobody asks for them any more.
            Carried = null;
        }
    }

    /// <summary>What it carries, once it was read: an entry never changes, and its write may take several polls to land.</summary>
    public (string OperationId, List<TableRow> Rows)? Carried { get; set; }
}
