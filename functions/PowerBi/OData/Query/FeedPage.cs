using FriendCity.Http.Errors;
using FriendCity.Records;

namespace FriendCity.PowerBi.OData.Query;

/// <param name="Rows">To be read once, and each before the next: they may be read from a file meanwhile.</param>
/// <param name="Count">All rows that match, on whatever page; null when not asked for.</param>
/// <param name="Next">The place of the last row when another page follows; known when the rows have been read.</param>
/// <param name="Left">How many rows of the caller's own limit are left for it; null without a limit.</param>
internal sealed record FeedPage(IEnumerable<Record> Rows, long? Count, Func<IReadOnlyList<string?>?> Next, long? Left)
{
    /// <exception cref="ProblemException">The place is none of this list.</exception>
    public static FeedPage Of(FeedQuery query, RecordSet rows, int size)
    {
        var most = MostRows(query, size);
        // Nothing is shown of no rows, but they can be counted.
        var found = query.Rows.Run(rows, query.After, Math.Max(1, query.Skip + most), query.Count) ?? throw NoPlace();
        var left = query.Top - most;
        return new([.. found.Records.Skip(query.Skip).Take(most)], found.Count, () => left == 0 ? null : found.Next, left);
    }

    public static int MostRows(FeedQuery query, int size) => (int)Math.Min(query.Top ?? size, size);

    public static ProblemException NoPlace() => new(new Problem(Problems.CursorInvalid), FeedQuery.Token);
}
