namespace FriendCity.Records;

/// <summary>Keeps the first few of the records offered to it, in a heap with the last of them on top.</summary>
internal sealed class Selection<T>(IComparer<T> order, int most)
    where T : Record
{
    private readonly PriorityQueue<T, T> _kept = new(Comparer<T>.Create((left, right) => order.Compare(right, left)));

    public bool Full => _kept.Count == most;

    public void Offer(T record)
    {
        if (!Full)
            _kept.Enqueue(record, record);
        else if (order.Compare(record, _kept.Peek()) < 0)
            _kept.DequeueEnqueue(record, record);
    }

    public Record[] Sorted()
    {
        var sorted = new Record[_kept.Count];
        for (var i = sorted.Length - 1; i >= 0; i--)
            sorted[i] = _kept.Dequeue();
        return sorted;
    }
}
