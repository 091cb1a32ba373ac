using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace FriendCity.Http;

/// <summary>
/// Where the next page of a list begins: after these values of the order's fields. Opaque to callers, and good for the query it came from
/// only. The checksum is against cut and edited cursors, which would skip records unseen; it is no secret, as a cursor opens nothing that
/// the list does not.
/// </summary>
internal static class Cursor
{
    private const int ChecksumBytes = 6;

    /// <param name="query">All that makes the list: type, filter, order and so on.</param>
    public static string After(string query, IReadOnlyList<string?> place)
    {
        var text = Encoding.UTF8.GetBytes(string.Join('|', place.Select(Part)));
        return Base64Url.EncodeToString([.. Checksum(query, text), .. text]);
    }

    /// <summary>The place after which to go on, or null when the cursor is not one of ours for this query.</summary>
    public static IReadOnlyList<string?>? Read(string cursor, string query)
    {
        try
        {
            var bytes = Base64Url.DecodeFromChars(cursor);
            // Encoded again, because decoding forgives blanks and loose last bits.
            if (bytes.Length <= ChecksumBytes || Base64Url.EncodeToString(bytes) != cursor)
                return null;
            var text = bytes.AsSpan(ChecksumBytes);
            return Checksum(query, text).SequenceEqual(bytes.AsSpan(0, ChecksumBytes)) ? [.. Encoding.UTF8.GetString(text).Split('|').Select(Value)] : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static Span<byte> Checksum(string query, ReadOnlySpan<byte> text) => SHA256.HashData([.. Encoding.UTF8.GetBytes($"2|{query}|"), .. text]).AsSpan(0, ChecksumBytes);

    private static string Part(string? value) => value is null ? "" : "=" + value.Replace("~", "~0", StringComparison.Ordinal).Replace("|", "~1", StringComparison.Ordinal);

    private static string? Value(string part) => part.Length == 0 ? null : part[1..].Replace("~1", "|", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
}
