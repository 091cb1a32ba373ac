using FriendCity.Messages;
using FriendCity.Records;
using FriendCity.Records.Schemas;

namespace FriendCity.Registry;

/// <summary>Sources that disagree about one field of one record: every version is kept, one is used.</summary>
public sealed class SourceConflict : Record
{
    public const string Open = "open";

    private static readonly Fields<SourceConflict> F = new();

    private static readonly CodeList States = new((Open, "Open", "待处理"), ("settled", "Settled", "已处理"));

    internal static readonly RecordType<SourceConflict> Type = new("source-conflicts", new("Source conflicts", "来源冲突"), () => new SourceConflict(),
    [
        F.Text("recordType", "Record type", "记录类型", s => s.RecordType, (s, v) => s.RecordType = v!, required: true, max: 64),
        F.Text("recordId", "Record", "记录", s => s.RecordId, (s, v) => s.RecordId = v!, required: true, max: 64),
        F.Text("entryId", "Entry", "条目", s => s.EntryId, (s, v) => s.EntryId = v),
        F.Text("field", "Field (none: the record as a whole)", "字段（空：整条记录）", s => s.Field, (s, v) => s.Field = v),
        F.Code("state", "State", "处理状态", States, s => s.State, (s, v) => s.State = v!, required: true),
        F.Date("settledOn", "Settled on", "处理日期", s => s.SettledOn, (s, v) => s.SettledOn = v),
        F.Entries("versions", "Versions", "各方说法", ConflictVersion.Schema, s => s.Versions, (s, v) => s.Versions = v),
        F.Note(s => s.Note, (s, v) => s.Note = v),
    ],
    OneVersionIsUsed, NamesAField, IsSettledOnADay);

    public string RecordType { get; private set; } = "";

    public string RecordId { get; private set; } = "";

    public string? EntryId { get; private set; }

    public string? Field { get; private set; }

    public string State { get; private set; } = "";

    public DateOnly? SettledOn { get; private set; }

    public IReadOnlyList<ConflictVersion> Versions { get; private set; } = [];

    public string? Note { get; private set; }

    private static void OneVersionIsUsed(SourceConflict conflict, RegistrySnapshot registry, ValidationContext validation)
    {
        if (conflict.Versions.Count < 2)
            validation.Refuse("/versions", "versions_required", "A conflict needs at least two versions.", "冲突至少需要两种说法。");
        if (conflict.Versions.Count(version => version.Used == true) != 1)
            validation.Refuse("/versions", "used_once", "Exactly one version is marked as used.", "须且只能采用一种说法。");
        for (var i = 0; i < conflict.Versions.Count; i++)
            if (conflict.Versions.Take(i).Any(other => other.Value == conflict.Versions[i].Value))
                validation.Refuse($"/versions/{i}/value", "duplicate", "Another version says the same.", "已有相同的说法。");
    }

    private static void NamesAField(SourceConflict conflict, RegistrySnapshot registry, ValidationContext validation)
    {
        if (registry.Types.Find(conflict.RecordType) is not { } type)
            validation.Refuse("/recordType", "unknown_type", $"There is no record type '{conflict.RecordType}'.", $"没有“{conflict.RecordType}”这种记录。");
        else if (registry.Of(type.Name).Find(conflict.RecordId) is not { Deleted: false } record)
            validation.Refuse("/recordId", "missing_reference", $"There is no {type.Name}/{conflict.RecordId}.",
                $"{type.Name}/{conflict.RecordId} 不存在。");
        else if (!ConflictPlace.Exists(type, record, conflict.Field, conflict.EntryId))
            validation.Refuse("/field", "unknown_field", "The record has no such field or entry.", "该记录没有此字段或条目。");
    }

    private static void IsSettledOnADay(SourceConflict conflict, RegistrySnapshot registry, ValidationContext validation)
    {
        if (conflict.State == "settled" && conflict.SettledOn is null)
            validation.Refuse("/settledOn", "date_required", "A settled conflict needs the day.", "已处理的冲突必须注明日期。");
    }
}
