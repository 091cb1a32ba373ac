using System.Globalization;
using Azure.Core.Pipeline;
using FriendCity.Records.Import;
using FriendCity.Records.Replication;
using FriendCity.Storage;
using FriendCity.Storage.Tables;
using FriendCity.Tests.Support;

namespace FriendCity.Benchmarks.Instances;

/// <summary>
/// The worker in its real composition and a local Functions host, in one process that can be frozen as a whole, with a wrong clock and a
/// storage that misbehaves. The connection is the setting AzureWebJobsStorage. It says where it listens, does what lines on its input tell
/// it, and ends with its input.
/// </summary>
internal static class Instance
{
    private static readonly TimeSpan StaleFor = TimeSpan.FromSeconds(1);

    public static async Task<int> RunAsync(string[] args)
    {
        var options = InstanceOptions.Read(args);
        using var harm = new NetworkFaults(options.Seed);
        await using var app = await InProcessWorker.StartAsync(typeof(FriendCityServices).Assembly, builder =>
        {
            builder.ConfigureFriendCity(settings =>
            {
                settings.Services.AddSingleton<TimeProvider>(new ShiftedClock(TimeProvider.System.GetUtcNow() + options.Clock));
                settings.Services.AddSingleton(new StorageOptions
                {
                    Transport = Transport(harm),
                    SilenceTimeout = StorageOptions.Default.RequestTimeout
                });
            });
            // Last, as the last one is the one that is taken.
            if (options.Polls is { } polls)
                builder.Services.AddSingleton(ReplicaOptions.Default with { PollsPerSecond = polls, Averaged = TimeSpan.Zero });
            if (!options.Barrier)
                builder.Services.AddSingleton<ITableStorage>(provider =>
                    new StalePolls(ActivatorUtilities.CreateInstance<AzureTableStorage>(provider), TimeProvider.System, StaleFor));
        });
        Console.WriteLine($"listening {app.Host.Address}");
        await ObeyAsync(app.Services, harm);
        return 0;
    }

    private static HttpClientTransport Transport(NetworkFaults harm) =>
        new(new HttpClient(harm, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan });

    private static async Task ObeyAsync(IServiceProvider services, NetworkFaults harm)
    {
        while (await Console.In.ReadLineAsync() is { } line)
            Console.WriteLine(line.Split(' ') switch
            {
                ["harm"] => harm.Begin(),
                ["shift", var seconds] => harm.ShiftDate(Seconds(seconds)),
                ["hold", var seconds] => harm.HoldCommits(Seconds(seconds)),
                ["calm"] => harm.End(),
                ["heap"] => await HeapAsync(services.GetRequiredService<Replica>()),
                ["import", var folder] => await ImportAsync(services.GetRequiredService<Importer>(), folder),
                _ => $"What is '{line}'?",
            });
    }

    private static TimeSpan Seconds(string text) => TimeSpan.FromSeconds(double.Parse(text, CultureInfo.InvariantCulture));

    private static async Task<string> ImportAsync(Importer importer, string folder)
    {
        var result = await importer.RunAsync(folder, "bench", CancellationToken.None);
        return $"import {result.Written} {result.Faults.Count}";
    }

    /// <summary>Bytes alive with all records loaded.</summary>
    private static async Task<string> HeapAsync(Replica replica)
    {
        await replica.ReadAsync(CancellationToken.None);
        return string.Create(CultureInfo.InvariantCulture, $"heap {GC.GetTotalMemory(forceFullCollection: true)}");
    }
}
