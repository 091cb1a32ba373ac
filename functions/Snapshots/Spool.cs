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
        FileStream? stream = null;
        try
        {
            stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, Buffer, OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None);
            // Where a file may lose its name while it is open, not even a killed process leaves one behind.
            if (!OperatingSystem.IsWindows())
                File.Delete(path);
            return stream;
        }
        catch
        {
            stream?.Dispose();
            File.Delete(path);
            throw;
        }
    }

    /// <summary>SHA-256 of all that a stream holds.</summary>
    public static string Hash(Stream stream)
    {
        stream.Position = 0;
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
