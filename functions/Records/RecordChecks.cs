namespace FriendCity.Records;

/// <summary>Checks a whole record against the rest of the registry: its type's rules, and that what it refers to is there.</summary>
internal static class RecordChecks
{
    public static void Check(RecordType type, Record record, View view, Reading reading)
    {
        foreach (var reference in type.References(record))
            if (view.Of(reference.Type).Find(reference.Id) is not { Deleted: false })
                reading.Refuse(reference.Pointer, "missing_reference", $"There is no {reference.Type}/{reference.Id}.", $"{reference.Type}/{reference.Id} 不存在。");
        if (!reading.Failed)
            type.Check(record, view, reading);
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
