using System.Buffers;
using System.Text.Json;
using FriendCity.Records;
using FriendCity.Records.Query;
using FriendCity.Serialization;

namespace FriendCity.RecordsApi.Lists;

/// <summary>
/// The pages asked for last, as bytes, each with the set of records it was made of: sets never change, so while a type's set is the same,
/// a page asked for again is only sent again. Small pages alone: what pages through all records asks for each page once.
/// </summary>
internal sealed class ListAnswers
{
    private const int Most = 256;
    private const int MaxRecords = 100;
    private const int Largest = 64 * 1024;

    private readonly LruCache<Key, Known> _known = new(Most);

    /// <summary>The answer, or null when the cursor is no place in this list.</summary>
    /// <param name="link">Makes the next page's address.</param>
    public IResult? Answer(RecordType type, ListRequest list, RecordSet set, Func<IReadOnlyList<string?>, string> link)
    {
        var key = new Key(list.Text, list.Place, list.Top, list.Count);
        if (_known.TryGet(key, out var known) && ReferenceEquals(known.Stamp, set.Stamp))
            return new ListResult(known.Head, known.Next is { } place ? link(place) : null);
        if (list.Query.Run(set, list.After, list.Top, list.Count) is not { } page)
            return null;

        var next = page.Next is { } follows ? link(follows) : null;
        if (page.Records.Count > MaxRecords)
            return ListJson.Answer(type, list.Query, page, next);
        var head = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(head, Json.Writing))
            ListJson.WriteHead(writer, type, list.Query, page);
        if (head.WrittenCount <= Largest)
            _known.Set(key, new(set.Stamp, head.WrittenSpan.ToArray(), page.Next));
        return new ListResult(head.WrittenMemory, next);
    }

    private sealed record Key(QueryText Text, string? Place, int Top, bool Count);

    /// <param name="Stamp">Tells the set without keeping it.</param>
    private sealed record Known(object Stamp, ReadOnlyMemory<byte> Head, IReadOnlyList<string?>? Next);
}
