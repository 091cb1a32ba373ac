using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace FriendCity.RecordsApi.Lists;

/// <summary>
/// Where the next page of a list begins: after these values of the order's fields. Opaque to callers, and good for 30 days, for the query
/// it came from and for the caller who was given it: an edited, cut or borrowed cursor would skip records unseen, so it is refused.
/// On the wire: 16 bytes of HMAC-SHA256 over owner, query and the rest; the second it was issued (4 bytes); the place; all in base64url.
/// </summary>
/// <param name="owner">The name of the caller to whom the cursors are given.</param>
internal sealed class CursorSigner(byte[] key, string owner, TimeProvider time)
{
    private const int SignatureBytes = 16;
    private const int HeadBytes = SignatureBytes + sizeof(uint);
    private static readonly TimeSpan Life = TimeSpan.FromDays(30);

    /// <param name="query">All that makes the list: type, filter, order and so on.</param>
    public string After(string query, IReadOnlyList<string?> place)
    {
        var text = Encoding.UTF8.GetBytes(string.Join('|', place.Select(Part)));
        var cursor = new byte[HeadBytes + text.Length];
        BinaryPrimitives.WriteUInt32BigEndian(cursor.AsSpan(SignatureBytes), Now);
        text.CopyTo(cursor, HeadBytes);
        Sign(query, cursor.AsSpan(SignatureBytes)).CopyTo(cursor);
        return Base64Url.EncodeToString(cursor);
    }

    /// <summary>The place after which to go on, or null when the cursor is not one of ours for this caller and query, or is too old.</summary>
    public IReadOnlyList<string?>? Read(string cursor, string query)
    {
        try
        {
            var bytes = Base64Url.DecodeFromChars(cursor);
            // Encoded again, because decoding forgives blanks and loose last bits.
            if (bytes.Length < HeadBytes || Base64Url.EncodeToString(bytes) != cursor)
                return null;
            var signed = bytes.AsSpan(SignatureBytes);
            return CryptographicOperations.FixedTimeEquals(Sign(query, signed), bytes.AsSpan(0, SignatureBytes))
                && Now - (long)BinaryPrimitives.ReadUInt32BigEndian(signed) <= Life.TotalSeconds
                    ? [.. Encoding.UTF8.GetString(bytes.AsSpan(HeadBytes)).Split('|').Select(Value)]
                    : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private uint Now => (uint)time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>The owner's length keeps a name from passing for a part of the query.</summary>
    private Span<byte> Sign(string query, ReadOnlySpan<byte> rest) =>
        HMACSHA256.HashData(key, (byte[])[.. Encoding.UTF8.GetBytes(FormattableString.Invariant($"{owner.Length}:{owner}|{query}|")), .. rest])
            .AsSpan(0, SignatureBytes);

    private static string Part(string? value) =>
        value is null ? "" : "=" + value.Replace("~", "~0", StringComparison.Ordinal).Replace("|", "~1", StringComparison.Ordinal);

    private static string? Value(string part) =>
        part.Length == 0 ? null : part[1..].Replace("~1", "|", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
}
