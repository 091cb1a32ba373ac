using System.Buffers;
using FriendCity.Http;
using FriendCity.Snapshots.Api;

namespace FriendCity.Snapshots.Publishing;

/// <summary>
/// The container by address, for readers that cannot be given an account in Azure: the same paths as in storage, read-only. Only what is
/// published can be seen; of <c>snapshots/</c> that is what the pointer and the manifests name.
/// </summary>
internal sealed class SnapshotData(SnapshotContent content)
{
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.=-");

    /// <param name="path">The path in the container, as it stands in the address.</param>
    public async Task<IResult> AnswerAsync(HttpRequest request, string? path, CancellationToken cancellationToken)
    {
        Parameters.Check(request);
        return (path ?? "").Split('/') switch
        {
            [""] => await content.IndexAsync(request, cancellationToken),
            ["current.json"] => await content.PointerAsync(request, cancellationToken),
            ["snapshots", var id, SnapshotManifest.FileName] => await content.ManifestAsync(request, id, cancellationToken),
            ["snapshots", var id, var name] => await content.FileAsync(request, id, name, cancellationToken),
            ["contract" or "latest" or "history", _, ..] names when names.All(IsName) => await content.CopyAsync(request, path!, cancellationToken),
            _ => SnapshotContent.NoFile(),
        };
    }

    /// <summary>Neither a way out of the container nor what storage would not take as a name.</summary>
    private static bool IsName(string text) =>
        text.Length > 0 && text[0] != '.' && text[^1] != '.' && !text.AsSpan().ContainsAnyExcept(NameCharacters);
}
