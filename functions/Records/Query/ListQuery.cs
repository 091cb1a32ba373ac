using System.Text.Json;
using FriendCity.Records.Query.Filters;
using FriendCity.Records.Schemas;

namespace FriendCity.Records.Query;

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

    /// <summary>The fields to be shown.</summary>
    public abstract IReadOnlyList<Field> Fields { get; }

    public abstract void WriteFields(Utf8JsonWriter writer, Record record);

    /// <summary>The next records after a place; null when that is no place in this list.</summary>
    public abstract ListPage? Run(RecordSet set, IReadOnlyList<string?>? after, int top, bool count);
}

internal sealed class ListQuery<T> : ListQuery
    where T : Record
{
    private readonly ListOrder<T> _order;
    private readonly Func<T, bool>? _filter;
    private readonly ListNarrowing<T> _narrowing;
    private readonly Func<T, bool>? _search;
    private readonly ListSelection<T> _selection;

    public ListQuery(Schema<T> schema, QueryText text, Filter? filter)
    {
        _filter = filter is null ? null : FilterCompiler.Compile<T>(filter, name => SystemFields.Find(schema, name));
        _narrowing = new(filter, schema);
        _search = text.Search is null ? null : ListSearch.Compile(schema, text.Search);
        _order = new(schema, text.OrderBy);
        _selection = new(schema, text.Select);
    }

    public ListOrder<T> Order => _order;

    /// <summary>True when some records may not match.</summary>
    public bool IsNarrow => _filter is not null || _search is not null;

    public override bool Whole => _selection.Whole;

    public override bool Shows(string added) => _selection.Shows(added);

    public override IReadOnlyList<Field> Fields => _selection.Fields;

    public override void WriteFields(Utf8JsonWriter writer, Record record) => _selection.Write(writer, (T)record);

    public bool Matches(T record) => !record.Deleted && _filter?.Invoke(record) != false && _search?.Invoke(record) != false;

    public override ListPage? Run(RecordSet set, IReadOnlyList<string?>? after, int top, bool count)
    {
        Func<T, bool>? follows = null;
        if (after is not null && (follows = _order.After(after)) is null)
            return null;

        var records = (RecordSet<T>)set;
        long? matches = !count ? null : !IsNarrow ? records.Count - records.Deleted : 0;
        var narrowest = _narrowing.Narrowest(records);
        var selected = matches is null or > 0 ? Walk(records, narrowest, after, follows, top + 1) : null;
        if (selected is null)
        {
            (selected, var found) = Gather(records, narrowest, follows, top + 1);
            matches = count ? found : null;
        }

        var page = selected.Sorted();
        return page.Length <= top
            ? new(page, matches, null)
            : new(new ArraySegment<Record>(page, 0, top), matches, _order.Place((T)page[top - 1]));
    }

    /// <summary>
    /// Goes through the records in the order of the list, from the page's place on, until the page is complete. Gives up, with null, when there
    /// is no such sequence, or when it has looked at as many records as the filter leaves: from there on those are the shorter way.
    /// </summary>
    private Selection<T>? Walk(RecordSet<T> set, IReadOnlyList<IndexRange<T>>? narrowest, IReadOnlyList<string?>? after, Func<T, bool>? follows,
        int most)
    {
        if (!_order.ById && !_order.First.Indexed)
            return null;

        var patience = narrowest?.Sum(stretch => stretch.Length) ?? int.MaxValue;
        var selected = new Selection<T>(_order, most, _order.ById || _order.ByOne);
        foreach (var group in InOrder(set, after))
        {
            foreach (var piece in group.Pieces)
                foreach (var record in piece)
                {
                    if (selected.Complete)
                        return selected;
                    if (patience-- == 0)
                        return null;
                    if (Matches(record) && follows?.Invoke(record) != false)
                        selected.Offer(record);
                }

            if (selected.Full)
                break;
        }

        return selected;
    }

    /// <summary>The records in the order of the list, by groups that other fields of the order may still sort.</summary>
    private IEnumerable<IndexRange<T>> InOrder(RecordSet<T> set, IReadOnlyList<string?>? after)
    {
        if (_order.ById)
            return [IndexRange<T>.All(set.Ids) with { From = after is [{ } last]
                ? set.Ids.CountBefore(record => string.CompareOrdinal(record.Id, last) <= 0) : 0 }];

        var records = _narrowing.In(set, _order.First);
        if (after is not null && _order.First.Against(after[0]) is { } place)
            records = records.And(IndexRange<T>.Of(records.Sequence, _order.Descending
                ? new(_ => false, record => place(record) <= 0) : new(record => place(record) < 0, _ => true)));
        return _order is { ByOne: true, Descending: false } ? [records] : records.Groups(_order.First.Order!, _order.Descending);
    }

    /// <summary>Looks at every record that the filter leaves, keeping the first and counting all that match.</summary>
    private (Selection<T> Selected, long Matches) Gather(RecordSet<T> set, IReadOnlyList<IndexRange<T>>? narrowest, Func<T, bool>? follows, int most)
    {
        var selected = new Selection<T>(_order, most, narrowest is null && _order.ById);
        var matches = 0L;
        foreach (var stretch in narrowest ?? [IndexRange<T>.All(set.Ids)])
            foreach (var piece in stretch.Pieces)
                foreach (var record in piece)
                {
                    if (!Matches(record))
                        continue;
                    matches++;
                    if (follows?.Invoke(record) != false)
                        selected.Offer(record);
                }

        return (selected, matches);
    }
}
