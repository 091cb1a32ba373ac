using System.Security.Cryptography;

namespace FriendCity.Snapshots;

/// <summary>Files of nobody but us, gone with their stream or with the process: what goes to storage, or comes from there, need not fit into memory.</summary>
internal static class Spool
{
    private const int Buffer = 64 * 1024;

    public static FileStream Open()
    {
        // Made so that only this user may read it.
        var path = Path.GetTempFileName();
        var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, Buffer, OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None);
        if (!OperatingSystem.IsWindows())
            File.Delete(path);
        return stream;
    }

    /// <summary>SHA-256 of all that a stream holds.</summary>
    public static string Hash(Stream stream)
    {
        stream.Position = 0;
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
