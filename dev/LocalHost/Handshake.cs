using System.Net.Sockets;
using FriendCity.LocalHost.Rpc;

namespace FriendCity.LocalHost;

/// <summary>What host and worker say to each other before the first call.</summary>
internal static class Handshake
{
    // The version whose behaviour was measured. Workers only report it.
    private const string HostVersion = "4.1037.0";

    public static async Task RunAsync(WorkerChannel channel, LocalHostOptions options)
    {
        var folder = options.AppFolder;
        var init = (await channel.AskAsync(new StreamingMessage
        {
            WorkerInitRequest = new WorkerInitRequest { HostVersion = HostVersion, WorkerDirectory = folder, FunctionAppDirectory = folder },
        })).WorkerInitResponse;
        Check(init.Result, "The worker did not initialise");
        channel.Address = options.WorkerAddress is { } address ? await address
            : init.Capabilities.TryGetValue("HttpUri", out var uri) ? new Uri(uri) : null;

        var index = (await channel.AskAsync(new StreamingMessage
        {
            FunctionsMetadataRequest = new FunctionsMetadataRequest { FunctionAppDirectory = folder },
        })).FunctionMetadataResponse;
        Check(index.Result, "The worker did not name its functions");
        var functions = index.FunctionMetadataResults.Select(FunctionEntry.Read).OfType<FunctionEntry>()
            .Where(function => !options.IsTrue($"AzureWebJobs.{function.Name}.Disabled")).ToList();
        if (functions.Exists(function => function.Http is not null) && channel.Address is null)
            throw new WorkerException("The worker has HTTP functions and no HttpUri: it must use the ASP.NET Core integration.");
        foreach (var function in functions.Where(function => function.Http is not null))
            if (function.Http!.Route.Split('/')[0].ToUpperInvariant() is "ADMIN" or "RUNTIME" && RouteTable.Prefix(folder).Length == 0)
                throw new WorkerException($"Function {function.Name}: its route '{function.Http.Route}' begins with what is the host's own.");

        var loads = functions.Select(async function =>
        {
            var load = new FunctionLoadRequest { FunctionId = function.Id, Metadata = function.Metadata };
            var answer = await channel.AskAsync(new StreamingMessage { FunctionLoadRequest = load });
            Check(answer.FunctionLoadResponse.Result, $"Function {function.Name} did not load");
        });
        await Task.WhenAll(loads);
        channel.Functions = functions;
        if (channel.Address is { } server)
            await ListeningAsync(server, channel);
    }

    /// <summary>A worker opens its stream before its own server listens.</summary>
    private static async Task ListeningAsync(Uri server, WorkerChannel channel)
    {
        while (!channel.Ended.IsCompleted)
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(server.Host, server.Port);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10));
            }
        }
    }

    private static void Check(StatusResult? result, string what)
    {
        if (result is not { Status: StatusResult.Types.Status.Success })
            throw new WorkerException($"{what}: {result?.Exception?.Message ?? result?.Result}");
    }
}
