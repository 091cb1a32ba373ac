using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using FriendCity.Serialization;
using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Integration.Infra;

/// <summary>The Bicep compiler, over <c>infra/main.bicep</c>.</summary>
internal static class Bicep
{
    public static readonly string Template = Repository.At("infra", "main.bicep");

    private static readonly string? Compiler =
        typeof(Bicep).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().SingleOrDefault(item => item.Key == "Bicep")?.Value;

    private static readonly ConcurrentDictionary<string, Task<JObject>> Deployments = new();

    /// <summary>What a deployment makes, as far as it can be known before.</summary>
    /// <param name="parameters">As in a file of parameters: <c>param name = value</c>.</param>
    public static Task<JObject> DeploymentAsync(params string[] parameters) => Deployments.GetOrAdd(string.Join('\n', parameters), PredictAsync);

    public static async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        Assert.SkipWhen(Compiler is null, "The tests download the Bicep compiler for Linux on x64 only.");
        using var process = Process.Start(new ProcessStartInfo(Compiler, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }

    // The compiler's snapshot evaluates everything but what only the platform knows: properties of what is made, and the cloud.
    private static async Task<JObject> PredictAsync(string parameters)
    {
        var folder = Scratch.Folder("bicep");
        try
        {
            File.Copy(Template, Path.Combine(folder, "main.bicep"));
            var file = Path.Combine(folder, "main.bicepparam");
            await File.WriteAllTextAsync(file, $"using 'main.bicep'\n{parameters}\n");
            string[] place = ["--subscription-id", Guid.Empty.ToString(), "--resource-group", "office", "--location", "chinanorth3"];
            var (code, output, errors) = await RunAsync(["snapshot", file, "--mode", "overwrite", .. place]);
            Assert.True(code == 0, output + errors);
            return (JObject)Json.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "main.snapshot.json")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
