using System.Net;
using System.Text;
using System.Text.Json;
using FriendCity.Hosting;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Hosting;

/// <summary>What is deployed: host.json at the root, the program it names, and one folder a function.</summary>
[Trait("Set", "slow")]
public sealed class PublishedFolderTests(Azurite azurite) : IDisposable
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    private readonly string _folder = Directory.CreateTempSubdirectory("published-").FullName;

    /// <summary>What the Functions host posts to a timer that has never fired.</summary>
    private const string TimerCall = """
        {"Data":{"timer":{"Schedule":{"AdjustForDST":true},"ScheduleStatus":{"Last":"0001-01-01T00:00:00","Next":"2026-11-21T18:00:00+00:00","LastUpdated":"0001-01-01T00:00:00"},"IsPastDue":true}},
         "Metadata":{"sys":{"MethodName":"NightlySnapshot","UtcNow":"2026-11-22T07:39:20.7344816Z","RandGuid":"ba76cbfc-0000-0000-0000-000000000000"}}}
        """;

    [Fact]
    public async Task The_published_folder_is_a_function_app_that_answers_forwarded_calls_and_timers()
    {
        await PublishAsync();
        foreach (var function in FunctionCatalog.In(typeof(FriendCityApp).Assembly).Functions)
            Assert.Equal(FunctionJson.Write(function), await File.ReadAllTextAsync(Path.Combine(_folder, function.Name, "function.json")));

        var storage = ("AzureWebJobsStorage", await azurite.ConnectionStringAsync(azurite.NewAccount()));
        Assert.Equal((0, ""), await Start(["--import", Sample.Folder], storage).EndAsync());
        await using var maker = Start(["--add-key", "partner", "--scopes", "read"], storage);
        Assert.Equal((0, ""), await maker.EndAsync());
        var key = maker.Output[^1];

        await using var program = Start([], storage, (HostMode.HandlerPortSetting, "0"));
        using var client = new HttpClient { BaseAddress = await program.Address };
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("/", UriKind.Relative))).StatusCode);
        client.DefaultRequestHeaders.Add("X-Azure-Functions-InvocationId", "6a3e2f0e-0000-0000-0000-000000000000");
        client.DefaultRequestHeaders.Add("X-Azure-Functions-HostVersion", "4.1037.0");

        using var timer = await client.PostAsync(new Uri("/NightlySnapshot", UriKind.Relative), new StringContent(TimerCall, Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.OK, timer.StatusCode);
        Assert.Equal("application/json", timer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(await timer.Content.ReadAsStringAsync()).RootElement.ValueKind);

        client.DefaultRequestHeaders.Add("X-Api-Key", key);
        using var kpis = JsonDocument.Parse(await client.GetStringAsync(new Uri("/api/v1/kpis?view=article", UriKind.Relative)));
        Assert.Equal(13, kpis.RootElement.GetProperty("values").EnumerateArray().Single(value => value.GetProperty("kpi").GetString() == "K03").GetProperty("value").GetInt32());
        using var snapshots = JsonDocument.Parse(await client.GetStringAsync(new Uri("/api/v1/snapshots", UriKind.Relative)));
        Assert.False(Assert.Single(snapshots.RootElement.GetProperty("value").EnumerateArray()).GetProperty("provisional").GetBoolean());
        Assert.Equal("", (await program.KillAsync()).Errors);
    }

    private ProgramUnderTest Start(string[] arguments, params (string, string)[] settings)
    {
        using var host = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "host.json")));
        var executable = host.RootElement.GetProperty("customHandler").GetProperty("description").GetProperty("defaultExecutablePath").GetString()!;
        return ProgramUnderTest.Start(Path.Combine(_folder, executable), arguments, settings);
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
