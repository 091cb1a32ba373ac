using System.Globalization;
using Azure.Core.Pipeline;
using FriendCity.Records;
using FriendCity.Storage;
using FriendCity.Tests.Support;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace FriendCity.Benchmarks.Instances;

/// <summary>
/// The service in its real composition, with a wrong clock and a storage that misbehaves. The connection is the setting
/// AzureWebJobsStorage. It says where it listens, does what lines on its input tell it, and ends with its input.
/// </summary>
internal static class Instance
{
    public static async Task<int> RunAsync(string[] args)
    {
        var options = InstanceOptions.Read(args);
        using var harm = new Harm(options.Seed, options.DateShift);
        await using var app = FriendCityApp.Build(["--port=0"], builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(new ShiftedClock(TimeProvider.System.GetUtcNow() + options.Clock));
            builder.Services.AddSingleton(new StorageOptions { Transport = new HttpClientTransport(new HttpClient(harm, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan }) });
            // Built last, after the product has added its own adapters.
            if (!options.Barrier)
                builder.Host.ConfigureContainer<IServiceCollection>((_, services) => services.AddSingleton<ITableStorage>(provider =>
                    new StalePolls(ActivatorUtilities.CreateInstance<AzureTableStorage>(provider), provider.GetRequiredService<TimeProvider>())));
        });
        await app.StartAsync();
        Console.WriteLine($"listening {app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()}");
        await ObeyAsync(app, harm);
        await app.StopAsync();
        return 0;
    }

    private static async Task ObeyAsync(WebApplication app, Harm harm)
    {
        while (await Console.In.ReadLineAsync() is { } line)
            Console.WriteLine(line.Split(' ') switch
            {
                ["harm"] => harm.Begin(),
                ["hold", var seconds] => harm.HoldCommits(TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture))),
                ["calm"] => harm.End(),
                ["heap"] => await HeapAsync(app.Services.GetRequiredService<Replica>()),
                ["import", var folder] => await ImportAsync(app.Services.GetRequiredService<Importer>(), folder),
                _ => $"What is '{line}'?",
            });
    }

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
