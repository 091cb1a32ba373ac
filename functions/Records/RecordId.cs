using FriendCity.Messages;

namespace FriendCity.Records;

/// <summary>Ids are letters, digits, <c>_</c> and <c>-</c>, so that they need no quoting in keys, addresses or file names.</summary>
internal static class RecordId
{
    public const int MaxLength = 64;

    public static readonly Text Rule = new(
        "An id has 1 to 64 characters out of A–Z, a–z, 0–9, _ and -.", "编号由 1 至 64 个字符组成，只能使用 A–Z、a–z、0–9、_ 和 -。");

    public static bool IsValid(string id) => id.Length is > 0 and <= MaxLength && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
}
