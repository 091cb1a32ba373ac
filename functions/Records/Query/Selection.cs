namespace FriendCity.Records.Query;

/// <summary>
/// Keeps the first few of the records offered to it: as they come when they come in order, else in a heap with the last of them on top.
/// </summary>
/// <param name="keep">What is kept of a record that may be another one soon; null where records stay what they are.</param>
internal sealed class Selection<T>(IComparer<T> order, int most, bool inOrder, Func<T, T>? keep = null)
    where T : Record
{
    private readonly List<T> _first = [];
    private readonly PriorityQueue<T, T> _kept = new(Comparer<T>.Create((left, right) => order.Compare(right, left)));

    /// <summary>True when no record to come can be among the first.</summary>
    public bool Complete => inOrder && _first.Count == most;

    /// <summary>True when as many are kept as are wanted; a better one may still take the place of another.</summary>
    public bool Full => (inOrder ? _first.Count : _kept.Count) == most;

    public void Offer(T record)
    {
        if (inOrder)
        {
            if (!Complete)
                _first.Add(record);
            return;
        }

        var isOneMore = _kept.Count < most;
        if (!isOneMore && order.Compare(record, _kept.Peek()) >= 0)
            return;
        var kept = keep is null ? record : keep(record);
        if (isOneMore)
            _kept.Enqueue(kept, kept);
        else
            _kept.DequeueEnqueue(kept, kept);
    }

    public Record[] Sorted()
    {
        if (inOrder)
            return [.. _first];

        var sorted = new Record[_kept.Count];
        for (var i = sorted.Length - 1; i >= 0; i--)
            sorted[i] = _kept.Dequeue();
        return sorted;
    }
}
