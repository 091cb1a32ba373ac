using FriendCity.Records.Query.Filters;

namespace FriendCity.Records.Query;

/// <summary>The compiled queries used last: a caller that pages or polls has its query compiled once.</summary>
internal sealed class QueryCache(int most = 256)
{
    private readonly LruCache<QueryText, ListQuery> _queries = new(most);

    /// <exception cref="QueryException">The query cannot be understood.</exception>
    public ListQuery Get(RecordType type, QueryText text)
    {
        if (_queries.TryGet(text, out var known))
            return known;

        // Compiled outside the lock; two that compile the same at once do no harm.
        var query = type.Query(text);
        _queries.Set(text, query);
        return query;
    }
}
