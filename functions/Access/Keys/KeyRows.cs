using System.Security.Cryptography;
using FriendCity.Storage.Tables;

namespace FriendCity.Access.Keys;

/// <summary>
/// A key as a row of the table <c>access</c>. Rows of older versions have an owner (in <c>Name</c>), scopes, a hash, an end and no more.
/// A revoked key has no hash: a version that does not know of revocation cannot read the row, and so lets nobody in by it.
/// </summary>
internal static class KeyRows
{
    public const string Partition = "keys";

    private static readonly Scopes All = Enum.GetValues<Scopes>().Aggregate((all, each) => all | each);

    public static TableRow Row(KeyRecord key)
    {
        var columns = new Dictionary<string, object> { ["Name"] = key.Owner, ["Scopes"] = (long)key.Scopes };
        Add("Contact", key.Contact);
        Add("Hash", key.Hash is { } hash ? Convert.ToHexStringLower(hash) : null);
        Add("CreatedAt", key.CreatedAt);
        Add("CreatedBy", key.CreatedBy);
        Add("Expires", key.Expires);
        Add("RevokedAt", key.RevokedAt);
        Add("RevokedBy", key.RevokedBy);
        Add("ReplacedBy", key.ReplacedBy);
        return new TableRow(Partition, key.Id, columns);

        void Add(string name, object? value)
        {
            if (value is not null)
                columns.Add(name, value);
        }
    }

    /// <summary>A row that cannot be read is no key, and keeps no other key from being one. One whose end is not told would never end.</summary>
    /// <exception cref="FormatException">Names the column.</exception>
    public static KeyRecord Read(TableRow row)
    {
        if (row.Integer("Scopes") is not { } scopes || (scopes & ~(long)All) != 0)
            throw new FormatException("Column Scopes names no scopes.");
        var revoked = Instant(row, "RevokedAt");
        var hash = Convert.FromHexString(row.Text("Hash") ?? "");
        if (revoked is null && hash.Length != SHA256.HashSizeInBytes)
            throw new FormatException("Column Hash holds no SHA-256.");
        return new KeyRecord(row.RowKey, row.Text("Name") ?? throw new FormatException("Column Name holds no text."), (Scopes)scopes)
        {
            Contact = row.Text("Contact"),
            Hash = revoked is null ? hash : null,
            CreatedAt = Instant(row, "CreatedAt"),
            CreatedBy = row.Text("CreatedBy"),
            Expires = Instant(row, "Expires"),
            RevokedAt = revoked,
            RevokedBy = row.Text("RevokedBy"),
            ReplacedBy = row.Text("ReplacedBy"),
            ETag = row.ETag,
        };
    }

    private static DateTimeOffset? Instant(TableRow row, string column) => !row.Columns.TryGetValue(column, out var value) ? null
        : value as DateTimeOffset? ?? throw new FormatException($"Column {column} holds no instant.");
}
