using System.Text.Json;

namespace FriendCity.Records;

/// <param name="Count">All records that match, on whatever page; null when not asked for.</param>
/// <param name="Next">The place of the last record when more follow it.</param>
internal sealed record ListPage(IReadOnlyList<Record> Records, long? Count, IReadOnlyList<string?>? Next);

/// <summary>A list query on one record type, compiled: asked of any set of records, any number of times.</summary>
internal abstract class ListQuery
{
    /// <summary>True when all members of a record are to be shown.</summary>
    public abstract bool Whole { get; }

    /// <summary>True when a value that the registry adds is to be shown.</summary>
    public abstract bool Shows(string added);

    public abstract void WriteFields(Utf8JsonWriter writer, Record record);

    /// <summary>The next records after a place; null when that is no place in this list.</summary>
    public abstract ListPage? Run(RecordSet set, IReadOnlyList<string?>? after, int top, bool count);
}

internal sealed class ListQuery<T> : ListQuery
    where T : Record
{
    private readonly ListOrder<T> _order;
    private readonly Func<T, bool>? _filter;
    private readonly Func<T, bool>? _search;
    private readonly ListSelection<T> _selection;

    public ListQuery(Shape<T> shape, QueryText text)
    {
        _filter = text.Filter is null ? null : FilterCompiler.Compile<T>(FilterParser.Parse(text.Filter), name => Listed.Find(shape, name));
        _search = text.Search is null ? null : ListSearch.Compile(shape, text.Search);
        _order = new(shape, text.OrderBy);
        _selection = new(shape, text.Select);
    }

    public override bool Whole => _selection.Whole;

    public override bool Shows(string added) => _selection.Shows(added);

    public override void WriteFields(Utf8JsonWriter writer, Record record) => _selection.Write(writer, (T)record);

    public override ListPage? Run(RecordSet set, IReadOnlyList<string?>? after, int top, bool count)
    {
        Func<T, bool>? follows = null;
        if (after is not null && (follows = _order.After(after)) is null)
            return null;

        var selected = new Selection<T>(_order, top + 1, _order.ById);
        var matches = 0L;
        // In the order of ids the page stands together, and is found without a look at the records before it.
        var start = _order.ById && after is [{ } last] && !count ? Behind(set.IndexOf(last)) : 0;
        for (var i = start; i < set.Count && (count || !selected.Complete); i++)
        {
            var record = (T)set[i];
            if (record.Deleted || _filter?.Invoke(record) == false || _search?.Invoke(record) == false)
                continue;
            matches++;
            if (follows?.Invoke(record) != false)
                selected.Offer(record);
        }

        var page = selected.Sorted();
        if (page.Length <= top)
            return new(page, count ? matches : null, null);
        return new(new ArraySegment<Record>(page, 0, top), count ? matches : null, _order.Place((T)page[top - 1]));
    }

    private static int Behind(int index) => index >= 0 ? index + 1 : ~index;
}
