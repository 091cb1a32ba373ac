namespace FriendCity.Records;

/// <summary>Checks a whole record against the rest of the registry: its type's rules, that its new dates are plausible and that what it refers to is there.</summary>
internal static class RecordChecks
{
    /// <param name="view">The registry as it will be.</param>
    /// <param name="before">The registry as it is, when <paramref name="view"/> holds the record already: what stood there before may stay.</param>
    public static void Check(RecordType type, Record record, View view, Reading reading, View? before = null)
    {
        CheckDates(type, record, (before ?? view).Of(type.Name).Find(record.Id), reading);
        foreach (var reference in type.References(record))
            if (view.Of(reference.Type).Find(reference.Id) is not { Deleted: false })
                reading.Refuse(reference.Pointer, "missing_reference", $"There is no {reference.Type}/{reference.Id}.", $"{reference.Type}/{reference.Id} 不存在。");
        if (!reading.Failed)
            type.Check(record, view, reading);
    }

    /// <summary>A record may keep what it held before there was such a rule: it is an alert, and no reason to refuse another change.</summary>
    private static void CheckDates(RecordType type, Record record, Record? held, Reading reading)
    {
        HashSet<(string, DateOnly)>? known = null;
        foreach (var found in type.Implausible(record))
        {
            known ??= [.. (held is null ? [] : type.Implausible(held)).Select(each => (each.Field, each.Day))];
            if (!known.Contains((found.Field, found.Day)))
                reading.Refuse(found.Pointer, "implausible_date",
                    FormattableString.Invariant($"{found.Day:yyyy-MM-dd} is not plausible: dates lie from {Days.First:yyyy-MM-dd} to {Days.Last:yyyy-MM-dd}. An open end is null."),
                    FormattableString.Invariant($"日期 {found.Day:yyyy-MM-dd} 不合理：应在 {Days.First:yyyy-MM-dd} 至 {Days.Last:yyyy-MM-dd} 之间；没有期限请填 null。"));
        }
    }

    /// <summary>The first few live records that refer to this one.</summary>
    public static IReadOnlyList<(string Type, string Id)> Referrers(RecordTypes types, View view, string type, string id, int most = 5)
    {
        var referrers =
            from other in types.All
            let set = view.Of(other.Name)
            from index in Enumerable.Range(0, set.Count)
            let record = set[index]
            where !record.Deleted && !(other.Name == type && record.Id == id)
            where other.References(record).Any(reference => reference.Type == type && reference.Id == id)
            select (other.Name, record.Id);
        return [.. referrers.Take(most)];
    }
}
