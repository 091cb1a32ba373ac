using FriendCity.Messages;

namespace FriendCity.Records.Schemas;

/// <summary>
/// Checks a whole record against the rest of the registry: its type's rules, that its new dates are plausible, what it refers to, what is
/// alike, and what rests on it.
/// </summary>
internal static class RecordChecks
{
    /// <summary>More records that rest on one than this name nothing new.</summary>
    private const int MostReferrers = 5;

    /// <param name="current">The live record that <paramref name="record"/> is to replace.</param>
    public static void Check(RecordType type, Record record, View view, Reading reading, Record? current = null)
    {
        CheckDates(type, record, current, reading);
        // References that could be read are looked for even where something else is missing: all faults in one answer.
        foreach (var reference in type.References(record))
            if (view.Of(reference.Type).Find(reference.Id) is not { Deleted: false })
                reading.Refuse(reference.Pointer, "missing_reference", $"There is no {reference.Type}/{reference.Id}.",
                    $"{reference.Type}/{reference.Id} 不存在。");
        if (!reading.Failed)
            type.Check(record, current, view, reading);
    }

    /// <summary>A changed record must leave those that rest on it as good as they were: a city's country is also its projects'.</summary>
    public static void CheckReferrers(RecordTypes types, RecordType type, Record next, Record current, View view, Reading reading)
    {
        var found = 0;
        var after = With(type, next, current, view);
        foreach (var (other, record) in ReferrersOf(types, view, type.Name, next.Id))
        {
            if (Broken(other, record, after, view) is not { } broken)
                continue;
            // Of several changes that one is to blame without which nothing breaks.
            var changed = type.Changed(next, current).ToList();
            var cause = changed.Count == 1
                ? changed[0] : changed.Find(field => Broken(other, record, With(type, Without(type, next, current, field), current, view),
                view) is null);
            reading.Refuse(cause is null ? "" : $"/{cause.Name}", "breaks_referrer",
                $"{other.Name}/{record.Id} rests on this: {broken.Message.En}", $"{other.Name}/{record.Id} 以此为依据：{broken.Message.Zh}");
            if (++found == MostReferrers)
                return;
        }
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
                    FormattableString.Invariant(
                        $"{found.Day:yyyy-MM-dd} is not plausible: dates lie from {Days.First:yyyy-MM-dd} to {Days.Last:yyyy-MM-dd}. An open end is null."),
                    FormattableString.Invariant(
                        $"日期 {found.Day:yyyy-MM-dd} 不合理：应在 {Days.First:yyyy-MM-dd} 至 {Days.Last:yyyy-MM-dd} 之间；没有期限请填 null。"));
        }
    }

    /// <summary>The first few live records that refer to this one.</summary>
    public static IReadOnlyList<(string Type, string Id)> Referrers(RecordTypes types, View view, string type, string id, int most = 5) =>
        [.. ReferrersOf(types, view, type, id).Select(each => (each.Type.Name, each.Record.Id)).Take(most)];

    private static IEnumerable<(RecordType Type, Record Record)> ReferrersOf(RecordTypes types, View view, string type, string id) =>
        from other in types.All
        where other.Targets.Contains(type)
        let set = view.Of(other.Name)
        from index in Enumerable.Range(0, set.Count)
        let record = set[index]
        where !record.Deleted && !(other.Name == type && record.Id == id)
        where other.References(record).Any(reference => reference.Type == type && reference.Id == id)
        select (other, record);

    /// <summary>A rule that the record would break, and does not break now.</summary>
    private static Violation? Broken(RecordType type, Record record, View after, View before)
    {
        var then = Faults(type, record, after);
        if (then.Count == 0)
            return null;
        var now = Faults(type, record, before);
        return then.FirstOrDefault(fault => !now.Any(other => other.Pointer == fault.Pointer && other.Rule == fault.Rule));
    }

    private static IReadOnlyList<Violation> Faults(RecordType type, Record record, View view)
    {
        var reading = new Reading();
        type.Check(record, record, view, reading);
        return reading.Violations;
    }

    private static View With(RecordType type, Record next, Record current, View view)
    {
        // Above the version that the view holds, so that it is taken in; the store gives it its own.
        next.Version = Math.Max(current.Version, view.Of(type.Name).Find(next.Id)?.Version ?? 0) + 1;
        return view.With(new Dictionary<string, List<Record>> { [type.Name] = [next] }, view.AsOf);
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
