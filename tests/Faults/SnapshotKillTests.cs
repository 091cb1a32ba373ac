using System.Net.Http.Json;
using System.Text.Json;
using FriendCity.Access;
using FriendCity.Snapshots.Operations;
using FriendCity.Tests.Hosting;
using FriendCity.Tests.Snapshots;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Faults;

/// <summary>F2: the real program is asked for a snapshot and killed at the Nth storage request from then on; another goes on with what it left.</summary>
public sealed class SnapshotKillTests : IAsyncDisposable
{
    private readonly FreshAccounts _accounts = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Set", "slow")]
    public async Task A_snapshot_killed_anywhere_is_finished_by_another_process()
    {
        await using var stage = await OpenAsync();
        var requests = await stage.CountAsync();
        // The order and its row, the cut, files and their checks; the manifest, the swap and the copies are the last ones.
        foreach (var n in new[] { 2, 7, requests / 3, requests - 45, requests - 30, requests - 22, requests - 14, requests - 6 })
            await stage.KillAsync(n, arrives: n % 2 == 0);
    }

    [Fact]
    [Trait("Set", "long")]
    public async Task A_snapshot_killed_at_any_request_is_finished_by_another_process()
    {
        var stage = await OpenAsync();
        var requests = await stage.CountAsync();
        for (var n = 1; n <= requests; n++)
        {
            if (n % 60 == 0)
            {
                // The emulator gets slower with what it holds.
                await stage.DisposeAsync();
                stage = await OpenAsync();
                await stage.CountAsync();
            }

            await stage.KillAsync(n, arrives: n % 2 != 0);
        }

        await stage.DisposeAsync();
    }

    public ValueTask DisposeAsync() => _accounts.DisposeAsync();

    private async Task<Stage> OpenAsync()
    {
        var (proxy, harmed, direct) = await _accounts.NextAsync();
        var office = SnapshotOffice.Open(direct);
        await office.ImportAsync();
        return new Stage(proxy, harmed, office, (await office.Services.GetRequiredService<AccessKeys>().AddAsync("tests", (Scopes)15, null, Token)).Text);
    }

    private sealed class Stage(FaultProxy proxy, string harmed, SnapshotOffice office, string key) : IAsyncDisposable
    {
        /// <summary>How many requests a run makes that nobody harms, from the order to its end.</summary>
        public async Task<int> CountAsync()
        {
            await using var program = await StartAsync();
            var before = proxy.Requests.Count;
            Assert.NotNull(await OrderAsync(program));
            await TimerProcess.UntilAsync(() => program.Output.Any(line => line.Contains("succeeded", StringComparison.Ordinal)));
            return proxy.Requests.Count - before;
        }

        /// <param name="arrives">Whether the request at which the program dies still reaches storage.</param>
        public async Task KillAsync(int n, bool arrives)
        {
            var before = await office.CurrentIdAsync();
            await using (var program = await StartAsync())
            {
                if (!arrives)
                    proxy.On(new Fault.Reset(), nth: n);
                var (last, killed) = (proxy.Requests.Count + n, new TaskCompletionSource());
                proxy.OnRequest = request =>
                {
                    if (request.Number != last)
                        return;
                    program.KillAsync().GetAwaiter().GetResult();
                    killed.SetResult();
                };
                await OrderAsync(program);
                // Parallel requests come in another order each time; the last few may not come at all.
                await TimerProcess.UntilAsync(() => killed.Task.IsCompleted || program.Output.Any(line => line.Contains("succeeded", StringComparison.Ordinal)));
                proxy.OnRequest = null;
                proxy.Heal();
            }

            await office.AuditAsync();
            var left = await office.CurrentIdAsync();
            // Another process goes on with the order, if storage was told of it at all. Its leases would end within a minute.
            var open = await office.Services.GetRequiredService<OperationBook>().OpenAsync(Token);
            Assert.InRange(open.Count, 0, 1);
            if (open is [var operation])
            {
                await office.BreakLeaseAsync(operation);
                await office.BreakRunAsync();
                await office.Services.GetRequiredService<OperationRunner>().ResumeAsync(Token);
                Assert.Equal(Operation.Succeeded, (await office.Services.GetRequiredService<OperationBook>().FindAsync(operation, Token))!.State);
                Assert.Single(await office.Store.PublishedAsync(Token), each => each.Operation == operation);
                // What was published before the kill is not made again.
                if (left != before)
                    Assert.Equal(left, await office.CurrentIdAsync());
                await office.AuditAsync();
            }

            await office.PublishAsync(Bench.Final(22));
            await office.AuditAsync();
            await office.AuditRepairsAsync();
        }

        public async ValueTask DisposeAsync()
        {
            office.Dispose();
            await proxy.DisposeAsync();
        }

        /// <summary>The program with its records loaded: what it asks from here on is the order's, and its timers' (which sleep till the night).</summary>
        private async Task<ProgramUnderTest> StartAsync()
        {
            var program = ProgramUnderTest.Start(["--port", "0"], ("AzureWebJobsStorage", harmed), ("SnapshotSettleSeconds", "0"));
            using var client = new HttpClient { BaseAddress = await program.Address };
            using var answer = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), Token);
            answer.EnsureSuccessStatusCode();
            return program;
        }

        /// <summary>The operation's id, or null when the program died before it could say it.</summary>
        private async Task<string?> OrderAsync(ProgramUnderTest program)
        {
            using var client = new HttpClient { BaseAddress = await program.Address };
            client.DefaultRequestHeaders.Add("X-Api-Key", key);
            try
            {
                using var answer = await client.PostAsync(new Uri("/api/v1/snapshots?date=2026-11-21", UriKind.Relative), null, Token);
                return (await answer.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("id").GetString();
            }
            catch (HttpRequestException)
            {
                return null;
            }
        }
    }
}
