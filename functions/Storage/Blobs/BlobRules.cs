namespace FriendCity.Storage.Blobs;

/// <summary>
/// What the product calls its containers and blobs; narrower than the service's own rules, so that a path means the same everywhere.
/// </summary>
internal static class BlobRules
{
    public static string CheckContainer(string container) =>
        container.Length is >= 3 and <= 63
        && container.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
        && container[0] != '-' && container[^1] != '-' && !container.Contains("--", StringComparison.Ordinal)
            ? container
            : throw new ArgumentException($"'{container}' is not the name of a container.", nameof(container));

    public static BlobName Check(BlobName blob)
    {
        CheckContainer(blob.Container);
        var path = blob.Path;
        return path.Length is >= 1 and <= 1024 && path.All(IsLegal) && path.Split('/')
            .All(segment => segment is not ("" or "." or "..") && segment[^1] != '.')
            ? blob
            : throw new ArgumentException($"'{path}' is not the path of a blob.", nameof(blob));
    }

    public static void CheckMetadata(IReadOnlyDictionary<string, string> metadata)
    {
        foreach (var (name, value) in metadata)
        {
            // Metadata travels as headers: names are identifiers, values printable ASCII.
            var good = name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
                && value.Length > 0 && value.All(c => c is >= ' ' and <= '~') && value.Trim().Length == value.Length;
            if (!good)
                throw new ArgumentException($"Metadata {name} cannot travel in a header.", nameof(metadata));
        }
    }

    private static bool IsLegal(char character) => character is > ' ' and <= '~' and not ('\\' or '?' or '#' or '%' or '"');
}
