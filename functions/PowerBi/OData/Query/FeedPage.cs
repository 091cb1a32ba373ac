using FriendCity.Http.Errors;
using FriendCity.Records;

namespace FriendCity.PowerBi.OData.Query;

/// <param name="Count">All rows that match, on whatever page; null when not asked for.</param>
/// <param name="Next">The place of the last row when another page follows.</param>
/// <param name="Left">How many rows of the caller's own limit are left for it; null without a limit.</param>
internal sealed record FeedPage(IReadOnlyList<Record> Rows, long? Count, IReadOnlyList<string?>? Next, long? Left)
{
    /// <exception cref="ProblemException">The place is none of this list.</exception>
    public static FeedPage Of(FeedQuery query, RecordSet rows, int size)
    {
        var most = (int)Math.Min(query.Top ?? size, size);
        // Nothing is shown of no rows, but they can be counted.
        var found = query.Rows.Run(rows, After(query, rows), Math.Max(1, query.Skip + most), query.Count) ?? throw NoPlace();
        var left = query.Top - most;
        return new([.. found.Records.Skip(query.Skip).Take(most)], found.Count, left == 0 || found.Next is null ? null : Place(query, found.Next),
            left);
    }

    /// <summary>A snapshot does not change, so its last row's id is place enough, however long the texts by which it is ordered.</summary>
    private static IReadOnlyList<string?> Place(FeedQuery query, IReadOnlyList<string?> place) => query.Snapshot is null ? place : [place[^1]];

    private static IReadOnlyList<string?>? After(FeedQuery query, RecordSet rows) => query switch
    {
        { Snapshot: null } or { After: null } => query.After,
        { After: [{ } id] } when rows.Find(id) is { } last => query.Rows.Place(last),
        _ => throw NoPlace(),
    };

    private static ProblemException NoPlace() => new(new Problem(Problems.CursorInvalid), FeedQuery.Token);
}
