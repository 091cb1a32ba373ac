namespace FriendCity.Records.Import;

/// <summary>What an import may do to the registry. Deleted records stay deleted in all modes.</summary>
internal enum ImportMode
{
    /// <summary>Adds records that are not there; what is there stays as it is.</summary>
    Insert,

    /// <summary>Adds those, and changes those that are there.</summary>
    Upsert,

    /// <summary>Changes records that are there; others are refused.</summary>
    Update,
}

/// <summary>What became, or would become, of the rows of an import.</summary>
/// <param name="SkippedDiffers">Records that are there and say something else, in a mode that leaves them, or that others changed meanwhile.</param>
internal sealed record ImportCounts(int Inserted, int Updated, int Unchanged, int SkippedDiffers, int SkippedDeleted, int Refused)
{
    public int Affected => Inserted + Updated;
}

/// <summary>A row to be written.</summary>
/// <param name="Row">Where it stands in the file.</param>
/// <param name="Current">The live record that it replaces; null for a new one.</param>
/// <param name="Entries">Where entries of its lists stand, if elsewhere.</param>
internal sealed record ImportItem(int Row, Record Next, Record? Current, IReadOnlyDictionary<string, int[]>? Entries)
{
    public string Id => Next.Id;

    /// <summary>The version that it replaces; 0 for none.</summary>
    public long Base => Current?.Version ?? 0;
}
