using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using FriendCity.Records;

namespace FriendCity.Http;

/// <summary>
/// Where the next page of a list begins: after this id. Opaque to callers, and good for the list it came from only. The checksum is
/// against cut and edited cursors, which would skip records unseen; it is no secret, as a cursor opens nothing that the list does not.
/// </summary>
internal static class Cursor
{
    private const int ChecksumBytes = 6;

    public static string After(string list, string id)
    {
        var text = Encoding.UTF8.GetBytes($"1|{list}|{id}");
        return Base64Url.EncodeToString([.. SHA256.HashData(text).AsSpan(0, ChecksumBytes), .. text]);
    }

    /// <summary>The id after which to go on, or null when the cursor is not one of ours for this list.</summary>
    public static string? Read(string cursor, string list)
    {
        try
        {
            return Base64Url.DecodeFromChars(cursor) is { Length: > ChecksumBytes } bytes
                && Encoding.UTF8.GetString(bytes.AsSpan(ChecksumBytes)).Split('|')[^1] is var id
                && RecordId.IsValid(id) && After(list, id) == cursor ? id : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
