using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace FriendCity.Storage.Rest;

/// <summary>One page of a container's listing.</summary>
internal sealed record BlobListing(IReadOnlyList<BlobItem> Items, string? NextMarker)
{
    public static BlobListing Read(BinaryData body)
    {
        try
        {
            using var reader = XmlReader.Create(body.ToStream());
            var root = XDocument.Load(reader).Root!;
            var items = root.Element("Blobs")?.Elements("Blob").Select(Item).ToList() ?? [];
            return new BlobListing(items, root.Element("NextMarker")?.Value is { Length: > 0 } marker ? marker : null);
        }
        catch (Exception e) when (e is XmlException or FormatException)
        {
            throw new StorageException("Storage answered with a listing that cannot be read.", e);
        }
    }

    private static BlobItem Item(XElement blob) => new(
        Text(blob, "Name"),
        long.Parse(Text(blob.Element("Properties"), "Content-Length"), CultureInfo.InvariantCulture),
        Quoted(Text(blob.Element("Properties"), "Etag")),
        DateTimeOffset.Parse(Text(blob.Element("Properties"), "Last-Modified"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));

    private static string Text(XElement? parent, string name) =>
        parent?.Element(name)?.Value ?? throw new FormatException($"A blob of the listing has no {name}.");

    // The listing leaves out the quotes that the header has.
    private static string Quoted(string etag) => etag.StartsWith('"') ? etag : $"\"{etag}\"";
}
