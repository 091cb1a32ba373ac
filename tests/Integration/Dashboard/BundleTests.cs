using System.Diagnostics;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Integration.Dashboard;

/// <summary>The page is bundled by the service's own build.</summary>
public sealed class BundleTests
{
    [Fact]
    public async Task Where_Node_is_missing_the_build_says_what_to_install()
    {
        var folder = Scratch.Folder("no-node");
        try
        {
            // A path on which there is a shell and nothing else.
            File.CreateSymbolicLink(Path.Combine(folder, "sh"), "/bin/sh");
            var dotnet = Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet";
            var start = new ProcessStartInfo(dotnet,
            [
                "msbuild", Repository.At("functions", "FriendCity.Functions.csproj"), "-t:BundleDashboard", "-nologo", "-v:q", "-nodeReuse:false",
                $"-p:DashboardPackages={Path.Combine(folder, "installed")}",
            ])
            { RedirectStandardOutput = true, UseShellExecute = false };
            start.Environment["PATH"] = folder;
            start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
            using var build = Process.Start(start)!;
            var text = await build.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await build.WaitForExitAsync(TestContext.Current.CancellationToken);

            Assert.NotEqual(0, build.ExitCode);
            Assert.Contains("FC0001", text, StringComparison.Ordinal);
            Assert.Contains("Install Node.js with npm, then build or publish again.", text, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
