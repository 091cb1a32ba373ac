using System.Collections;

namespace FriendCity.Kpis.Facts;

/// <summary>
/// A list seen through a function, which is asked anew at each look: a figure that rests on a hundred thousand records holds no row of
/// them, only the list of records that others hold as well.
/// </summary>
internal sealed class MappedList<TItem, TSeen>(IReadOnlyList<TItem> items, Func<TItem, TSeen> see) : IReadOnlyList<TSeen>
{
    public int Count => items.Count;

    public TSeen this[int index] => see(items[index]);

    public IEnumerator<TSeen> GetEnumerator() => items.Select(see).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
