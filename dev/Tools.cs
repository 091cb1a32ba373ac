using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace FriendCity.Dev;

/// <summary>The two tools everything needs, and how `dotnet` is called.</summary>
internal static class Tools
{
    private const int OldestNode = 20;

    // Build servers would outlive the command that started them.
    private static readonly Dictionary<string, string> NoServers = new()
    {
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
        ["UseSharedCompilation"] = "false",
        ["DOTNET_NOLOGO"] = "1",
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
    };

    public static void Check(Folder folder)
    {
        var node = Ask(folder, "node", "--version")?.TrimStart('v');
        if (node is null)
            throw new Refusal($"Node.js {OldestNode} or newer is needed for the storage emulator, and there is no `node` on the PATH "
                + $"(https://nodejs.org).");
        if (!int.TryParse(node.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major) || major < OldestNode)
            throw new Refusal($"Node.js {OldestNode} or newer is needed, and `node` on the PATH is {node} (https://nodejs.org).");
        if (Ask(folder, DotnetPath, "--version") is null)
            throw new Refusal("The .NET SDK that global.json names is not installed (https://dotnet.microsoft.com/download/dotnet/10.0).");
    }

    /// <summary>True when the tool is on the PATH and answers.</summary>
    public static bool Has(Folder folder, string tool) => Ask(folder, tool, "--version") is not null;

    public static Launch Dotnet(params string[] arguments) => new(DotnetPath, arguments) { Environment = NoServers };

    /// <summary>The `dotnet` that runs this script, which need not be on the PATH.</summary>
    private static string DotnetPath
    {
        get
        {
            var architecture = RuntimeInformation.ProcessArchitecture.ToString().ToUpperInvariant();
            var root = Environment.GetEnvironmentVariable("DOTNET_ROOT_" + architecture) ?? Environment.GetEnvironmentVariable("DOTNET_ROOT");
            var path = root is null ? "dotnet" : Path.Combine(root, "dotnet");
            return File.Exists(path) ? path : "dotnet";
        }
    }

    /// <summary>What a tool answers at once; null when it is missing or refuses.</summary>
    private static string? Ask(Folder folder, string tool, string argument)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(tool, argument)
            {
                WorkingDirectory = folder.Root,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            process.BeginErrorReadLine();
            var answer = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            return process.ExitCode == 0 ? answer : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
