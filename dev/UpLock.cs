using System.Globalization;

namespace FriendCity.Dev;

/// <summary>One `up` a clone. The system gives the lock back however its holder ends.</summary>
internal static class UpLock
{
    public static FileStream Take(Folder folder)
    {
        Directory.CreateDirectory(folder.Data);
        try
        {
            return new FileStream(folder.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new Refusal("`up` is already running in this folder: stop it first, or use another clone.", ExitCode.Usage);
        }
    }

    /// <summary>
    /// After a SIGKILL the tether still gives the old emulator its grace time to save; two of them on the same data
    /// would spoil it. Longer than this can only be another process that got the same number.
    /// </summary>
    public static async Task WaitForOldStorageAsync(Folder folder, CancellationToken stop)
    {
        if (!File.Exists(folder.StoragePid)
            || !int.TryParse(await File.ReadAllTextAsync(folder.StoragePid, stop), NumberStyles.None | NumberStyles.AllowTrailingWhite,
                CultureInfo.InvariantCulture, out var id))
            return;
        await Poll.UntilAsync(TimeSpan.FromSeconds(15), () => Task.FromResult(!File.Exists(folder.StoragePid) || !IsRunning(id)), stop);
        File.Delete(folder.StoragePid);
    }

    private static bool IsRunning(int id)
    {
        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(id);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
