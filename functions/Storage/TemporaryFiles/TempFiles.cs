using System.Security.Cryptography;

namespace FriendCity.Storage.TemporaryFiles;

/// <summary>
/// The temporary folder does not take what is put there: it is full, gone, or not ours to write. It heals by itself once there is room.
/// </summary>
internal sealed class TempFileException(Exception fault) : IOException($"Temporary files cannot be written: {fault.Message}", fault);

/// <summary>
/// Files of nobody but us, gone with their stream or with the process: what goes to storage, or comes from there, need not fit into memory.
/// </summary>
/// <param name="open">An empty file, to be written and read; gone when it is closed.</param>
internal sealed class TempFiles(Func<Stream> open)
{
    private const int Buffer = 64 * 1024;

    /// <summary>In the folder that the system keeps for such files.</summary>
    public static TempFiles Standard { get; } = In(Path.GetTempPath());

    public static TempFiles In(string folder) => new(() => OpenFile(folder));

    /// <exception cref="TempFileException">There is no room for it; its writes throw the same.</exception>
    public Stream Open()
    {
        try
        {
            return new TempFileStream(open());
        }
        catch (Exception fault) when (TempFileStream.IsRefusal(fault))
        {
            throw new TempFileException(fault);
        }
    }

    /// <summary>One with something in it, at its beginning; nothing is left of one that could not be filled.</summary>
    public async Task<Stream> FilledAsync(Func<Stream, Task> fill)
    {
        var file = Open();
        try
        {
            await fill(file);
            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    /// <summary>SHA-256 of all that a stream holds.</summary>
    public static string Hash(Stream stream)
    {
        stream.Position = 0;
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static FileStream OpenFile(string folder)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = Buffer };
        if (OperatingSystem.IsWindows())
            options.Options = FileOptions.DeleteOnClose;
        else
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var path = Path.Combine(folder, $"friendcity-{Guid.NewGuid():N}.tmp");
        FileStream? stream = null;
        try
        {
            stream = new FileStream(path, options);
            // Where a file may lose its name while it is open, not even a killed process leaves one behind.
            if (!OperatingSystem.IsWindows())
                File.Delete(path);
            return stream;
        }
        catch
        {
            stream?.Dispose();
            throw;
        }
    }
}
