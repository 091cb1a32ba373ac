using System.Net;
using System.Text.Json;
using FriendCity.Hosting;

namespace FriendCity.Tests.Hosting;

/// <summary>What is deployed: host.json at the root, the program it names, and one folder a function.</summary>
[Trait("Set", "slow")]
public sealed class PublishedFolderTests : IDisposable
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    private readonly string _folder = Directory.CreateTempSubdirectory("published-").FullName;

    [Fact]
    public async Task The_published_folder_is_a_function_app_that_answers()
    {
        await PublishAsync();

        var expected = FunctionCatalog.In(typeof(FriendCityApp).Assembly).Functions.Select(function => function.Name);
        var folders = Directory.GetFiles(_folder, "function.json", SearchOption.AllDirectories).Select(file => Path.GetFileName(Path.GetDirectoryName(file)!));
        Assert.Equal(expected, folders.Order(StringComparer.OrdinalIgnoreCase));

        using var host = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_folder, "host.json")));
        var executable = host.RootElement.GetProperty("customHandler").GetProperty("description").GetProperty("defaultExecutablePath").GetString()!;
        await using var program = ProgramUnderTest.Start(Path.Combine(_folder, executable), [], (HostMode.HandlerPortSetting, "0"));
        using var client = new HttpClient();
        using var answer = await client.GetAsync(await program.Address);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("", (await program.KillAsync()).Errors);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // The tests were built against this very output, so there is nothing to build again.
    private async Task PublishAsync()
    {
        var project = Path.Combine(Root(), "functions", "FriendCity.Functions.csproj");
        await using var publish = ProgramUnderTest.Start(
            "dotnet", ["publish", project, "--no-build", "-c", Configuration, "-o", _folder, "-nodeReuse:false", "-v", "quiet"]);
        var (code, errors) = await publish.EndAsync();
        Assert.True(code == 0, string.Join('\n', publish.Output) + errors);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "FriendCityFunctions.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not lie in the solution's folder.");
        return folder.FullName;
    }
}
