using FriendCity.Records.Query.Filters;

namespace FriendCity.Records.Query;

/// <summary>Records that stand together in an ordered sequence.</summary>
internal readonly record struct IndexRange<T>(ChunkedSortedList<T> Sequence, int From, int To)
{
    public int Length => Math.Max(0, To - From);

    public IEnumerable<ArraySegment<T>> Pieces => Sequence.Between(From, To);

    public static IndexRange<T> All(ChunkedSortedList<T> sequence) => new(sequence, 0, sequence.Count);

    public static IndexRange<T> Of(ChunkedSortedList<T> sequence, Bounds<T> bounds) =>
        new(sequence, sequence.CountBefore(bounds.Before), sequence.CountBefore(bounds.Through));

    /// <summary>What is in both; both are of one sequence.</summary>
    public IndexRange<T> And(IndexRange<T> other) => this with { From = Math.Max(From, other.From), To = Math.Min(To, other.To) };

    /// <summary>The parts of equal value, from the front or from the back.</summary>
    public IEnumerable<IndexRange<T>> Groups(Comparison<T> compare, bool descending)
    {
        for (var rest = this; rest.Length > 0;)
        {
            var edge = Sequence[descending ? rest.To - 1 : rest.From];
            var inside = descending ? Sequence.CountBefore(item => compare(item, edge) < 0) : Sequence.CountBefore(item => compare(item, edge) <= 0);
            inside = Math.Clamp(inside, rest.From, rest.To);
            yield return descending ? rest with { From = inside } : rest with { To = inside };
            rest = descending ? rest with { To = inside } : rest with { From = inside };
        }
    }
}
