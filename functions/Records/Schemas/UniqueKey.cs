using FriendCity.Messages;

namespace FriendCity.Records.Schemas;

/// <summary>
/// What no two live records of a type have alike: a code, or whatever tells one thing in the world from another. A record stored before it
/// had to be so stays, is an alert, and is refused only when its key changes.
/// </summary>
/// <param name="Field">Where a duplicate is shown.</param>
/// <param name="What">What is alike, as a sentence goes on after "the same".</param>
/// <param name="Key">Null for records without such a key.</param>
/// <param name="CanBeReal">The world has such things twice: whoever says so may store them.</param>
internal sealed record UniqueKey<T>(string Field, Text What, Func<T, string?> Key, bool CanBeReal = false)
    where T : Record;

/// <summary>
/// How the values of some fields are written. Like a <see cref="UniqueKey{T}"/> it asks nothing of values that stay as they were stored.
/// </summary>
/// <param name="Fields">What the rule looks at, besides the id.</param>
internal sealed record FormRule<T>(IReadOnlyList<string> Fields, Rule<T> Check)
    where T : Record;

/// <summary>A record that is alike another.</summary>
/// <param name="CanBeReal">The caller may say that both are real.</param>
internal sealed record Duplicate(Violation Violation, bool CanBeReal);

/// <summary>Live records of a type that have a key in common, in the order of their ids.</summary>
/// <param name="CanBeReal">Whoever says so may store them.</param>
internal sealed record DuplicateGroup(string Field, Text What, IReadOnlyList<Record> Records, bool CanBeReal);

/// <summary>The keys of a type, asked of one record or of all.</summary>
internal static class UniqueKeys
{
    /// <summary>Parts of a key, none of which can be taken for another.</summary>
    public static string Of(params ReadOnlySpan<string> parts) => string.Join('\u001f', parts);

    /// <summary>A name as it is compared: however it was typed.</summary>
    public static string Name(string name) => string.Join(' ', Folding.Fold(name).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <param name="current">The live record that <paramref name="record"/> is to replace; a key that stays is not asked about.</param>
    public static IEnumerable<Duplicate> Of<T>(RecordType type, IReadOnlyList<UniqueKey<T>> keys, T record, T? current, RecordSet<T> set)
        where T : Record
    {
        foreach (var key in keys)
            if (key.Key(record) is { } value && (current is null || key.Key(current) != value)
                && set.Live.FirstOrDefault(other => other.Id != record.Id && key.Key(other) == value) is { } other)
                yield return new Duplicate(Violation(type.Name, key.Field, key.What, other.Id), key.CanBeReal);
    }

    public static IEnumerable<DuplicateGroup> All<T>(IReadOnlyList<UniqueKey<T>> keys, IEnumerable<T> records)
        where T : Record
    {
        var all = keys.Count == 0 ? [] : records.ToList();
        return keys.SelectMany(key => all.Where(record => key.Key(record) is not null).GroupBy(record => key.Key(record)!, StringComparer.Ordinal)
            .Where(alike => alike.Skip(1).Any()).Select(alike => new DuplicateGroup(key.Field, key.What, [.. alike], key.CanBeReal)));
    }

    public static Violation Violation(string type, string field, Text what, string otherId) =>
        new($"/{field}", "duplicate", new($"{type}/{otherId} has the same {what.En}.", $"{type}/{otherId} 的{what.Zh}相同。"));
}
