namespace FriendCity.Records;

/// <summary>
/// An immutable sequence in the order of a comparer, held in chunks: a change copies the chunks it touches and shares the rest,
/// so that a poll with a few changed records does not pay for the hundred thousand that stayed. No two items compare equal.
/// </summary>
internal sealed class ChunkedSortedList<T>
{
    private const int Largest = 128;

    private readonly IComparer<T> _order;
    private readonly T[][] _chunks;
    private readonly T[] _firsts;

    /// <summary>Index of each chunk's first item.</summary>
    private readonly int[] _starts;

    private ChunkedSortedList(IComparer<T> order, T[][] chunks)
    {
        (_order, _chunks, _firsts, _starts) = (order, chunks, [.. chunks.Select(chunk => chunk[0])], new int[chunks.Length]);
        foreach (var (i, chunk) in chunks.Index())
        {
            _starts[i] = Count;
            Count += chunk.Length;
        }
    }

    public int Count { get; }

    /// <summary>The arrays that hold the items: none ever changes, and sequences share those in which they are the same.</summary>
    public IReadOnlyList<T[]> Chunks => _chunks;

    public T this[int index]
    {
        get
        {
            var chunk = Array.BinarySearch(_starts, index);
            return chunk >= 0 ? _chunks[chunk][0] : _chunks[~chunk - 1][index - _starts[~chunk - 1]];
        }
    }

    public static ChunkedSortedList<T> Empty(IComparer<T> order) => new(order, []);

    public static ChunkedSortedList<T> Of(IComparer<T> order, IEnumerable<T> items) => Empty(order).With([], items);

    /// <summary>How many items stand before the first that is not <paramref name="before"/> a place; those before it stand together.</summary>
    public int CountBefore(Func<T, bool> before)
    {
        var chunk = Partition(_firsts, before) - 1;
        return chunk < 0 ? 0 : _starts[chunk] + Partition(_chunks[chunk], before);
    }

    /// <summary>The items from one index to before another, as they are held: piece by piece.</summary>
    public IEnumerable<ArraySegment<T>> Between(int from, int to)
    {
        var chunk = Array.BinarySearch(_starts, from);
        if (chunk < 0)
            chunk = ~chunk - 1;
        for (; from < to; chunk++)
        {
            var start = from - _starts[chunk];
            var items = new ArraySegment<T>(_chunks[chunk], start, Math.Min(_chunks[chunk].Length - start, to - from));
            yield return items;
            from += items.Count;
        }
    }

    /// <summary>The items in chunks that another sequence does not share: all in which this one differs, and their neighbours.</summary>
    public IEnumerable<T> Unshared(ChunkedSortedList<T> other)
    {
        var shared = new HashSet<T[]>(other._chunks, ReferenceEqualityComparer.Instance);
        return _chunks.Where(chunk => !shared.Contains(chunk)).SelectMany(chunk => chunk);
    }

    /// <summary>The sequence without some of its items and with others; both may be in any order.</summary>
    public ChunkedSortedList<T> With(IEnumerable<T> removed, IEnumerable<T> added)
    {
        T[] less = [.. removed];
        T[] more = [.. added];
        Array.Sort(less, _order);
        Array.Sort(more, _order);
        var chunks = new List<T[]>(_chunks.Length + 1);
        if (_chunks.Length == 0)
            Add(chunks, more);

        var (kept, l, m) = (0, 0, 0);
        while (_chunks.Length > 0 && (l < less.Length || m < more.Length))
        {
            var touched = ChunkOf(m == more.Length || (l < less.Length && _order.Compare(less[l], more[m]) <= 0) ? less[l] : more[m]);
            var (firstLess, firstMore) = (l, m);
            while (l < less.Length && IsIn(less[l], touched))
                l++;
            while (m < more.Length && IsIn(more[m], touched))
                m++;
            chunks.AddRange(_chunks.AsSpan(kept..touched));
            Add(chunks, Merge(_chunks[touched], less.AsSpan(firstLess..l), more.AsSpan(firstMore..m)));
            kept = touched + 1;
        }

        chunks.AddRange(_chunks.AsSpan(kept..));
        return new(_order, [.. chunks]);
    }

    /// <summary>Adds a rebuilt chunk, in even parts when it has grown too large, joined to the one before when both are small.</summary>
    private static void Add(List<T[]> chunks, ReadOnlySpan<T> items)
    {
        if (items.Length == 0)
            return;
        if (chunks.Count > 0 && chunks[^1].Length + items.Length <= Largest / 2)
        {
            chunks[^1] = [.. chunks[^1], .. items];
            return;
        }

        for (var parts = (items.Length + Largest - 1) / Largest; parts > 0; parts--)
        {
            chunks.Add(items[..(items.Length / parts)].ToArray());
            items = items[(items.Length / parts)..];
        }
    }

    /// <summary>An item belongs to the last chunk that does not begin behind it; what comes before all, to the first.</summary>
    private int ChunkOf(T item) => Array.BinarySearch(_firsts, item, _order) is var found && found >= 0 ? found : Math.Max(0, ~found - 1);

    private bool IsIn(T item, int chunk) => chunk == _chunks.Length - 1 || _order.Compare(item, _firsts[chunk + 1]) < 0;

    private T[] Merge(T[] chunk, ReadOnlySpan<T> less, ReadOnlySpan<T> more)
    {
        var merged = new List<T>(chunk.Length + more.Length);
        var from = 0;
        while (less.Length + more.Length > 0)
        {
            // Of a removed item and one that takes its place, the removed one goes first.
            var removes = more.Length == 0 || (less.Length > 0 && _order.Compare(less[0], more[0]) <= 0);
            var at = Array.BinarySearch(chunk, from, chunk.Length - from, removes ? less[0] : more[0], _order);
            merged.AddRange(chunk.AsSpan(from..(at < 0 ? ~at : at)));
            from = at < 0 ? ~at : at;
            if (removes)
            {
                from++;
                less = less[1..];
            }
            else
            {
                merged.Add(more[0]);
                more = more[1..];
            }
        }

        merged.AddRange(chunk.AsSpan(from));
        return [.. merged];
    }

    private static int Partition(T[] items, Func<T, bool> before)
    {
        var (low, high) = (0, items.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (before(items[middle]))
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
