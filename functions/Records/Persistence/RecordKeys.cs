using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FriendCity.Records.Persistence;

/// <summary>
/// The one owner of record keys. The partition is the first hex digit of the id's SHA-256: an id alone finds its row, an import packs
/// many records into one transaction, and a full scan is 16 parallel range reads. The current row is <c>r:{id}</c>, each version's
/// history row <c>h:{id}:{version, 10 digits}</c>, in the same partition so that one transaction writes both.
/// </summary>
internal static class RecordKeys
{
    public const string CurrentFrom = "r:";

    /// <summary>The first key after all current rows: <c>;</c> follows <c>:</c> in ASCII.</summary>
    public const string CurrentBefore = "r;";

    public const string HistoriesFrom = "h:";

    public const string HistoriesBefore = "h;";

    /// <summary>The last version whose key still sorts by its number.</summary>
    public const long LastVersion = 9_999_999_999;

    public static readonly string[] Partitions = [.. Enumerable.Range(0, 16).Select(n => n.ToString("x", CultureInfo.InvariantCulture))];

    public static string Partition(string id)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(id), hash);
        return Partitions[hash[0] >> 4];
    }

    public static string Current(string id) => $"r:{id}";

    public static string History(string id, long version) => string.Create(CultureInfo.InvariantCulture, $"h:{id}:{version:D10}");

    /// <summary>The record and version of a history row's key; null when it is none.</summary>
    public static (string Id, long Version)? OfHistory(string rowKey) =>
        rowKey.Split(':') is ["h", { Length: > 0 } id, { Length: 10 } digits]
            && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? (id, version) : null;

    public static string HistoryFrom(string id) => $"h:{id}:";

    public static string HistoryBefore(string id) => $"h:{id};";
}
