using FriendCity.Records.Query.Filters;

namespace FriendCity.Records.Entries;

/// <summary>A value of an entry, as filters and orders of the rows made of entries see it.</summary>
internal sealed class EntryFieldAccessor<E>(FieldAccessor<E> inner) : FieldAccessor<EntryRow<E>>
    where E : Entry
{
    public override Comparison<EntryRow<E>>? Order => inner.Order is { } order ? (left, right) => order(left.Item, right.Item) : null;

    public override bool Indexed => inner.Indexed;

    public override Func<EntryRow<E>, bool> Compare(Filter.Compare filter) => Of(inner.Compare(filter));

    public override Func<EntryRow<E>, bool> In(Filter.In filter) => Of(inner.In(filter));

    public override Func<EntryRow<E>, bool> Matches(Filter.Matches filter) => Of(inner.Matches(filter));

    public override Func<EntryRow<E>, bool> Any(Filter.Any filter) => Of(inner.Any(filter));

    public override FieldAccessor<EntryRow<E>> Called(ValueFunction function, TextPosition position) =>
        new EntryFieldAccessor<E>(inner.Called(function, position));

    public override IReadOnlyList<Bounds<EntryRow<E>>>? Bounds(Filter filter) =>
        inner.Bounds(filter) is { } bounds ? [.. bounds.Select(each => new Bounds<EntryRow<E>>(Of(each.Before), Of(each.Through)))] : null;

    public override string? Key(EntryRow<E> source) => inner.Key(source.Item);

    public override Func<EntryRow<E>, int>? Against(string? key) => inner.Against(key) is { } against ? row => against(row.Item) : null;

    private static Func<EntryRow<E>, bool> Of(Func<E, bool> test) => row => test(row.Item);
}
