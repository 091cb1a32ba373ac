using FriendCity.Messages;

namespace FriendCity.Records.Schemas;

/// <summary>
/// Checks a whole record against the rest of the registry: its type's rules, that its new dates are plausible, what it refers to, what is
/// alike, and what rests on it.
/// </summary>
internal static class RecordChecks
{
    /// <summary>More records that rest on one than this name nothing new.</summary>
    private const int MaxReferrers = 5;

    /// <param name="current">The live record that <paramref name="record"/> is to replace.</param>
    public static void Check(RecordType type, Record record, RegistrySnapshot registry, ValidationContext validation, Record? current = null)
    {
        CheckDates(type, record, current, validation);
        // References that could be read are looked for even where something else is missing: all faults in one answer.
        foreach (var reference in type.References(record))
            if (registry.Of(reference.Type).Find(reference.Id) is not { Deleted: false })
                validation.Refuse(reference.Pointer, "missing_reference", $"There is no {reference.Type}/{reference.Id}.",
                    $"{reference.Type}/{reference.Id} 不存在。");
        if (!validation.Failed)
            type.Check(record, current, registry, validation);
    }

    /// <summary>A changed record must leave those that rest on it as good as they were: a city's country is also its projects'.</summary>
    public static void CheckReferrers(RecordTypes types, RecordType type, Record next, Record current, RegistrySnapshot registry,
        ValidationContext validation)
    {
        var found = 0;
        var after = With(type, next, current, registry);
        foreach (var (other, record) in ReferrersOf(types, registry, type.Name, next.Id))
        {
            if (Broken(other, record, after, registry) is not { } broken)
                continue;
            // Of several changes that one is to blame without which nothing breaks.
            var changed = type.Changed(next, current).ToList();
            var cause = changed.Count == 1
                ? changed[0] : changed.Find(field => Broken(other, record, With(type, Without(type, next, current, field), current, registry),
                registry) is null);
            var violation = BreaksReferrer(cause is null ? "" : $"/{cause.Name}", other, record, broken);
            validation.Refuse(violation.Pointer, violation.Rule, violation.Message.En, violation.Message.Zh);
            if (++found == MaxReferrers)
                return;
        }
    }

    /// <param name="broken">The rule of the other record that would not hold any more.</param>
    public static Violation BreaksReferrer(string pointer, RecordType other, Record record, Violation broken) => new(pointer, "breaks_referrer", new(
        $"{other.Name}/{record.Id} rests on this: {broken.Message.En}", $"{other.Name}/{record.Id} 以此为依据：{broken.Message.Zh}"));

    /// <summary>A record may keep what it held before there was such a rule: it is an alert, and no reason to refuse another change.</summary>
    private static void CheckDates(RecordType type, Record record, Record? held, ValidationContext validation)
    {
        HashSet<(string, DateOnly)>? known = null;
        foreach (var found in type.Implausible(record))
        {
            known ??= [.. (held is null ? [] : type.Implausible(held)).Select(each => (each.Field, each.Day))];
            if (!known.Contains((found.Field, found.Day)))
                validation.Refuse(found.Pointer, "implausible_date",
                    FormattableString.Invariant(
                        $"{found.Day:yyyy-MM-dd} is not plausible: dates lie from {Days.First:yyyy-MM-dd} to {Days.Last:yyyy-MM-dd}.")
                        + " An open end is null.",
                    FormattableString.Invariant(
                        $"日期 {found.Day:yyyy-MM-dd} 不合理：应在 {Days.First:yyyy-MM-dd} 至 {Days.Last:yyyy-MM-dd} 之间；没有期限请填 null。"));
        }
    }

    /// <summary>The first few live records that refer to this one.</summary>
    public static IReadOnlyList<(string Type, string Id)> Referrers(RecordTypes types, RegistrySnapshot registry, string type, string id,
        int most = 5) =>
        [.. ReferrersOf(types, registry, type, id).Select(each => (each.Type.Name, each.Record.Id)).Take(most)];

    private static IEnumerable<(RecordType Type, Record Record)> ReferrersOf(RecordTypes types, RegistrySnapshot registry, string type, string id) =>
        from other in types.All
        where other.Targets.Contains(type)
        let set = registry.Of(other.Name)
        from index in Enumerable.Range(0, set.Count)
        let record = set[index]
        where !record.Deleted && !(other.Name == type && record.Id == id)
        where other.References(record).Any(reference => reference.Type == type && reference.Id == id)
        select (other, record);

    /// <summary>A rule that the record would break, and does not break now.</summary>
    public static Violation? Broken(RecordType type, Record record, RegistrySnapshot after, RegistrySnapshot before)
    {
        var then = Faults(type, record, after);
        if (then.Count == 0)
            return null;
        var now = Faults(type, record, before);
        return then.FirstOrDefault(fault => !now.Any(other => other.Pointer == fault.Pointer && other.Rule == fault.Rule));
    }

    private static IReadOnlyList<Violation> Faults(RecordType type, Record record, RegistrySnapshot registry)
    {
        var validation = new ValidationContext();
        type.Check(record, record, registry, validation);
        return validation.Violations;
    }

    private static RegistrySnapshot With(RecordType type, Record next, Record current, RegistrySnapshot registry)
    {
        // Above the version that the view holds, so that it is taken in; the store gives it its own.
        next.Version = Math.Max(current.Version, registry.Of(type.Name).Find(next.Id)?.Version ?? 0) + 1;
        return registry.With(new Dictionary<string, List<Record>> { [type.Name] = [next] }, registry.AsOf);
    }

    private static Record Without(RecordType type, Record next, Record current, Field field)
    {
        var columns = type.ToColumns(next);
        if (type.ToColumns(current).TryGetValue(field.Column, out var value))
            columns[field.Column] = value;
        else
            columns.Remove(field.Column);
        var mixed = type.FromColumns(columns);
        mixed.Id = next.Id;
        return mixed;
    }
}
