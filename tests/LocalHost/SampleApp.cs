using FriendCity.LocalHost;
using FriendCity.SampleWorker;
using FriendCity.Tests.Support;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;

namespace FriendCity.Tests.LocalHost;

/// <summary>The sample app under the local host.</summary>
internal static class SampleApp
{
    /// <summary>In this process.</summary>
    public static Task<InProcessWorker> StartAsync(Func<LocalHostOptions, LocalHostOptions>? change = null, Bell? bell = null) =>
        InProcessWorker.StartAsync(
            typeof(SampleFunctions).Assembly,
            builder =>
            {
                builder.ConfigureFunctionsWebApplication();
                builder.Services.AddSingleton(bell ?? new Bell());
            },
            change);
}
