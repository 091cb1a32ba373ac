using FriendCity.LocalHost;
using FriendCity.SampleWorker;
using FriendCity.Tests.Integration.Dev;
using FriendCity.Tests.Support;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;

namespace FriendCity.Tests.Integration.LocalHost;

/// <summary>The sample app under the local host.</summary>
internal static class SampleApp
{
    private static readonly string Built = AppContext.BaseDirectory.Contains("Release", StringComparison.Ordinal) ? "Release" : "Debug";

    /// <summary>What a build makes of the app.</summary>
    public static string Folder { get; } = Repository.At("tests", "Support", "SampleWorker", "bin", Built, "net10.0");

    /// <summary>In this process.</summary>
    public static Task<InProcessWorker> StartAsync(Func<LocalHostOptions, LocalHostOptions>? change = null, TimerSignal? bell = null) =>
        InProcessWorker.StartAsync(
            typeof(SampleFunctions).Assembly,
            builder =>
            {
                builder.ConfigureFunctionsWebApplication();
                builder.Services.AddSingleton(bell ?? new TimerSignal());
            },
            change);

    /// <summary>As a process of the host's program, which starts the worker as another; waits until it says that it listens.</summary>
    public static async Task<(Child Host, HttpClient Client)> RunAsync(params string[] arguments)
    {
        var host = Program(new Dictionary<string, string>(), ["--app", Folder, "--port", "0", .. arguments]);
        return (host, await ClientAsync(host));
    }

    public static Child Program(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var program = Repository.At("dev", "LocalHost", "bin", Built, "net10.0", "FriendCity.LocalHost.dll");
        return new Child("dotnet", [program, .. arguments], environment: environment);
    }

    public static async Task<HttpClient> ClientAsync(Child host)
    {
        var line = await host.LineAsync(line => line.StartsWith("Functions host listening at ", StringComparison.Ordinal));
        return new HttpClient { BaseAddress = new Uri(line.Split(' ')[^1].Replace("localhost", "127.0.0.1", StringComparison.Ordinal)) };
    }
}
