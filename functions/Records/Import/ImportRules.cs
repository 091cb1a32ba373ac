using FriendCity.Messages;
using FriendCity.Records.Schemas;

namespace FriendCity.Records.Import;

/// <summary>Rules over many records at once.</summary>
internal static class ImportRules
{
    /// <summary>
    /// Of records that are alike the first may stay: one that is stored already, or else the first of them in the order of ids. A record that was
    /// alike before is left alone.
    /// </summary>
    /// <param name="allowed">Records that may both be real are stored.</param>
    public static IEnumerable<(string Id, Violation Violation)> Duplicates(RecordType type, IReadOnlyDictionary<string, ImportItem> items,
        RegistrySnapshot after, bool allowed)
    {
        var set = after.Of(type.Name);
        foreach (var alike in type.Alike(set.All.Where(record => !record.Deleted))
            .Where(alike => !(allowed && alike.CanBeReal)))
        {
            var first = alike.Records.FirstOrDefault(record => !items.ContainsKey(record.Id)) ?? alike.Records[0];
            foreach (var record in alike.Records.Where(record => record != first))
                if (items.TryGetValue(record.Id, out var item)
                    && (item.Current is null
                        || type.Duplicates(item.Next, item.Current, after).Any(each => each.Violation.Pointer == $"/{alike.Field}")))
                    yield return (record.Id, UniqueKeys.Violation(type.Name, alike.Field, alike.What, first.Id));
        }
    }

    /// <summary>Records that rest on those that change, and would break a rule by it; a record of the same file is checked by itself.</summary>
    public static IEnumerable<(string Id, Violation Violation)> Referrers(RecordType type, IReadOnlyDictionary<string, ImportItem> items,
        RegistrySnapshot before, RegistrySnapshot after)
    {
        if (items.Values.All(item => item.Current is null))
            yield break;
        foreach (var other in before.Types.All.Where(each => each.Targets.Contains(type.Name)))
        {
            var set = before.Of(other.Name);
            for (var i = 0; i < set.Count; i++)
            {
                var record = set[i];
                if (record.Deleted || (other == type && items.ContainsKey(record.Id)))
                    continue;
                var causes = other.References(record).Where(each => each.Type == type.Name).Select(each => each.Id)
                    .Where(id => items.TryGetValue(id, out var item) && item.Current is not null).Distinct().ToList();
                if (causes.Count > 0 && RecordChecks.Broken(other, record, after, before) is { } broken)
                    foreach (var id in causes)
                        yield return (id, RecordChecks.BreaksReferrer("", other, record, broken));
            }
        }
    }
}
