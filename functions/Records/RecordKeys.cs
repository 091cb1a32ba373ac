using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FriendCity.Records;

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

    public static readonly string[] Partitions = [.. Enumerable.Range(0, 16).Select(n => n.ToString("x", CultureInfo.InvariantCulture))];

    public static string Partition(string id)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(id), hash);
        return Partitions[hash[0] >> 4];
    }

    public static string Current(string id) => $"r:{id}";

    public static string History(string id, long version) => string.Create(CultureInfo.InvariantCulture, $"h:{id}:{version:D10}");

    public static string HistoryFrom(string id) => $"h:{id}:";

    public static string HistoryBefore(string id) => $"h:{id};";
}
