using System.Buffers.Text;
using System.Text;
using FriendCity.Records;

namespace FriendCity.Http;

/// <summary>Where the next page of a list begins: after this id. Opaque to callers, and good for the list it came from only.</summary>
internal static class Cursor
{
    public static string After(string list, string id) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"1|{list}|{id}"));

    /// <summary>The id after which to go on, or null when the cursor is not one of ours for this list.</summary>
    public static string? Read(string cursor, string list)
    {
        try
        {
            return Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split('|') is ["1", var of, var id] && of == list && RecordId.IsValid(id) ? id : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
