namespace FriendCity.Records;

/// <summary>The compiled queries used last: a caller that pages or polls has its query compiled once.</summary>
internal sealed class QueryCache(int most = 256)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<QueryText, LinkedListNode<(QueryText Text, ListQuery Query)>> _byText = [];
    private readonly LinkedList<(QueryText Text, ListQuery Query)> _lastFirst = [];

    /// <exception cref="QueryException">The query cannot be understood.</exception>
    public ListQuery Get(RecordType type, QueryText text)
    {
        lock (_gate)
        {
            if (_byText.TryGetValue(text, out var known))
            {
                _lastFirst.Remove(known);
                _lastFirst.AddFirst(known);
                return known.Value.Query;
            }
        }

        // Compiled outside the lock; two that compile the same at once do no harm.
        var query = type.Query(text);
        lock (_gate)
        {
            if (_byText.ContainsKey(text))
                return query;
            _byText.Add(text, _lastFirst.AddFirst((text, query)));
            if (_byText.Count > most && _lastFirst.Last is { } oldest)
            {
                _byText.Remove(oldest.Value.Text);
                _lastFirst.Remove(oldest);
            }
        }

        return query;
    }
}
