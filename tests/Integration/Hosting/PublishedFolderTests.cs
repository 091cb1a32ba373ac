using System.Text.Json;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Integration.Hosting;

/// <summary>What <c>dotnet publish</c> alone makes is the folder that Azure takes: it serves under a Functions host and runs the commands.</summary>
[Trait("Set", "slow")]
public sealed class PublishedFolderTests(Azurite azurite) : IDisposable
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    private readonly string _folder = Directory.CreateTempSubdirectory("published-").FullName;

    [Fact]
    public async Task The_published_folder_is_a_function_app()
    {
        await PublishAsync();
        foreach (var needed in new[] { "host.json", "worker.config.json", "functions.metadata", "extensions.json", "FriendCity.Functions.dll" })
            Assert.True(File.Exists(Path.Combine(_folder, needed)), $"{needed} is missing.");
        Assert.False(File.Exists(Path.Combine(_folder, "local.settings.json")), "Settings of this machine must not travel.");

        var storage = ("AzureWebJobsStorage", await azurite.ConnectionStringAsync(azurite.NewAccount()));
        Assert.Equal((0, ""), await Command(["import", Sample.Folder], storage).EndAsync());
        await using var maker = Command(["keys", "add", "partner", "--scopes", "read"], storage);
        Assert.Equal((0, ""), await maker.EndAsync());

        await using var program = ProgramUnderTest.Serve(_folder, storage);
        using var client = new HttpClient { BaseAddress = await program.Address };
        client.DefaultRequestHeaders.Add("X-Api-Key", maker.Output[^1]);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!(await client.GetAsync(new Uri("/health/ready", UriKind.Relative), patience.Token)).IsSuccessStatusCode)
            patience.Token.ThrowIfCancellationRequested();
        using var kpis = JsonDocument.Parse(await client.GetStringAsync(new Uri("/api/v1/kpis?view=article", UriKind.Relative)));
        Assert.Equal(13, kpis.RootElement.GetProperty("values").EnumerateArray().Single(value => value.GetProperty("kpi").GetString() == "K03")
            .GetProperty("value").GetInt32());
        Assert.Equal("", (await program.KillAsync()).Errors);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private ProgramUnderTest Command(string[] words, (string, string) storage) =>
        ProgramUnderTest.Start("dotnet", ["exec", Path.Combine(_folder, "FriendCity.Functions.dll"), .. words], storage);

    // The tests were built against this very output, so there is nothing to build again.
    private async Task PublishAsync()
    {
        var project = Repository.At("functions", "FriendCity.Functions.csproj");
        await using var publish = ProgramUnderTest.Start(
            "dotnet", ["publish", project, "--no-build", "-c", Configuration, "-o", _folder, "-nodeReuse:false", "-v", "quiet"]);
        var (code, errors) = await publish.EndAsync();
        Assert.True(code == 0, string.Join('\n', publish.Output) + errors);
    }
}
