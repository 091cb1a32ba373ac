namespace FriendCity.Dev;

/// <summary>
/// The benchmarks, as a program of their own, against the service as it is published, under the local Functions host. What it prints is all
/// that is printed.
/// </summary>
internal sealed class Bench(Folder folder, string[] options)
{
    private string App => Path.Combine(folder.BenchData, "app");

    private string Empty => Path.Combine(folder.BenchData, "empty");

    public async Task<int> RunAsync(CancellationToken stop)
    {
        try
        {
            Tools.Check(folder);
            Directory.CreateDirectory(folder.BenchData);
            await Packages.InstallAsync(folder, stop);
            if (!options.Contains("--json"))
            {
                await Steps.RunAsync("build", folder, Build(), stop);
                foreach (var (project, to) in Apps())
                    await Steps.RunAsync("publish", folder, Publish(project, to), stop);
            }
            else
            {
                await Steps.SucceedAsync("build", folder, Build(), stop);
                foreach (var (project, to) in Apps())
                    await Steps.SucceedAsync("publish", folder, Publish(project, to), stop);
            }
            string[] pages = options.Contains("cost") || options.Contains("scale") ? ["--docs", folder.At("docs")] : [];
            var run = Tools.Dotnet([folder.BenchBinary, .. options, "--app", App, "--empty", Empty, "--keep", folder.BenchData, .. pages]);
            return (await Tethered.RunAsync(folder, run with { Echo = true }, stop)).ExitCode;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Console.WriteLine("stopped");
            return ExitCode.Interrupted;
        }
    }

    private Launch Build() => Tools.Dotnet("build", folder.BenchProject, "-c", "Release", "--nologo", "-v", "q", "-nodeReuse:false");

    /// <summary>The service, and the empty app beside it, published alike: into empty folders, since an old publish leaves files behind.</summary>
    private IEnumerable<(string Project, string To)> Apps()
    {
        foreach (var to in new[] { App, Empty }.Where(Directory.Exists))
            Directory.Delete(to, recursive: true);
        return [(folder.ServiceProject, App), (folder.At("tests", "Benchmarks", "EmptyApp", "FriendCity.EmptyApp.csproj"), Empty)];
    }

    private static Launch Publish(string project, string to) => Tools.Dotnet(
        "publish", project, "-c", "Release", "-r", "linux-x64", "--self-contained", "false", "-o", to, "--nologo", "-v", "q", "-nodeReuse:false");
}
