using System.Diagnostics;
using FriendCity.Snapshots.Publishing;

namespace FriendCity.Tests.Support;

/// <summary>Readers, checkers and clients that others wrote, run by Node: what our files and feeds are held against.</summary>
internal static class Oracles
{
    private static readonly string Scripts = Repository.At("tests", "oracles");
    private static readonly Lazy<Task<(string? Folder, string Why)>> Installed = new(InstallAsync);

    /// <summary>The folder in which <c>tests/oracles/package.json</c> is installed; skips the test with the reason when they cannot be.</summary>
    public static async Task<string> FolderAsync()
    {
        var (folder, why) = await Installed.Value;
        Assert.SkipWhen(folder is null, $"The packages of tests/oracles/package.json could not be installed: {why}");
        return folder;
    }

    /// <summary>Runs a script over files; each file's rows then stand in <c>file.reader</c>.</summary>
    public static async Task ReadAsync(string script, IEnumerable<string> files, params string[] arguments)
    {
        var (code, errors) = await RunAsync("node", [Path.Combine(Scripts, script), .. arguments], Scripts, string.Join('\n', files));
        Assert.True(code == 0, errors);
    }

    /// <param name="environment">Beside this process's own.</param>
    public static async Task<(int Code, string Output)> RunAsync(string program, IReadOnlyList<string> arguments, string folder, string input,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }

    // Named by the lock file's hash and moved into place whole, so a folder that is there is complete and right.
    private static async Task<(string? Folder, string Why)> InstallAsync()
    {
        var version = SnapshotStore.Hash(await File.ReadAllBytesAsync(Path.Combine(Scripts, "package-lock.json")))[..16];
        var cache = Repository.At(".friendcity-oracles");
        var folder = Path.Combine(cache, version);
        if (Directory.Exists(folder))
            return (folder, "");

        var fresh = Path.Combine(cache, $"{version}-{Guid.NewGuid():N}");
        Directory.CreateDirectory(fresh);
        Directory.CreateDirectory(Path.Combine(fresh, "desktop-bridge"));
        foreach (var file in (string[])["package.json", "package-lock.json", ".npmrc", "desktop-bridge/package.json", "desktop-bridge/index.js"])
            File.Copy(Path.Combine(Scripts, file), Path.Combine(fresh, file));
        try
        {
            // Not "ci": a feed may lack the engine's builds for other machines, and "ci" insists on all that a lock file could name.
            var (code, output) = await RunAsync("npm", ["install", "--ignore-scripts"], fresh, "");
            if (code == 0)
                Directory.Move(fresh, folder);
            return code == 0 ? (folder, "") : (null, output.ReplaceLineEndings(" "));
        }
        catch (Exception fault) when (fault is System.ComponentModel.Win32Exception or IOException)
        {
            return (Directory.Exists(folder) ? folder : null, fault.Message);
        }
        finally
        {
            if (Directory.Exists(fresh))
                Directory.Delete(fresh, recursive: true);
        }
    }
}
