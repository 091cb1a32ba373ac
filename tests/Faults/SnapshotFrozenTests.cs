using System.Globalization;
using FriendCity.Access;
using FriendCity.Snapshots.Publishing;
using FriendCity.Tests.Integration.Dev;
using FriendCity.Tests.Integration.Hosting;
using FriendCity.Tests.Integration.Snapshots;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Faults;

/// <summary>
/// F8: the real program is stopped in the middle of a run for longer than its lease lasts; another process publishes meanwhile; the program
/// goes on.
/// </summary>
public sealed class SnapshotFrozenTests : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly FreshAccounts _accounts = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Set", "long")]
    public async Task A_run_stopped_past_its_lease_never_publishes_over_the_one_that_overtook_it()
    {
        // Among the files; at its last look at storage before the swap; and with the swap already on its way.
        var stopped = new List<Task>();
        foreach (var (verb, place) in new[] { ("PUT", "/dim_city.csv"), ("GET", "/history/copied.json"), ("PUT", "/current.json") })
            stopped.Add(OvertakeAsync(await _accounts.NextAsync(), verb, place));
        await Task.WhenAll(stopped);
    }

    public ValueTask DisposeAsync() => _accounts.DisposeAsync();

    private static async Task OvertakeAsync((FaultProxy Proxy, string Harmed, string Direct) account, string verb, string place)
    {
        await using var proxy = account.Proxy;
        using var office = SnapshotTestApp.Open(account.Direct);
        await office.ImportAsync(SmallSample.Folder);
        await office.PublishAsync(SnapshotFixture.Final(20));
        var key = (await office.Services.GetRequiredService<AccessKeys>().AddAsync("tests", (Scopes)15, null, Token)).Text;
        await using var program = await SnapshotProgram.StartAsync(account.Harmed);
        var (begun, isSwap) = (proxy.Requests.Count, place == "/current.json");
        using var way = new ManualResetEventSlim();
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        proxy.OnRequest = request =>
        {
            if (!IsPlace(request) || reached.Task.IsCompleted)
                return;
            Unix.Signal("STOP", Id(program));
            reached.TrySetResult();
            // The swap arrives when another has published: storage alone can refuse it.
            if (isSwap)
                way.Wait(TimeSpan.FromMinutes(2));
        };
        Assert.NotNull(await SnapshotProgram.OrderAsync(program, key));
        await reached.Task.WaitAsync(Timeout, Token);
        var run = RunOf(proxy.Requests.Skip(begun));

        // While the lease holds, nobody else works; when it is over, another does, and nobody has to break it.
        Assert.IsType<SnapshotOutcome.Busy>(await office.Run.RunAsync(SnapshotFixture.Final(22), Token));
        var other = Assert.IsType<SnapshotOutcome.Published>(await office.Run.WaitAndRunAsync(SnapshotFixture.Final(22), Token)).Manifest.Id;
        way.Set();
        Unix.Signal("CONT", Id(program));
        await Unix.EventuallyAsync(() => program.Output.Any(line => line.Contains("was broken off", StringComparison.Ordinal)
            || line.Contains(" failed\"", StringComparison.Ordinal)), TimeSpan.FromMinutes(1));
        // The order may be carried out by a new run, under a lease of its own.
        await program.KillAsync();
        await office.AuditAsync();
        await office.PublishAsync(SnapshotFixture.Final(23));
        await office.AuditAsync();
        await office.AuditRepairsAsync();
        var published = (await office.Store.PublishedAsync(Token)).Select(each => each.Id).ToList();
        Assert.Contains(other, published);
        Assert.DoesNotContain(run, published);

        bool IsPlace(ProxiedRequest request) =>
            request.Verb == verb && request.Path.EndsWith(place, StringComparison.Ordinal) && request.Number > begun;
    }

    /// <summary>The snapshot whose files were written.</summary>
    private static string RunOf(IEnumerable<ProxiedRequest> requests) =>
        requests.Where(request => request.Verb == "PUT").Select(request => request.Path.Split("/snapshots/snapshots/"))
            .First(path => path.Length == 2)[1].Split('/')[0];

    private static string Id(ProgramUnderTest program) => program.Id.ToString(CultureInfo.InvariantCulture);
}
