namespace FriendCity.Records;

/// <summary>What was used last, up to so many entries; the one not used for longest gives way.</summary>
/// <param name="gone">Told of every value that is held no more.</param>
internal sealed class LruCache<K, V>(int most, Action<V>? gone = null)
    where K : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<K, LinkedListNode<(K Key, V Value)>> _byKey = [];
    private readonly LinkedList<(K Key, V Value)> _lastFirst = [];

    public bool TryGet(K key, out V value)
    {
        lock (_gate)
        {
            if (!_byKey.TryGetValue(key, out var known))
            {
                value = default!;
                return false;
            }

            _lastFirst.Remove(known);
            _lastFirst.AddFirst(known);
            value = known.Value.Value;
            return true;
        }
    }

    public void Set(K key, V value)
    {
        lock (_gate)
        {
            if (_byKey.Remove(key, out var known))
                Drop(known);
            _byKey.Add(key, _lastFirst.AddFirst((key, value)));
            if (_byKey.Count > most && _lastFirst.Last is { } oldest)
            {
                _byKey.Remove(oldest.Value.Key);
                Drop(oldest);
            }
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _byKey.Clear();
            while (_lastFirst.Last is { } oldest)
                Drop(oldest);
        }
    }

    private void Drop(LinkedListNode<(K Key, V Value)> entry)
    {
        _lastFirst.Remove(entry);
        gone?.Invoke(entry.Value.Value);
    }
}
