using System.Text.Json;
using FriendCity.Hosting;
using FriendCity.Storage;
using FriendCity.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace FriendCity.Tests.Hosting;

/// <summary>The timers of one process, with a clock of its own, over storage that it may share with others.</summary>
internal sealed class TimerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ServiceProvider _services;

    private TimerProcess(ServiceProvider services, TimerCalls calls, LogCapture logs) => (_services, Calls, Logs) = (services, calls, logs);

    public TimerCalls Calls { get; }

    public LogCapture Logs { get; }

    public TimerService Service => _services.GetRequiredService<TimerService>();

    public static Task<TimerProcess> StartAsync(TimeProvider clock, IBlobStorage? blobs, Type functions, string? schedule = null, TimerCalls? calls = null) =>
        StartAsync(clock, blobs, [functions], calls ?? new TimerCalls(), schedule is null ? [] : [("Schedule", schedule)]);

    public static Task<TimerProcess> StartAsync(
        TimeProvider clock, IBlobStorage? blobs, Type[] functions, TimerCalls calls, params (string Name, string Value)[] settings) =>
        StartAsync(clock, blobs, functions, calls, _ => { }, settings);

    /// <param name="add">What the functions need besides.</param>
    public static async Task<TimerProcess> StartAsync(
        TimeProvider clock, IBlobStorage? blobs, Type[] functions, TimerCalls calls, Action<IServiceCollection> add, params (string Name, string Value)[] settings)
    {
        var logs = new LogCapture();
        var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder()
                .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))).Build())
            .AddSingleton(FunctionCatalog.Of(functions)).AddSingleton<FunctionBinder>().AddSingleton<TimerService>()
            .AddSingleton(clock).AddSingleton(calls).AddScoped<TimerVisit>()
            .AddLogging(logging => logging.Services.AddSingleton<ILoggerProvider>(logs));
        if (blobs is not null)
            services.AddSingleton(blobs);
        add(services);
        var process = new TimerProcess(services.BuildServiceProvider(validateScopes: true), calls, logs);
        await process.Service.StartAsync(CancellationToken.None);
        return process;
    }

    public int Said(string beginning) => Logs.Lines.Count(line => line.Message.StartsWith(beginning, StringComparison.Ordinal));

    /// <summary>Ends when the condition holds, and fails when it does not in time.</summary>
    public static async Task UntilAsync(Func<bool> holds)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (!holds())
            await Task.Delay(5, deadline.Token);
    }

    public static async Task<JsonElement?> StatusAsync(IBlobStorage blobs, string function)
    {
        var content = await blobs.GetAsync(new BlobName("friendcity-timers", $"timers/{function.ToLowerInvariant()}/status"), null, CancellationToken.None);
        if (content is null)
            return null;
        await using (content)
            return await JsonSerializer.DeserializeAsync<JsonElement>(content.Content);
    }

    /// <summary>Moves the clock to an instant.</summary>
    public static void Set(FakeClock clock, DateTime instant) => clock.Advance(instant - clock.GetUtcNow().UtcDateTime);

    public async Task StopAsync() => await Service.StopAsync(CancellationToken.None).WaitAsync(Patience);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _services.DisposeAsync();
    }
}

/// <summary>The timer functions of the tests.</summary>
public static class TimerFunctions
{
    public sealed class Scheduled(TimerCalls calls)
    {
        [Function("Scheduled")] public Task RunAsync([TimerTrigger("%Schedule%")] TimerInfo timer, CancellationToken ct) => calls.RunAsync(timer, ct);
    }

    public sealed class AtTwo(TimerCalls calls)
    {
        [Function("AtTwo")] public Task RunAsync([TimerTrigger("0 0 2 * * *")] TimerInfo timer, CancellationToken ct) => calls.RunAsync(timer, ct);
    }

    public sealed class AtStart(TimerCalls calls)
    {
        [Function("AtStart")]
        public Task RunAsync([TimerTrigger("0 0 2 * * *", RunOnStartup = true, UseMonitor = false)] TimerInfo timer, CancellationToken ct) =>
            calls.RunAsync(timer, ct);
    }

    public sealed class AtStartAndTwo(TimerCalls calls)
    {
        [Function("AtStartAndTwo")]
        public Task RunAsync([TimerTrigger("0 0 2 * * *", RunOnStartup = true)] TimerInfo timer, CancellationToken ct) => calls.RunAsync(timer, ct);
    }

    public sealed class FromSettings(TimerCalls calls)
    {
        [Function("First")] public Task FirstAsync([TimerTrigger("%One%")] TimerInfo timer, CancellationToken ct) => calls.RunAsync(timer, ct);

        [Function("Second")] public Task SecondAsync([TimerTrigger("%Two%")] TimerInfo timer, CancellationToken ct) => calls.RunAsync(timer, ct);
    }

    public sealed class Scoped(TimerCalls calls, TimerVisit visit)
    {
        [Function("Scoped")]
        public Task RunAsync([TimerTrigger("0 0 2 * * *", RunOnStartup = true)] TimerInfo timer, CancellationToken ct) =>
            visit.IsOver ? throw new InvalidOperationException("The scope ended before the run.") : calls.RunAsync(timer, ct);
    }
}

public sealed class TimerVisit(TimerCalls calls) : IDisposable
{
    public bool IsOver { get; private set; }

    public void Dispose()
    {
        IsOver = true;
        calls.Requests++;
    }
}
