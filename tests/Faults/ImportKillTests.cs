using FriendCity.Tests.Hosting;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Faults;

/// <summary>The real program imports the sample and is killed at its Nth storage request; running it again finishes the work.</summary>
public sealed class ImportKillTests(Azurite azurite)
{
    private const int Stride = 7;

    [Fact]
    public async Task An_import_killed_anywhere_is_finished_by_running_it_again()
    {
        var (records, requests) = await CountAsync();
        for (var n = 1; n <= requests; n++)
            if (n <= 3 || n > requests - 3 || n % Stride == 0)
                await KillAsync(n, records, arrives: n % 2 == 0, thrice: n is 1 or Stride || n == requests);
    }

    [Fact]
    [Trait("Set", "long")]
    public async Task An_import_killed_at_any_request_is_finished_by_running_it_again()
    {
        var (records, requests) = await CountAsync();
        for (var n = 1; n <= requests; n++)
            foreach (var arrives in new[] { true, false })
                await KillAsync(n, records, arrives, thrice: true);
    }

    private async Task<(int Records, int Requests)> CountAsync()
    {
        await using var proxy = await azurite.ProxyAsync();
        var account = azurite.NewAccount();
        var (code, output) = await ImportAsync(proxy.ConnectionStringFor(account));
        Assert.Equal(0, code);
        await Audit.HoldsAsync(await azurite.ConnectionStringAsync(account));
        Assert.EndsWith(" unchanged", output, StringComparison.Ordinal);
        // "import: 412 written, 0 unchanged"
        var records = int.Parse(output.Split(' ')[1], null);
        Assert.InRange(records, 100, 10_000);
        return (records, proxy.Requests.Count);
    }

    /// <param name="arrives">Whether the request at which the program dies still reaches storage.</param>
    private async Task KillAsync(int n, int records, bool arrives, bool thrice)
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

        Assert.Equal((0, records), Total(await ImportAsync(connection)));
        await Audit.HoldsAsync(connection);
        if (thrice)
            Assert.Equal((0, $"import: 0 written, {records} unchanged"), await ImportAsync(connection));
    }

    private static ProgramUnderTest Start(string connection) => ProgramUnderTest.Start(["--import", Sample.Folder], ("AzureWebJobsStorage", connection));

    private static async Task<(int Code, string Output)> ImportAsync(string connection)
    {
        await using var program = Start(connection);
        var (code, errors) = await program.EndAsync();
        Assert.Empty(errors);
        return (code, program.Output[^1]);
    }

    private static (int Code, int Records) Total((int Code, string Output) run) =>
        (run.Code, run.Output.Split(' ') is ["import:", var written, "written,", var unchanged, "unchanged"] ? int.Parse(written, null) + int.Parse(unchanged, null) : -1);
}
