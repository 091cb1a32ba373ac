using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;

namespace FriendCity.Storage.Rest;

/// <summary>The names in rows: few, and the same in every row, so each becomes a string once. What is new when there are many is not kept.</summary>
internal static class ColumnNames
{
    private const int Most = 2000;
    private const int Longest = 64;

    private static readonly ConcurrentDictionary<int, (byte[] Utf8, string Name)> ByHash = [];
    private static readonly ConcurrentDictionary<string, string> Columns = new(StringComparer.Ordinal);

    /// <summary>The property name on which the reader stands.</summary>
    public static string Of(ref Utf8JsonReader reader)
    {
        if (reader.ValueIsEscaped || reader.ValueSpan.Length > Longest)
            return reader.GetString()!;

        var hash = new HashCode();
        hash.AddBytes(reader.ValueSpan);
        var key = hash.ToHashCode();
        if (ByHash.TryGetValue(key, out var known) && reader.ValueSpan.SequenceEqual(known.Utf8))
            return known.Name;

        var name = Encoding.UTF8.GetString(reader.ValueSpan);
        if (ByHash.Count < Most)
            ByHash.TryAdd(key, (reader.ValueSpan.ToArray(), name));
        return name;
    }

    /// <summary>The column whose type this annotation tells.</summary>
    public static string Typed(string annotation)
    {
        if (Columns.TryGetValue(annotation, out var known))
            return known;
        var column = annotation[..annotation.IndexOf('@', StringComparison.Ordinal)];
        if (Columns.Count < Most)
            Columns.TryAdd(annotation, column);
        return column;
    }
}
