using System.Net.Http.Headers;
using System.Text;
using Azure.Core.Pipeline;
using FriendCity.Benchmarks.Store;
using FriendCity.Benchmarks.Writing;
using FriendCity.Hosting;
using FriendCity.Records;
using FriendCity.Snapshots;
using FriendCity.Snapshots.Operations;
using FriendCity.Storage;
using FriendCity.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace FriendCity.Benchmarks.Cost;

/// <summary>The service in this process over an emulator of its own, with the sample loaded and a counter on its way to storage.</summary>
internal sealed class CountedOffice : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly AzuriteProcess _emulator;
    private readonly CountingTransport _counter = new();
    private readonly WebApplication _app;
    private readonly HttpClient _client = new();

    private CountedOffice(AzuriteProcess emulator)
    {
        _emulator = emulator;
        _app = FriendCityApp.Build(["--port=0"], builder =>
        {
            builder.Configuration["AzureWebJobsStorage"] = emulator.ConnectionString;
            builder.Configuration["Logging:LogLevel:Default"] = "None";
            // As behind the Functions host, which calls the timers: none comes in between while requests are counted.
            builder.Configuration[HostMode.HandlerPortSetting] = "0";
            // The first request loads the records, and nothing else polls beside it.
            builder.Host.ConfigureContainer<IServiceCollection>((_, services) => services.Remove(services.Single(each => each.ImplementationType == typeof(ReplicaWarmUp))));
            // Waiting costs nothing, so nothing is waited for.
            builder.Services.AddSingleton(SnapshotOptions.Default with { Settle = TimeSpan.Zero });
            builder.Services.AddSingleton(new StorageOptions { Transport = new HttpClientTransport(new HttpClient(_counter, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan }) });
        });
    }

    private OperationRunner Operations => _app.Services.GetRequiredService<OperationRunner>();

    public static async Task<CountedOffice> OpenAsync()
    {
        var office = new CountedOffice(await AzuriteProcess.StartAsync());
        await BenchStore.PutSampleAsync(office._emulator.ConnectionString);
        office._client.DefaultRequestHeaders.Add("X-Api-Key", await BenchStore.AddKeyAsync(office._emulator.ConnectionString));
        await office._app.StartAsync();
        office._client.BaseAddress = new Uri(office._app.Urls.First());
        return office;
    }

    /// <summary>What that request costs.</summary>
    public async Task<Priced> SendAsync(string what, string method, string path, string? body = null, string mediaType = "application/json", bool current = false)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = MediaTypeHeaderValue.Parse(mediaType) } };
        if (current)
            request.Headers.TryAddWithoutValidation("If-Match", "*");
        using var response = await _client.SendAsync(request);
        if (!response.IsSuccessStatusCode)
            throw new InvalidOperationException($"{method} {path} answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
        return new Priced(what, _counter.Take());
    }

    /// <summary>What an import of so many projects costs; it begins with a poll, as writes do.</summary>
    public async Task<Priced> ImportAsync(string what, int count)
    {
        var folder = Scratch.Folder("cost");
        try
        {
            var (cities, sectors) = await BenchStore.SampleAsync();
            await File.WriteAllTextAsync(Path.Combine(folder, "projects.json"), Imports.Text(DrawnProjects.Draw(0, count, cities, sectors)));
            var result = await _app.Services.GetRequiredService<Importer>().RunAsync(folder, "bench", CancellationToken.None);
            return result.Written == count ? new Priced(what, _counter.Take()) : throw new InvalidOperationException($"{result.Written} of {count} projects were written.");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>What the work of that night costs: the snapshot, then the purge of the change feed.</summary>
    public async Task<Priced> NightAsync(string what, DateOnly day)
    {
        var services = _app.Services;
        var outcome = await services.GetRequiredService<SnapshotRun>().WaitAndRunAsync(new SnapshotOrder(day, Provisional: false, Once: true), CancellationToken.None);
        if (outcome is not SnapshotOutcome.Published)
            throw new InvalidOperationException($"The snapshot of {day:O} ended as {outcome}.");
        await services.GetRequiredService<ChangePurge>().RunAsync(services.GetRequiredService<SnapshotOptions>().ChangesKept, CancellationToken.None);
        return new Priced(what, _counter.Take());
    }

    /// <summary>What a minute costs in which there is nothing to do: the timer that looks for operations finds none.</summary>
    public async Task<Priced> MinuteAsync(string what)
    {
        await Operations.ResumeAsync(CancellationToken.None);
        return new Priced(what, _counter.Take());
    }

    /// <summary>The same in a stand-alone server, whose timers keep their own records in storage. The first one ever makes them, so it is the second that counts.</summary>
    public async Task<Priced> OwnMinuteAsync(string what)
    {
        var (services, minute) = (_app.Services, TimeSpan.FromMinutes(1));
        var (function, schedule) = TimerSettings.Resolve(services.GetRequiredService<FunctionCatalog>(), services.GetRequiredService<IConfiguration>()).Single(timer => timer.Function.Name == "ResumeOperations");
        var clock = new FakeClock(new DateTimeOffset(schedule.Next(new DateTime(2026, 1, 2, 0, 0, 0, DateTimeKind.Utc))!.Value));
        var book = new BlobTimerBook(services.GetRequiredService<IBlobStorage>(), function.Name, clock, NullLogger.Instance);
        using var stop = new CancellationTokenSource(Patience);
        var running = new TimerLoop(function, schedule, book, (_, cancellation) => Operations.ResumeAsync(cancellation), clock, NullLogger.Instance).RunAsync(stop.Token);
        var spent = Bill.None;
        for (var waits = 1; waits <= 3; waits++)
        {
            if (waits > 1)
                clock.Advance(minute);
            // The timer is through with a minute when it waits for the next.
            while (clock.Waits.Count(wait => wait == minute) < waits)
                await Task.Delay(5, stop.Token);
            spent = _counter.Take();
        }

        await stop.CancelAsync();
        await running;
        return new Priced(what, spent);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        _counter.Dispose();
        await _emulator.DisposeAsync();
    }
}
