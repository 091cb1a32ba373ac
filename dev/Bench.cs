namespace FriendCity.Dev;

/// <summary>The benchmarks, as a program of their own, against the service as it is published. What it prints is all that is printed.</summary>
internal sealed class Bench(Folder folder, string[] options)
{
    private string App => Path.Combine(folder.BenchData, "app");

    public async Task<int> RunAsync(CancellationToken stop)
    {
        try
        {
            Tools.Check(folder);
            Directory.CreateDirectory(folder.BenchData);
            if (!options.Contains("--json"))
            {
                await Packages.InstallAsync(folder, stop);
                await Steps.RunAsync("build", folder, Build(), stop);
                await Steps.RunAsync("publish", folder, Publish(), stop);
            }
            else
            {
                await Steps.SucceedAsync("build", folder, Build(), stop);
                await Steps.SucceedAsync("publish", folder, Publish(), stop);
            }
            string[] page = options.Contains("cost") ? ["--doc", folder.At("docs", "cost.md")] : [];
            var run = Tools.Dotnet([folder.BenchBinary, .. options, "--app", App, "--keep", folder.BenchData, .. page]);
            return (await Tethered.RunAsync(folder, run with { Echo = true }, stop)).ExitCode;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Console.WriteLine("stopped");
            return ExitCode.Interrupted;
        }
    }

    private Launch Build() => Tools.Dotnet("build", folder.BenchProject, "-c", "Release", "--nologo", "-v", "q", "-nodeReuse:false");

    private Launch Publish() => Tools.Dotnet("publish", folder.ServiceProject, "-c", "Release", "-r", "linux-x64", "--self-contained", "false", "-o", App, "--nologo", "-v", "q", "-nodeReuse:false");
}
