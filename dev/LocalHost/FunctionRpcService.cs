using FriendCity.LocalHost.Rpc;
using Grpc.Core;
using RpcException = Grpc.Core.RpcException;

namespace FriendCity.LocalHost;

/// <summary>The end of the stream that workers open.</summary>
internal sealed class FunctionRpcService(LocalFunctionsHost host, HostLog log) : FunctionRpc.FunctionRpcBase
{
    public override async Task EventStream(
        IAsyncStreamReader<StreamingMessage> requestStream, IServerStreamWriter<StreamingMessage> responseStream, ServerCallContext context)
    {
        if (!await requestStream.MoveNext(context.CancellationToken) || requestStream.Current.StartStream?.WorkerId != host.WorkerId)
            throw new RpcException(new Status(StatusCode.PermissionDenied, "Not the worker that was expected."));

        var channel = new WorkerChannel(log);
        var sending = SendAsync(channel, responseStream);
        var receiving = ReceiveAsync(channel, requestStream);
        var opening = host.OpenAsync(channel);
        await Task.WhenAny(receiving, channel.Ended);
        // Returning is what ends the call; a call left open keeps a megabyte alive in a worker that shares our process.
        channel.End();
        host.Close(channel);
        await Task.WhenAll(sending, opening);
    }

    private static async Task SendAsync(WorkerChannel channel, IServerStreamWriter<StreamingMessage> stream)
    {
        try
        {
            await foreach (var message in channel.Outgoing.ReadAllAsync())
                await stream.WriteAsync(message);
        }
        catch (Exception error) when (IsBroken(error))
        {
            channel.End();
        }
    }

    private static async Task ReceiveAsync(WorkerChannel channel, IAsyncStreamReader<StreamingMessage> stream)
    {
        try
        {
            while (await stream.MoveNext(CancellationToken.None))
                channel.Receive(stream.Current);
        }
        catch (Exception error) when (IsBroken(error))
        {
        }
    }

    private static bool IsBroken(Exception error) => error is IOException or OperationCanceledException or InvalidOperationException or RpcException;
}
