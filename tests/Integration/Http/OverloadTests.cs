using FriendCity.Http;
using FriendCity.Http.Middleware;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Integration.Http;

/// <summary>More than can be answered in time is refused at once, so that the rest is.</summary>
public sealed class OverloadTests(Azurite azurite)
{
    [Fact]
    public async Task Requests_beyond_those_taken_are_told_to_come_again_and_a_sign_of_life_is_always_given()
    {
        const int Beyond = 40;
        await using var proxy = await azurite.ProxyAsync();
        await using var app = await TestApp.OpenAsync(proxy.ConnectionStringFor(azurite.NewAccount()), replace: TestApp.Impatient);
        await app.GetAsync("/api/v1/platforms");
        // Whoever is taken waits for storage, and nobody leaves before all have come.
        proxy.On(new Fault.Delay(TimeSpan.FromHours(1)), times: int.MaxValue);
        var waiting = Enumerable.Range(0, Admission.Most + Beyond).Select(_ => app.CallAsync("GET", "/api/v1/platforms")).ToList();
        var live = app.CallAsync("GET", "/health/live");
        var answers = await Task.WhenAll(waiting);
        Assert.Equal(200, (await live).Status);
        var refused = answers.Where(answer => answer.IsProblem(503, (string)answer.Json["code"]!).Text.Contains("overloaded",
            StringComparison.Ordinal)).ToList();
        Assert.Equal(Beyond, refused.Count);
        Assert.All(refused, answer => Assert.Equal("2", answer.Headers["Retry-After"]));
        proxy.Heal();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        while ((await app.CallAsync("GET", "/api/v1/platforms")).Status != 200)
            patience.Token.ThrowIfCancellationRequested();
    }

    [Fact]
    public async Task Heavy_work_waits_for_its_turn_as_long_as_the_queue_is_short()
    {
        using var heavy = new HeavyWork();
        using var gate = new ManualResetEventSlim();
        var running = Enumerable.Range(0, HeavyWork.Concurrency).Select(_ => heavy.RunAsync(Blocked, default)).ToList();
        using var leaves = new CancellationTokenSource();
        var queued = Enumerable.Range(0, HeavyWork.MaxWaiting - 1).Select(_ => heavy.RunAsync(() => true, default)).ToList();
        var left = heavy.RunAsync(() => true, leaves.Token);
        // Refused at once: whoever waited here would wait for the gate.
        Assert.IsType<OverloadException>(heavy.RunAsync(() => true, default).Exception?.InnerException);
        // Who leaves makes room for another.
        await leaves.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        queued.Add(heavy.RunAsync(() => true, default));
        Assert.All(queued, each => Assert.False(each.IsCompleted));
        gate.Set();
        Assert.All(await Task.WhenAll([.. running, .. queued]), Assert.True);
        await Assert.ThrowsAsync<FormatException>(() => heavy.RunAsync<bool>(() => throw new FormatException(), default));
        Assert.True(await heavy.RunAsync(() => true, default));

        bool Blocked()
        {
            gate.Wait(CancellationToken.None);
            return true;
        }
    }
}
