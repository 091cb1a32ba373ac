using FriendCity.Snapshots.Contracts;
using FriendCity.Snapshots.Formats;
using FriendCity.Snapshots.Tables;

namespace FriendCity.Snapshots.Comparison;

/// <summary>
/// Compares a table of two snapshots, their files walked row by row. In memory are the keys of the later file with a hash of each row, of a
/// daily table those of one day (days follow each other, as is checked before publishing), and the differences that are shown: what
/// it costs is bounded by the number of keys and by <paramref name="most"/>, never by cells or by years.
/// </summary>
/// <param name="most">So many differences are shown; all are counted.</param>
internal sealed class TableCompare(SnapshotTable table, int most)
{
    private const char Between = '\u001F';

    private readonly int[] _key = [.. table.Key.Select(table.IndexOf)];
    private readonly bool _isDaily = DailyFormats.Contains(table);
    private readonly RowHash _hash = new();
    private readonly List<(object?[] Before, string? After)> _old = [];
    private readonly List<string> _new = [];
    private int _added;
    private int _removed;
    private int _changed;

    /// <param name="before">Null for a table that came later than the snapshot.</param>
    /// <param name="after">Likewise; it is read twice where there are differences to show.</param>
    public static TableChange Compare(SnapshotTable table, TableRows? before, TableRows? after, int most, CancellationToken cancellationToken)
    {
        var compare = new TableCompare(table, most);
        compare.Walk(compare.Rows(before, cancellationToken), compare.Rows(after, cancellationToken));
        return new TableChange(table, compare._added, compare._removed, compare._changed, compare.Shown(compare.Rows(after, cancellationToken)));
    }

    private void Walk(IEnumerable<object?[]> before, IEnumerable<object?[]> after)
    {
        using var old = before.GetEnumerator();
        using var now = after.GetEnumerator();
        var (isOld, isNow) = (old.MoveNext(), now.MoveNext());
        while (isOld || isNow)
        {
            var day = !isNow || (isOld && DayOf(old.Current) < DayOf(now.Current)) ? DayOf(old.Current) : DayOf(now.Current);
            var (keys, unmet) = (new List<string>(), new Dictionary<string, UInt128>(StringComparer.Ordinal));
            for (; isNow && DayOf(now.Current) == day; isNow = now.MoveNext())
            {
                var key = KeyOf(now.Current);
                if (unmet.TryAdd(key, _hash.Of(now.Current)))
                    keys.Add(key);
            }

            for (; isOld && DayOf(old.Current) == day; isOld = old.MoveNext())
                Meet(old.Current, unmet);
            Add(keys.Where(unmet.ContainsKey));
        }
    }

    private void Meet(object?[] row, Dictionary<string, UInt128> unmet)
    {
        var key = KeyOf(row);
        var isKept = unmet.Remove(key, out var hash);
        if (isKept && hash == _hash.Of(row))
            return;
        _ = isKept ? _changed++ : _removed++;
        if (_old.Count < most)
            _old.Add((row, isKept ? key : null));
    }

    private void Add(IEnumerable<string> keys)
    {
        foreach (var key in keys)
        {
            _added++;
            if (_new.Count < most)
                _new.Add(key);
        }
    }

    private List<(object?[]? Before, object?[]? After)> Shown(IEnumerable<object?[]> after)
    {
        var come = _new.Take(most - _old.Count).ToList();
        var wanted = _old.Select(each => each.After).OfType<string>().Concat(come).ToHashSet(StringComparer.Ordinal);
        var rows = new Dictionary<string, object?[]>(StringComparer.Ordinal);
        foreach (var row in wanted.Count == 0 ? [] : after)
            if (KeyOf(row) is var key && wanted.Contains(key) && rows.TryAdd(key, row) && rows.Count == wanted.Count)
                break;
        return [.. _old.Select(each => ((object?[]?)each.Before, each.After is { } key ? rows[key] : null)),
            .. come.Select(key => ((object?[]?)null, (object?[]?)rows[key]))];
    }

    private IEnumerable<object?[]> Rows(TableRows? rows, CancellationToken cancellationToken) => (rows?.Of(table.Columns) ?? []).Select(row =>
    {
        cancellationToken.ThrowIfCancellationRequested();
        return row;
    });

    /// <summary>All rows of a table that is not daily are of one day.</summary>
    private DateOnly DayOf(object?[] row) => _isDaily ? DailyFormats.DayOf(row) : default;

    private string KeyOf(object?[] row) => string.Join(Between, _key.Select(index => row[index] is { } cell ? Cells.Format(cell) : ""));
}
