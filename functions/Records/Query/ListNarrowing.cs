using FriendCity.Records.Query.Filters;
using FriendCity.Records.Schemas;

namespace FriendCity.Records.Query;

/// <summary>Where, in the indexes, all records of a filter stand: what its comparisons of indexed fields that hold for every record tell.</summary>
internal sealed class ListNarrowing<T>
    where T : Record
{
    private readonly List<(FieldAccessor<T> FieldAccessor, IReadOnlyList<Bounds<T>> Bounds)> _known = [];

    public ListNarrowing(Filter? filter, Schema<T> schema)
    {
        foreach (var (subject, comparison) in filter is null ? [] : Always(filter))
            if (subject.Call is null && SystemFields.Find(schema, subject.Name) is { Indexed: true } operand
                && operand.Bounds(comparison) is { } bounds)
                _known.Add((operand, bounds));
    }

    /// <summary>The fewest records known to hold all that match; null when nothing is known.</summary>
    public IReadOnlyList<IndexRange<T>>? Narrowest(RecordSet<T> set)
    {
        IReadOnlyList<IndexRange<T>>? narrowest = null;
        foreach (var (operand, bounds) in _known)
            if (Stretches(set, operand, bounds) is var found
                && (narrowest is null || found.Sum(each => each.Length) < narrowest.Sum(each => each.Length)))
                narrowest = found;
        return narrowest;
    }

    /// <summary>The stretch of one field's index in which all that match stand: the whole index when nothing is known.</summary>
    public IndexRange<T> In(RecordSet<T> set, FieldAccessor<T> operand)
    {
        var whole = IndexRange<T>.All(set.Index(operand));
        foreach (var (known, bounds) in _known)
            if (known == operand && bounds.Count == 1)
                whole = whole.And(Stretches(set, known, bounds)[0]);
        return whole;
    }

    private static List<IndexRange<T>> Stretches(RecordSet<T> set, FieldAccessor<T> operand, IReadOnlyList<Bounds<T>> bounds)
    {
        var index = set.Index(operand);
        return [.. bounds.Select(each => IndexRange<T>.Of(index, each))];
    }

    private static IEnumerable<(Subject Subject, Filter Comparison)> Always(Filter filter) => filter switch
    {
        Filter.And both => Always(both.Left).Concat(Always(both.Right)),
        Filter.Compare compare => [(compare.Subject, compare)],
        Filter.In among => [(among.Subject, among)],
        _ => [],
    };
}
