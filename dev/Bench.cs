namespace FriendCity.Dev;

/// <summary>The benchmarks, as a program of their own, against the service as it is published.</summary>
internal sealed class Bench(Folder folder, string[] options)
{
    private string App => Path.Combine(folder.BenchData, "app");

    public async Task<int> RunAsync(CancellationToken stop)
    {
        try
        {
            Tools.Check(folder);
            Directory.CreateDirectory(folder.BenchData);
            await Packages.InstallAsync(folder, stop);
            await StepAsync("build", Tools.Dotnet("build", folder.BenchProject, "-c", "Release", "--nologo", "-v", "q", "-nodeReuse:false"), stop);
            await StepAsync("publish", Tools.Dotnet("publish", folder.ServiceProject, "-c", "Release", "-o", App, "--nologo", "-v", "q", "-nodeReuse:false"), stop);
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

    // Where JSON is asked for, nothing else may be printed.
    private Task StepAsync(string name, Launch launch, CancellationToken stop) =>
        options.Contains("--json") ? Steps.SucceedAsync(name, folder, launch, stop) : Steps.RunAsync(name, folder, launch, stop);
}
