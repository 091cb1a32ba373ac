using FriendCity.Snapshots.Publishing;

namespace FriendCity.Snapshots;

/// <summary>Where Azure keeps the snapshots, in the parts in which Power BI names it.</summary>
/// <param name="Domain">Such as blob.core.windows.net, or blob.core.chinacloudapi.cn.</param>
internal sealed record SnapshotAddress(string Account, string Domain, string Container)
{
    public string Url => $"https://{Account}.{Domain}";

    /// <summary>The same account's Data Lake endpoint.</summary>
    public string LakeUrl => $"https://{Account}.{Domain.Replace("blob.", "dfs.", StringComparison.Ordinal)}";

    /// <summary>Null for the emulator and for a domain of one's own, which do not tell the account.</summary>
    public static SnapshotAddress? Of(Uri blobs)
    {
        var labels = blobs.Host.Split('.', 2);
        return blobs.Scheme == Uri.UriSchemeHttps && blobs.AbsolutePath == "/" && blobs.IsDefaultPort && blobs.HostNameType == UriHostNameType.Dns
            && labels.Length == 2 && $".{labels[1]}.".Contains(".blob.", StringComparison.Ordinal)
                ? new SnapshotAddress(labels[0], labels[1], SnapshotStore.StandardContainer)
                : null;
    }
}

/// <summary>The address, or null where Power BI could not use it.</summary>
internal sealed record SnapshotPlace(SnapshotAddress? Address);
