using Azure.Core;

namespace FriendCity.Storage;

/// <summary>How requests prove who sends them.</summary>
internal abstract class StorageAccess
{
    private StorageAccess() { }

    // Classes and not records: a record's text would show the secret in a log.
    internal sealed class SharedKey(string account, byte[] key) : StorageAccess
    {
        public string Account { get; } = account;

        public byte[] Key { get; } = key;
    }

    internal sealed class Signature(string query) : StorageAccess
    {
        /// <summary>The query of a shared access signature, without its question mark.</summary>
        public string Query { get; } = query;
    }

    internal sealed class Identity(TokenCredential credential) : StorageAccess
    {
        public TokenCredential Credential { get; } = credential;
    }
}

/// <summary>Where the account's tables and blobs are, and how to be let in.</summary>
internal sealed class StorageAccount(Uri tables, Uri blobs, StorageAccess access)
{
    public Uri Tables { get; } = WithoutTrailingSlash(tables);

    public Uri Blobs { get; } = WithoutTrailingSlash(blobs);

    public StorageAccess Access { get; } = access;

    /// <exception cref="FormatException">Says what is wrong with the text, and never shows its secrets.</exception>
    public static StorageAccount Parse(string connectionString) => ConnectionString.Parse(connectionString);

    public static StorageAccount ForIdentity(Uri tables, Uri blobs, TokenCredential credential) =>
        new(tables, blobs, new StorageAccess.Identity(credential));

    // A path-style endpoint ends in the account's name; Uri itself puts a slash only behind a bare host.
    private static Uri WithoutTrailingSlash(Uri endpoint) => new(endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/'));
}
