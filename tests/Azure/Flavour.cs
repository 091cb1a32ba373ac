using System.Diagnostics;
using FriendCity.Tests.Dev;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Flavours;

/// <summary>What the build would compile and reference, asked of the build itself; nothing is restored or built.</summary>
internal sealed class Flavour
{
    private static readonly Lazy<Task<Flavour>> LazyOurs = new(() => EvaluateAsync(Project, azurePackages: false));
    private static readonly Lazy<Task<Flavour>> LazyOfficial = new(() => EvaluateAsync(Project, azurePackages: true));
    private static readonly Lazy<Task<Flavour>> LazyOfficialTests = new(() => EvaluateAsync(TestProject, azurePackages: true));

    private readonly JObject _project;

    private Flavour(JObject project) => _project = project;

    public static Task<Flavour> Ours => LazyOurs.Value;

    public static Task<Flavour> Official => LazyOfficial.Value;

    public static Task<Flavour> OfficialTests => LazyOfficialTests.Value;

    public static string TestProject => Repository.At("tests", "FriendCity.Tests.csproj");

    public static string Project => Repository.At("functions", "FriendCity.Functions.csproj");

    public IReadOnlyList<string> Packages => Items("PackageReference");

    /// <summary>Relative to the project, with forward slashes.</summary>
    public IReadOnlyList<string> Sources => [.. Items("Compile").Select(path => path.Replace('\\', '/'))];

    public IReadOnlyList<string> Usings => Items("Using");

    /// <summary>The file that becomes host.json in the output.</summary>
    public string HostJson => Path.Combine(Path.GetDirectoryName(Project)!, (string)Assert.Single(_project["Items"]!["Content"]!, item => (string?)item["Link"] == "host.json")["Identity"]!);

    public string Property(string name) => (string)_project["Properties"]![name]!;

    private static async Task<Flavour> EvaluateAsync(string project, bool azurePackages)
    {
        var start = new ProcessStartInfo("dotnet",
        [
            "msbuild", project, $"-p:AzurePackages={(azurePackages ? "true" : "false")}", "-nodeReuse:false",
            "-getItem:PackageReference,Compile,Using,Content",
            "-getProperty:OutputType,AzureFunctionsVersion,BaseIntermediateOutputPath,BaseOutputPath,NuGetLockFilePath",
        ])
        { UseShellExecute = false, RedirectStandardOutput = true };
        using var build = Process.Start(start)!;
        var answer = await build.StandardOutput.ReadToEndAsync();
        await build.WaitForExitAsync();
        Assert.True(build.ExitCode == 0, answer);
        return new Flavour(JObject.Parse(answer));
    }

    private List<string> Items(string kind) => [.. _project["Items"]![kind]!.Select(item => (string)item["Identity"]!)];
}
