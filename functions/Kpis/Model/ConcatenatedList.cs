using System.Collections;

namespace FriendCity.Kpis.Model;

/// <summary>Lists seen as one, one after the other; nothing is copied.</summary>
internal sealed class ConcatenatedList<T>(params IReadOnlyList<T>[] lists) : IReadOnlyList<T>
{
    public int Count { get; } = lists.Sum(list => list.Count);

    public T this[int index]
    {
        get
        {
            foreach (var list in lists)
            {
                if (index < list.Count)
                    return list[index];
                index -= list.Count;
            }

            throw new ArgumentOutOfRangeException(nameof(index));
        }
    }

    public IEnumerator<T> GetEnumerator() => lists.SelectMany(list => list).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
