using FriendCity.Registry;
using FriendCity.Tests.Hosting;
using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Faults;

/// <summary>The real program imports the sample and is killed at its Nth storage request; running it again finishes the work.</summary>
public sealed class ImportKillTests(Azurite azurite)
{
    private const int Stride = 17;

    [Fact]
    public async Task An_import_killed_anywhere_is_finished_by_running_it_again()
    {
        var (records, requests) = await CountAsync();
        for (var n = 1; n <= requests; n++)
            if (n <= 3 || n > requests - 3 || n % Stride == 0)
                await KillAsync(n, records, arrives: n % 2 == 0);
    }

    [Fact]
    [Trait("Set", "long")]
    public async Task An_import_killed_at_any_request_is_finished_by_running_it_again()
    {
        var (records, requests) = await CountAsync();
        for (var n = 1; n <= requests; n++)
            foreach (var arrives in new[] { true, false })
                await KillAsync(n, records, arrives);
    }

    private async Task<(int Records, int Requests)> CountAsync()
    {
        await using var proxy = await azurite.ProxyAsync();
        var account = azurite.NewAccount();
        var (code, output) = await ImportAsync(proxy.ConnectionStringFor(account));
        var records = Registered();
        Assert.Equal((0, $"import: {records} written, 0 unchanged"), (code, output));
        var requests = proxy.Requests.Count;
        await Audit.HoldsAsync(await azurite.ConnectionStringAsync(account));
        Assert.Equal((0, $"import: 0 written, {records} unchanged"), await ImportAsync(proxy.ConnectionStringFor(account)));
        return (records, requests);
    }

    /// <param name="arrives">Whether the request at which the program dies still reaches storage.</param>
    private async Task KillAsync(int n, int records, bool arrives)
    {
        var account = azurite.NewAccount();
        var connection = await azurite.ConnectionStringAsync(account);
        await using (var proxy = await azurite.ProxyAsync())
        {
            if (!arrives)
                proxy.On(new Fault.Reset(), nth: n);
            var started = new TaskCompletionSource<ProgramUnderTest>();
            Task? killed = null;
            proxy.OnRequest = request =>
            {
                if (request.Number == n)
                    killed = started.Task.GetAwaiter().GetResult().KillAsync();
            };
            await using var program = Start(proxy.ConnectionStringFor(account));
            started.SetResult(program);
            await program.EndAsync();
            // Parallel requests come in another order each time; the last few may not come at all.
            if (killed is not null)
                await killed;
            await Audit.SettlesAsync(connection);
        }

        // Again and once more in this process, which is the same code and a tenth of the time.
        var (written, unchanged) = await AgainAsync(connection);
        Assert.Equal(records, written + unchanged);
        await Audit.HoldsAsync(connection);
        Assert.Equal((0, records), await AgainAsync(connection));
    }

    private static async Task<(int Written, int Unchanged)> AgainAsync(string connection)
    {
        using var instance = Instance.Over(connection, RegistryTypes.All);
        var result = await instance.Importer.RunAsync(Sample.Folder, "import", CancellationToken.None);
        Assert.Empty(result.Faults);
        return (result.Written, result.Unchanged);
    }

    private static ProgramUnderTest Start(string connection) => ProgramUnderTest.Start(["--import", Sample.Folder], ("AzureWebJobsStorage", connection));

    private static async Task<(int Code, string Output)> ImportAsync(string connection)
    {
        await using var program = Start(connection);
        var (code, errors) = await program.EndAsync();
        Assert.Empty(errors);
        return (code, program.Output[^1]);
    }

    private static int Registered() => Directory.EnumerateFiles(Sample.Folder, "*.json").Sum(file => JArray.Parse(File.ReadAllText(file)).Count);
}
