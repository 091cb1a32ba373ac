using FriendCity.Records.Persistence;
using FriendCity.Records.Schemas;

namespace FriendCity.Records;

/// <summary>
/// What every record has. A record is filled while it is read and never changed after it has been handed on:
/// the setters are for <see cref="Field{T}"/> and <see cref="RecordRows"/> only.
/// </summary>
public abstract class Record : Evidence
{
    public virtual string Id { get; internal set; } = "";

    /// <summary>1 for the first version; the ETag partners see is this number in quotes.</summary>
    public long Version { get; internal set; }

    public bool Deleted { get; internal set; }

    /// <summary>Who wrote this version: a client's name.</summary>
    public string Actor { get; internal set; } = "";

    /// <summary>When this version was written, in storage time.</summary>
    public DateTimeOffset ChangedAt { get; internal set; }

    /// <summary>The write that made this version; tells our own lost answer from another's write.</summary>
    public string OperationId { get; internal set; } = "";

    /// <summary>The record's files; kept from version to version by the store.</summary>
    public IReadOnlyList<Attachment> Attachments { get; internal set; } = [];
}

/// <summary>What every record and every nested entry says about where it comes from.</summary>
public abstract class Evidence
{
    /// <summary>Which set of evidence the row belongs to (<see cref="Provenance.Scenarios"/>).</summary>
    public string Scenario { get; internal set; } = Provenance.Office;

    /// <summary>Where the row comes from (<see cref="Provenance.Sources"/>).</summary>
    public string Source { get; internal set; } = Provenance.OfficeSource;

    /// <summary>The page, paragraph or document behind <see cref="Source"/>.</summary>
    public string? SourceRef { get; internal set; }
}

/// <summary>An entry of a list inside a record, such as one stage of a relationship.</summary>
public abstract class Entry : Evidence
{
    /// <summary>How exactly the entry's date is known: day, month or year.</summary>
    public string? DatePrecision { get; internal set; }
}
