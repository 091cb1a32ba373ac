using FriendCity.Access;
using FriendCity.Operations;
using FriendCity.Tests.Integration.Dev;
using FriendCity.Tests.Integration.Snapshots;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Faults;

/// <summary>
/// F2: the real program is asked for a snapshot and killed at the Nth storage request from then on; another goes on with what it left.
/// </summary>
public sealed class SnapshotKillTests : IAsyncDisposable
{
    /// <summary>Parallel requests come in another order each time, and a minute's timer makes some: the last few may not come at all.</summary>
    private const int Uncertain = 10;

    private readonly FreshAccounts _accounts = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Set", "slow")]
    public async Task A_snapshot_killed_anywhere_is_finished_by_another_process()
    {
        await using var stage = await OpenAsync(_accounts);
        var requests = await stage.CountAsync();
        // The order and its row, the cut, files and their checks; the manifest, the swap and the copies are the last ones.
        foreach (var n in new[] { 7, requests / 3, requests - 30, requests - 14 })
            Assert.True(await stage.KillAsync(n, arrives: n % 2 == 0) || n > requests - Uncertain,
                $"Nothing was killed at request {n} of {requests}.");
    }

    [Fact]
    [Trait("Set", "long")]
    public async Task A_snapshot_killed_at_any_request_is_finished_by_another_process()
    {
        await using var first = await OpenAsync(_accounts);
        var requests = await first.CountAsync();
        await EveryRequest.MeetAsync(OpenAsync, async (stage, n) =>
        {
            if (n <= requests)
                Assert.True(await stage.KillAsync(n, arrives: n % 2 != 0) || n > requests - Uncertain,
                    $"Nothing was killed at request {n} of {requests}.");
            return n <= requests;
        });
    }

    public ValueTask DisposeAsync() => _accounts.DisposeAsync();

    private static async Task<Stage> OpenAsync(FreshAccounts accounts)
    {
        var (proxy, harmed, direct) = await accounts.NextAsync();
        var office = SnapshotTestApp.Open(direct);
        await office.ImportAsync(SmallSample.Folder);
        return new Stage(proxy, harmed, office, (await office.Services.GetRequiredService<AccessKeys>()
            .AddAsync("tests", (Scopes)15, null, Token)).Text);
    }

    private sealed class Stage(FaultProxy proxy, string harmed, SnapshotTestApp office, string key) : IAsyncDisposable
    {
        /// <summary>How many requests a run makes that nobody harms, from the order to its end.</summary>
        public async Task<int> CountAsync()
        {
            await using var program = await SnapshotProgram.StartAsync(harmed);
            var before = proxy.Requests.Count;
            Assert.NotNull(await SnapshotProgram.OrderAsync(program, key));
            await Unix.EventuallyAsync(() => program.Output.Any(line => line.Contains("succeeded", StringComparison.Ordinal)),
                TimeSpan.FromMinutes(1));
            return proxy.Requests.Count - before;
        }

        /// <param name="arrives">Whether the request at which the program dies still reaches storage.</param>
        /// <returns>False when the run made fewer requests, and nothing was killed.</returns>
        public async Task<bool> KillAsync(int n, bool arrives)
        {
            var killed = new TaskCompletionSource();
            var before = await office.CurrentIdAsync();
            await office.ChangeAsync();
            await using (var program = await SnapshotProgram.StartAsync(harmed))
            {
                if (!arrives)
                    proxy.On(new Fault.Reset(), nth: n);
                var last = proxy.Requests.Count + n;
                proxy.OnRequest = request =>
                {
                    if (request.Number != last)
                        return;
                    program.KillAsync().GetAwaiter().GetResult();
                    killed.SetResult();
                };
                await SnapshotProgram.OrderAsync(program, key);
                await Unix.EventuallyAsync(() => killed.Task.IsCompleted
                    || program.Output.Any(line => line.Contains("succeeded", StringComparison.Ordinal)), TimeSpan.FromMinutes(1));
                proxy.OnRequest = null;
                proxy.Heal();
            }

            await office.AuditAsync();
            var left = await office.CurrentIdAsync();
            // Another process goes on with the order, if storage was told of it at all. Its leases would end within a minute.
            var open = await office.Services.GetRequiredService<OperationStore>().OpenAsync(Token);
            Assert.InRange(open.Count, 0, 1);
            if (open is [var operation])
            {
                await office.BreakLeaseAsync(operation);
                await office.BreakRunAsync();
                await office.Services.GetRequiredService<OperationRunner>().ResumeAsync(Token);
                Assert.Equal(Operation.Succeeded, (await office.Services.GetRequiredService<OperationStore>().FindAsync(operation, Token))!.State);
                Assert.Single(await office.Store.PublishedAsync(Token), each => each.Operation == operation);
                // What was published before the kill is not made again.
                if (left != before)
                    Assert.Equal(left, await office.CurrentIdAsync());
                await office.AuditAsync();
            }

            await office.PublishAsync(SnapshotFixture.Final(21));
            await office.AuditAsync();
            await office.AuditRepairsAsync();
            return killed.Task.IsCompleted;
        }

        public async ValueTask DisposeAsync()
        {
            office.Dispose();
            await proxy.DisposeAsync();
        }
    }
}
