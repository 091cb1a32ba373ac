namespace FriendCity.Records.Query;

/// <summary>
/// Keeps the first few of the records offered to it: as they come when they come in order, else in a heap with the last of them on top.
/// </summary>
internal sealed class Selection<T>(IComparer<T> order, int most, bool inOrder)
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
        }
        else if (_kept.Count < most)
        {
            _kept.Enqueue(record, record);
        }
        else if (order.Compare(record, _kept.Peek()) < 0)
        {
            _kept.DequeueEnqueue(record, record);
        }
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
