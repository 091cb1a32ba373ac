using FriendCity.Records;

namespace FriendCity.PowerBi.OData;

/// <param name="Count">All rows that match, on whatever page; null when not asked for.</param>
/// <param name="Next">The place of the last row when another page follows.</param>
/// <param name="Left">How many rows of the caller's own limit are left for it; null without a limit.</param>
internal sealed record FeedPage(IReadOnlyList<Record> Rows, long? Count, IReadOnlyList<string?>? Next, long? Left)
{
    /// <exception cref="FeedRefusal">The place is none of this list.</exception>
    public static FeedPage Of(FeedQuery query, RecordSet rows, int size)
    {
        var most = (int)Math.Min(query.Top ?? size, size);
        // Nothing is shown of no rows, but they can be counted.
        var found = query.Rows.Run(rows, query.After, Math.Max(1, query.Skip + most), query.Count)
            ?? throw new FeedRefusal(new Http.Problem(Http.Problems.CursorInvalid), FeedQuery.Token);
        var left = query.Top - most;
        return new([.. found.Records.Skip(query.Skip).Take(most)], found.Count, left == 0 ? null : found.Next, left);
    }
}
