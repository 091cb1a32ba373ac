using FriendCity.OpenApi;
using FriendCity.Registry;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Integration.OpenApi;

/// <summary>
/// Clients that generators make of the document do what a partner's program does: list to the end, create, patch, delete, import, follow changes.
/// </summary>
public sealed class GeneratedClientTests(Azurite azurite) : IDisposable
{
    private const string Printed = """
        23 cities
        made ORG-CLIENT 1 港务局（示例）
        refused 412 stale_etag True
        changed 2 https://port.example government
        imported succeeded 1
        changes 1 2 3 deleted

        """;

    private readonly string _folder = Scratch.Folder("client");

    [Fact, Trait("Set", "slow")]
    public async Task One_of_TypeScript_is_typed_by_the_document_and_works()
    {
        var oracles = await Oracles.FolderAsync();
        await PrepareAsync("client.ts");
        Directory.CreateSymbolicLink(Path.Combine(_folder, "node_modules"), Path.Combine(oracles, "node_modules"));
        await RunAsync("node", "node_modules/openapi-typescript/bin/cli.js", "openapi.json", "-o", "schema.d.ts");
        await RunAsync("node", "node_modules/typescript/bin/tsc", "--noEmit", "--strict", "--target", "es2022", "--module", "es2022",
            "--moduleResolution", "bundler", "--skipLibCheck", "client.ts");
        await RunAsync("node", "node_modules/esbuild/bin/esbuild", "client.ts", "--bundle", "--format=esm", "--platform=node",
            "--outfile=client.mjs", "--log-level=error");
        Assert.Equal(Printed, await ServedAsync("node", "client.mjs"), ignoreCase: true);
    }

    [Fact, Trait("Set", "long")]
    public async Task One_of_Kiota_is_compiled_and_works()
    {
        await PrepareAsync("KiotaClient.cs", "KiotaClient.csproj");
        Directory.CreateDirectory(Path.Combine(_folder, ".config"));
        File.Copy(Repository.At(".config", "dotnet-tools.json"), Path.Combine(_folder, ".config", "dotnet-tools.json"));
        await RunAsync("dotnet", "tool", "restore");
        await RunAsync("dotnet", "kiota", "generate", "-l", "CSharp", "-d", "openapi.json", "-o", "generated", "-c", "FriendCityClient",
            "-n", "FriendCity.Client", "--exclude-backward-compatible", "--log-level", "Error");
        Assert.Equal(Printed, await ServedAsync("dotnet", "run", "--project", "KiotaClient.csproj"), ignoreCase: true);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task PrepareAsync(params string[] files)
    {
        await File.WriteAllBytesAsync(Path.Combine(_folder, "openapi.json"), new ApiDocument(RegistryTypes.All, Sample.Views).Json.Content);
        foreach (var file in files)
            File.Copy(Repository.At("tests", "Integration", "OpenApi", "Clients", file), Path.Combine(_folder, file));
    }

    /// <summary>Runs the client against an office that has the sample.</summary>
    private async Task<string> ServedAsync(params string[] command)
    {
        await using var app = await azurite.OfficeAsync(sample: true);
        return await RunAsync(command, app.AsEnvironment());
    }

    private Task<string> RunAsync(params string[] command) => RunAsync(command, null);

    /// <summary>Runs a command in the folder; the answer is what it printed.</summary>
    private async Task<string> RunAsync(string[] command, IReadOnlyDictionary<string, string>? environment)
    {
        var (code, output) = await Oracles.RunAsync(command[0], command[1..], _folder, "", environment);
        Assert.True(code == 0, $"{string.Join(' ', command)}: {output}");
        return output;
    }
}
