using System.Net.Http.Headers;
using System.Text;
using Azure.Core.Pipeline;
using FriendCity.Benchmarks.Store;
using FriendCity.Benchmarks.Writing;
using FriendCity.Records.Import;
using FriendCity.Records.Persistence;
using FriendCity.Records.Replication;
using FriendCity.Snapshots;
using FriendCity.Snapshots.Publishing;
using FriendCity.Storage;
using FriendCity.Tests.Support;

namespace FriendCity.Benchmarks.Cost;

/// <summary>
/// The worker under a local Functions host in this process, over an emulator of its own, with the sample loaded and a counter on its way to
/// storage.
/// </summary>
internal sealed class CountingTestApp : IAsyncDisposable
{
    private readonly AzuriteProcess _emulator;
    private readonly CountingTransport _counter;
    private readonly InProcessWorker _app;

    private CountingTestApp(AzuriteProcess emulator, CountingTransport counter, InProcessWorker app) =>
        (_emulator, _counter, _app) = (emulator, counter, app);

    public static async Task<CountingTestApp> OpenAsync()
    {
        var (emulator, counter) = (await AzuriteProcess.StartAsync(), new CountingTransport());
        await BenchStore.PutSampleAsync(emulator.ConnectionString);
        var key = await BenchStore.AddKeyAsync(emulator.ConnectionString);
        // The host has no storage, so no timer comes in between while requests are counted.
        var app = await InProcessWorker.StartAsync(typeof(FriendCityServices).Assembly, builder =>
        {
            builder.ConfigureFriendCity(settings =>
            {
                settings.Configuration["AzureWebJobsStorage"] = emulator.ConnectionString;
                settings.Configuration["Logging:LogLevel:Default"] = "None";
                // Waiting costs nothing, so nothing is waited for.
                settings.Services.AddSingleton(SnapshotOptions.Default with { Settle = TimeSpan.Zero });
                var client = new HttpClient(counter, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
                settings.Services.AddSingleton(new StorageOptions { Transport = new HttpClientTransport(client) });
            });
            // The first request loads the records, and nothing else polls beside it.
            builder.Services.Remove(builder.Services.Single(each => each.ImplementationType == typeof(ReplicaWarmUp)));
        });
        app.Client.DefaultRequestHeaders.Add("X-Api-Key", key);
        return new CountingTestApp(emulator, counter, app);
    }

    /// <summary>What that request costs.</summary>
    public async Task<Priced> SendAsync(string what, string method, string path, string? body = null, string mediaType = "application/json",
        bool current = false)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(
                body))
            { Headers = { ContentType = MediaTypeHeaderValue.Parse(mediaType) } };
        if (current)
            request.Headers.TryAddWithoutValidation("If-Match", "*");
        using var response = await _app.Client.SendAsync(request);
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
            return result.Written == count
                ? new Priced(what, _counter.Take()) : throw new InvalidOperationException($"{result.Written} of {count} projects were written.");
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
        var outcome = await services.GetRequiredService<SnapshotRun>()
            .WaitAndRunAsync(new SnapshotJob(day, Provisional: false, Once: true), CancellationToken.None);
        if (outcome is not SnapshotOutcome.Published)
            throw new InvalidOperationException($"The snapshot of {day:O} ended as {outcome}.");
        await services.GetRequiredService<ChangePurge>().RunAsync(services.GetRequiredService<SnapshotOptions>().ChangesKept, CancellationToken.None);
        return new Priced(what, _counter.Take());
    }

    /// <summary>What a minute costs in which there is nothing to do: the host calls the timer that looks for operations, and it finds none.</summary>
    public async Task<Priced> MinuteAsync(string what)
    {
        await _app.Host.InvokeTimerAsync("ResumeOperations");
        return new Priced(what, _counter.Take());
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _counter.Dispose();
        await _emulator.DisposeAsync();
    }
}
