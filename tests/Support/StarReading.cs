using FriendCity.PowerBi.OData.Query;
using FriendCity.PowerBi.OData.Star;
using FriendCity.Records.Query;

namespace FriendCity.Tests.Support;

/// <summary>Tables of the star as the feed reads them, without HTTP.</summary>
internal static class StarReading
{
    /// <param name="filter">As records know it, with names in camelCase; likewise the order.</param>
    public static FeedQuery Query(this StarSet set, string? filter = null, string? order = null, long? top = null, int skip = 0, bool count = false)
    {
        var text = new QueryText(set.Name, filter, order, null, null);
        return new(text, set.Type.Query(text), new FeedSelection(set.Properties, [], ""), top, skip, count, null, "snapshot");
    }

    /// <summary>What is made of every row of every page, in their order.</summary>
    public static IEnumerable<T> Walk<T>(this StarSource source, FeedQuery query, int size, Func<StarRow, T> make)
    {
        for (FeedQuery? next = query; next is not null;)
        {
            var (page, rows) = (source.Page(next, size), 0);
            foreach (var row in page.Rows)
            {
                Assert.True(rows++ < size, "A page has more rows than it may.");
                yield return make((StarRow)row);
            }

            next = page.Next() is { } place ? query with { After = place, Top = page.Left, Skip = 0 } : null;
            Assert.True(next is null || rows == size, "A page that is not the last is not full.");
        }
    }
}
