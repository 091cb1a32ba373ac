using FriendCity.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FriendCity.Tests.Hosting;

public sealed class FunctionsHostTests
{
    [Fact]
    public async Task A_stop_that_was_asked_for_is_a_good_end()
    {
        using var stop = new CancellationTokenSource();
        Assert.Equal(0, await FunctionsHost.RunAsync(() => Build(app => app.Lifetime.ApplicationStarted.Register(stop.Cancel)), stop.Token));
    }

    // The Functions host leaves a program dead that ended with 0.
    [Fact]
    public async Task A_worker_that_fails_never_looks_like_a_good_end()
    {
        Assert.Equal(1, await FunctionsHost.RunAsync(() => Build(_ => { }, services => services.AddHostedService<FailingAtOnce>())));
        Assert.Equal(1, await FunctionsHost.RunAsync(() => Build(_ => { }, services => services.AddHostedService<FailingLater>())));
    }

    [Fact]
    public async Task A_missing_setting_ends_with_2() =>
        Assert.Equal(2, await FunctionsHost.RunAsync(() => Build(_ => { }, functions: typeof(TimerFunctions.FromSettings))));

    [Fact]
    public async Task A_broken_rule_ends_with_2() =>
        Assert.Equal(2, await FunctionsHost.RunAsync(() => Build(_ => { }, functions: typeof(BadFunctions.NoMethods))));

    private static WebApplication Build(Action<WebApplication> then, Action<IServiceCollection>? add = null, params Type[] functions)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration[HostMode.PortSetting] = "0";
        builder.AddFunctions(FunctionCatalog.Of(functions));
        builder.Logging.ClearProviders();
        add?.Invoke(builder.Services);
        var app = builder.Build();
        app.MapFunctions();
        then(app);
        return app;
    }

    private sealed class FailingAtOnce : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => throw new InvalidOperationException("Broken on purpose.");
    }

    private sealed class FailingLater(IHostApplicationLifetime lifetime) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var signal = lifetime.ApplicationStarted.Register(started.SetResult);
            await started.Task.WaitAsync(stoppingToken);
            throw new InvalidOperationException("Broken on purpose.");
        }
    }
}
