using FriendCity.Records.Replication;
using FriendCity.Snapshots;
using FriendCity.Snapshots.Publishing;
using FriendCity.Tests.Integration.Snapshots;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Faults;

/// <summary>I5 while people work: whatever is written during a run, its figures are those of one instant.</summary>
public sealed class SnapshotBusyTests : IAsyncDisposable
{
    /// <summary>Between a write's own time and the moment it is stored: whenever a cut is taken, some write is on its way.</summary>
    private static readonly TimeSpan OnItsWay = TimeSpan.FromMilliseconds(300);

    private readonly FreshAccounts _accounts = new();

    private static readonly string[] Written = ["projects/P021", "projects/P023", "activities/A010"];

    [Fact]
    [Trait("Set", "slow")]
    public Task Figures_made_while_people_write_are_what_the_service_tells_as_known_at_the_cut() => RunAsync(runs: 2);

    [Fact]
    [Trait("Set", "long")]
    public Task Figures_of_many_runs_made_while_people_write_are_what_the_service_tells() => RunAsync(runs: 15);

    public ValueTask DisposeAsync() => _accounts.DisposeAsync();

    private async Task RunAsync(int runs)
    {
        var (proxy, slow, _) = await _accounts.NextAsync();
        await using var ends = proxy;
        // A write here takes milliseconds; three seconds are what thirty are in production.
        await using var app = await TestApp.OpenAsync(slow, sample: true,
            builder => builder.Services.AddSingleton(SnapshotOptions.Default with { Settle = TimeSpan.FromSeconds(3) }));
        for (var run = 0; run < runs; run++)
        {
            using var stop = new CancellationTokenSource();
            proxy.On(FaultCases.IsCommit, new Fault.Delay(OnItsWay), times: int.MaxValue);
            var writers = Written.Select(path => WriteAsync(app, path, stop.Token)).ToList();
            var job = new SnapshotJob(new DateOnly(2026, 3, 1).AddDays(run), Provisional: false, Once: false);
            var manifest = Assert.IsType<SnapshotOutcome.Published>(await app.Services.GetRequiredService<SnapshotRun>()
                .RunAsync(job, default)).Manifest;
            await stop.CancelAsync();
            Assert.All(await Task.WhenAll(writers), writes => Assert.True(writes > 1, $"Only {writes} writes."));
            proxy.Heal();

            // Every record was written after the cut, so the newest figures would be others.
            var registry = await app.Services.GetRequiredService<Replica>().ReadAsync(default);
            Assert.All(Written, path => Assert.True(registry.Of(path.Split('/')[0])
                .Find(path.Split('/')[1])!.ChangedAt > manifest.PointInTimeRead.Watermark));
            await SnapshotFigureTests.AreToldAsync(app, manifest);
        }
    }

    /// <summary>Deletes a record and brings it back, again and again; answers how many writes that were.</summary>
    private static async Task<int> WriteAsync(TestApp app, string path, CancellationToken stop)
    {
        var writes = 0;
        for (; !stop.IsCancellationRequested; writes += 2)
        {
            var deleted = await app.SendAsync("DELETE", $"/api/v1/{path}", ifMatch: "*");
            Assert.Equal(204, deleted.Status);
            var restored = await app.SendAsync("POST", $"/api/v1/{path}/restore", ifMatch: deleted.ETag);
            Assert.Equal(200, restored.Status);
        }

        return writes;
    }
}
