using FriendCity.Kpis.Model;
using FriendCity.Messages;
using FriendCity.Records;

namespace FriendCity.Kpis.Alerts;

/// <summary>Records that a write would refuse now: stored before the rule was made, or by two writers at once.</summary>
internal static class RecordAlerts
{
    public static readonly AlertRule Duplicate = new("duplicate_record", null, new("Records that are alike", "重复记录"), context =>
        from type in context.Registry.Types.All
        from alike in type.Alike(context.Of(type))
        let ids = string.Join(", ", alike.Records.Select(record => record.Id))
        select new Alert(Severity.Warning, null,
            new($"These {type.Name} have the same {alike.What.En}: {ids}. Two of them may have been written at the same time.",
                $"以下{type.Label.Zh}的{alike.What.Zh}相同：{ids}。可能是同时写入所致。"),
            [.. alike.Records.Select(record => new FigureRow(type.Name, record, record.Source, [alike.Field]))]));

    public static readonly AlertRule Code = new("code_form", null, new("Code of the wrong form", "代码格式有误"), context =>
        from type in context.Registry.Types.All
        from record in context.Of(type)
        from fault in Faults(type, record, context.Registry)
        select new Alert(Severity.Warning, null, new($"{type.Name}/{record.Id}: {fault.Message.En}", $"{type.Name}/{record.Id}：{fault.Message.Zh}"),
            [new FigureRow(type.Name, record, record.Source, [fault.Pointer.TrimStart('/')])]));

    private static IReadOnlyList<Violation> Faults(RecordType type, Record record, RegistrySnapshot registry)
    {
        var validation = new ValidationContext();
        type.CheckForm(record, registry, validation);
        return validation.Violations;
    }
}
