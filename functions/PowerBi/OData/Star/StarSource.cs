using System.Globalization;
using FriendCity.PowerBi.OData.Model;
using FriendCity.PowerBi.OData.Query;
using FriendCity.Records;
using FriendCity.Records.Query;

namespace FriendCity.PowerBi.OData.Star;

/// <summary>
/// The rows of a set in a snapshot, read from its files when they are asked for: however many there are, what is held of them is less than a page
/// and, for an order that is not the table's own, the keys of some thousand rows.
/// </summary>
/// <param name="leave">Called once, when nothing more is asked.</param>
internal sealed class StarSource(StarSet set, StarTable table, Action leave, CancellationToken cancellationToken) : FeedSource(set, null), IDisposable
{
    /// <summary>So many rows are sorted at once; what is skipped beyond them takes another reading of the table.</summary>
    private const int MostSorted = 20_000;

    /// <summary>Stands before a place in a token. Tokens of before held ids there.</summary>
    private const char Mark = '#';

    private readonly StarSet _set = set;
    private readonly long _first = set.IsLatest ? table.Newest : 0;
    private Action? _leave = leave;

    public override FeedPage Page(FeedQuery query, int size)
    {
        var (asked, most) = ((ListQuery<StarRow>)query.Rows, FeedPage.MostRows(query, size));
        var (after, left) = (After(query), query.Top - most);
        var rows = most == 0 ? [] : !asked.Order.ById ? Sorted(query, asked, after, most)
            : asked.IsNarrow ? Matching(asked, after + 1 ?? _first).Skip(query.Skip) : Rows((after + 1 ?? _first) + query.Skip);
        IReadOnlyList<string?>? next = null;
        return new(Taken(), query.Count ? Count(asked) : null, () => next, left);

        IEnumerable<Record> Taken()
        {
            var (taken, last) = (0, 0L);
            // The limit's own last row is followed by none, whatever the file has.
            foreach (var row in left == 0 ? rows.Take(most) : rows)
            {
                if (taken++ == most)
                {
                    next = [string.Create(CultureInfo.InvariantCulture, $"{Mark}{last}")];
                    yield break;
                }

                last = row.Place;
                yield return row;
            }
        }
    }

    public override long Count(ListQuery query) =>
        query is ListQuery<StarRow> { IsNarrow: true } asked ? Matching(asked, _first).LongCount() : table.Count - _first;

    public override Record? Find(string id)
    {
        var parts = StarKey.Split(id);
        var all = Enumerable.Range(0, _set.Table.Columns.Count);
        return Rows(_first).Where(row => _set.Is(row, parts)).Select(row => row.Keep(all)).FirstOrDefault();
    }

    public void Dispose() => Interlocked.Exchange(ref _leave, null)?.Invoke();

    /// <summary>The rows from a place on: one object, which is each of them in turn.</summary>
    private IEnumerable<StarRow> Rows(long first)
    {
        using var cursor = table.Open();
        var row = new StarRow(_set, cursor);
        for (var at = first; cursor.MoveTo(at); at++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return row;
        }
    }

    private IEnumerable<StarRow> Matching(ListQuery<StarRow> asked, long first) => Rows(first).Where(asked.Matches);

    /// <summary>
    /// A page's rows and one more, in another order than the table's, in which the place decides last. Their places are found first, for which
    /// only filter and order are looked at.
    /// </summary>
    private IEnumerable<StarRow> Sorted(FeedQuery query, ListQuery<StarRow> asked, long? after, int most)
    {
        var order = Comparer<StarRow>.Create((left, right) =>
            asked.Order.CompareNamed(left, right) is not 0 and var named ? named : left.Place.CompareTo(right.Place));
        int[] keys = [.. asked.Order.Names.SelectMany(_set.ColumnsOf).Distinct()];
        var (skip, last) = (query.Skip, after is { } place ? Rows(place).Select(row => row.Keep(keys)).First() : null);
        while (skip + most >= MostSorted)
        {
            var passed = First(Math.Min(skip, MostSorted));
            if (passed.Count == 0)
                return [];
            (skip, last) = (skip - passed.Count, passed[^1]);
        }

        var places = First(skip + most + 1).Skip(skip).Select(row => row.Place).ToList();
        return Read(query, places);

        List<StarRow> First(int count)
        {
            var first = new Selection<StarRow>(order, count, inOrder: false, row => row.Keep(keys));
            foreach (var row in Matching(asked, _first))
                if (last is null || order.Compare(row, last) > 0)
                    first.Offer(row);
            return [.. first.Sorted().Cast<StarRow>()];
        }
    }

    /// <summary>What is shown of rows, in the order of the places; the file is read in its own.</summary>
    private IEnumerable<StarRow> Read(FeedQuery query, List<long> places)
    {
        int[] shown = [.. query.Shown.Properties.SelectMany(property => _set.ColumnsOf(FeedProperty.Member(property.Name))).Distinct()];
        var rows = new Dictionary<long, StarRow>(places.Count);
        using var cursor = table.Open();
        foreach (var place in places.Order())
        {
            cancellationToken.ThrowIfCancellationRequested();
            cursor.MoveTo(place);
            rows.Add(place, new StarRow(_set, cursor).Keep(shown));
        }

        return places.Select(place => rows[place]);
    }

    /// <summary>The place of the page before's last row: a snapshot does not change.</summary>
    private long? After(FeedQuery query) => query.After switch
    {
        null => null,
        [[Mark, .. var place]] when long.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            && last >= _first && last < table.Count => last,
        _ => throw FeedPage.NoPlace(),
    };
}
