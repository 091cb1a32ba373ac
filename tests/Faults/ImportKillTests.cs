using FriendCity.Registry;
using FriendCity.Tests.Integration.Hosting;
using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Faults;

/// <summary>The real program imports the sample and is killed at its Nth storage request; running it again finishes the work.</summary>
public sealed class ImportKillTests : IAsyncDisposable
{
    /// <summary>Parallel requests come in another order each time: the last few may not come at all.</summary>
    private const int Uncertain = 3;

    private readonly FreshAccounts _accounts = new();

    [Fact]
    public async Task An_import_killed_anywhere_is_finished_by_running_it_again()
    {
        var (records, requests) = await CountAsync();
        foreach (var n in new[] { 2, requests / 3, (requests * 2 / 3) | 1, requests - 5 })
            Assert.True(await KillAsync(n, records, arrives: n % 2 == 0), $"Nothing was killed at request {n} of {requests}.");
    }

    [Fact]
    [Trait("Set", "long")]
    public async Task An_import_killed_at_any_request_is_finished_by_running_it_again()
    {
        var (records, requests) = await CountAsync();
        for (var n = 1; n <= requests; n++)
            Assert.True(await KillAsync(n, records, arrives: n % 2 != 0) || n > requests - Uncertain,
                $"Nothing was killed at request {n} of {requests}.");
    }

    public ValueTask DisposeAsync() => _accounts.DisposeAsync();

    private async Task<(int Records, int Requests)> CountAsync()
    {
        var (proxy, harmed, direct) = await _accounts.NextAsync();
        await using var end = proxy;
        var (code, output) = await ImportAsync(harmed);
        var records = Registered();
        Assert.Equal((0, $"import: {records} written, 0 unchanged"), (code, output));
        var requests = proxy.Requests.Count;
        await Audit.HoldsAsync(direct);
        Assert.Equal((0, $"import: 0 written, {records} unchanged"), await ImportAsync(direct));
        return (records, requests);
    }

    /// <param name="arrives">Whether the request at which the program dies still reaches storage.</param>
    /// <returns>False when the import made fewer requests, and nothing was killed.</returns>
    private async Task<bool> KillAsync(int n, int records, bool arrives)
    {
        var (proxy, harmed, direct) = await _accounts.NextAsync();
        Task? killed = null;
        await using (proxy)
        {
            if (!arrives)
                proxy.On(new Fault.Reset(), nth: n);
            var started = new TaskCompletionSource<ProgramUnderTest>();
            proxy.OnRequest = request =>
            {
                if (request.Number == n)
                    killed = started.Task.GetAwaiter().GetResult().KillAsync();
            };
            await using var program = Start(harmed);
            started.SetResult(program);
            await program.EndAsync();
            if (killed is not null)
                await killed;
            await Audit.SettlesAsync(direct);
        }

        // Again and once more in this process, which is the same code and a tenth of the time.
        var (written, unchanged) = await AgainAsync(direct);
        Assert.Equal(records, written + unchanged);
        await Audit.HoldsAsync(direct);
        Assert.Equal((0, records), await AgainAsync(direct));
        return killed is not null;
    }

    private static async Task<(int Written, int Unchanged)> AgainAsync(string connection)
    {
        using var instance = Instance.Over(connection, RegistryTypes.All);
        var result = await instance.Importer.RunAsync(Sample.Folder, "import", CancellationToken.None);
        Assert.Empty(result.Faults);
        return (result.Written, result.Unchanged);
    }

    private static ProgramUnderTest Start(string connection) =>
        ProgramUnderTest.Start(["import", Sample.Folder], ("AzureWebJobsStorage", connection));

    private static async Task<(int Code, string Output)> ImportAsync(string connection)
    {
        await using var program = Start(connection);
        var (code, errors) = await program.EndAsync();
        Assert.Empty(errors);
        return (code, program.Output[^1]);
    }

    private static int Registered() => Directory.EnumerateFiles(Sample.Folder, "*.json").Sum(file => JArray.Parse(File.ReadAllText(file)).Count);
}
