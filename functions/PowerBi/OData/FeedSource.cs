using FriendCity.PowerBi.OData.Model;
using FriendCity.PowerBi.OData.Query;
using FriendCity.Records;
using FriendCity.Records.Query;

namespace FriendCity.PowerBi.OData;

/// <summary>The rows of a set at one moment.</summary>
internal abstract class FeedSource(FeedSet set, RegistrySnapshot? registry)
{
    public FeedSet Set => set;

    /// <summary>All records of that moment; null for a table of the star.</summary>
    public RegistrySnapshot? Registry => registry;

    /// <exception cref="Http.Errors.ProblemException">The query's place is none of the set.</exception>
    public abstract FeedPage Page(FeedQuery query, int size);

    /// <summary>How many rows match.</summary>
    public abstract long Count(ListQuery query);

    /// <summary>The row of that id; null when there never was one.</summary>
    public abstract Record? Find(string id);
}

/// <summary>Rows that are in memory.</summary>
internal sealed class LiveSource(LiveSet set, RegistrySnapshot registry) : FeedSource(set, registry)
{
    private readonly RecordSet _rows = set.In(registry);

    public override FeedPage Page(FeedQuery query, int size) => FeedPage.Of(query, _rows, size);

    public override long Count(ListQuery query) => query.Run(_rows, null, 1, count: true)!.Count!.Value;

    public override Record? Find(string id) => _rows.Find(id);
}
