using System.Collections.Concurrent;
using System.Threading.Channels;
using FriendCity.LocalHost.Rpc;
using Google.Protobuf.WellKnownTypes;

namespace FriendCity.LocalHost;

/// <summary>The worker is gone, or was never of use.</summary>
public sealed class WorkerException(string message) : Exception(message);

/// <summary>One worker's stream of messages, from its first to its end.</summary>
internal sealed class WorkerChannel(HostLog log)
{
    private readonly Channel<StreamingMessage> _outgoing =
        Channel.CreateUnbounded<StreamingMessage>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentDictionary<string, TaskCompletionSource<StreamingMessage>> _asked = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<StatusResult>> _invocations = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Where the worker takes the requests that belong to invocations.</summary>
    public Uri? Address { get; set; }

    public IReadOnlyList<FunctionEntry> Functions { get; set; } = [];

    public ChannelReader<StreamingMessage> Outgoing => _outgoing.Reader;

    public Task Ended => _ended.Task;

    public bool Send(StreamingMessage message) => _outgoing.Writer.TryWrite(message);

    /// <summary>Sends a request and waits for the answer of the same id.</summary>
    public Task<StreamingMessage> AskAsync(StreamingMessage message)
    {
        var answer = New<StreamingMessage>();
        message.RequestId = Guid.NewGuid().ToString();
        _asked[message.RequestId] = answer;
        Send(message);
        if (Ended.IsCompleted)
            answer.TrySetException(Gone());
        return answer.Task;
    }

    /// <summary>Calls a function. The task fails only when the worker is lost meanwhile.</summary>
    public Task<StatusResult> InvokeAsync(InvocationRequest request)
    {
        var outcome = New<StatusResult>();
        _invocations[request.InvocationId] = outcome;
        Send(new StreamingMessage { InvocationRequest = request });
        if (Ended.IsCompleted)
            outcome.TrySetException(Gone());
        return outcome.Task;
    }

    public void Cancel(string invocation) => Send(new StreamingMessage { InvocationCancel = new InvocationCancel { InvocationId = invocation } });

    public void Terminate(TimeSpan grace) =>
        Send(new StreamingMessage { WorkerTerminate = new WorkerTerminate { GracePeriod = Duration.FromTimeSpan(grace) } });

    public void Receive(StreamingMessage message)
    {
        switch (message.ContentCase)
        {
            case StreamingMessage.ContentOneofCase.InvocationResponse:
                if (_invocations.TryRemove(message.InvocationResponse.InvocationId, out var outcome))
                    outcome.TrySetResult(message.InvocationResponse.Result);
                break;
            case StreamingMessage.ContentOneofCase.RpcLog:
                var entry = message.RpcLog;
                // A worker puts the stack into the exception's message too.
                if (entry.Level >= RpcLog.Types.Level.Information)
                    log.Write(entry.Level.ToString(), entry.Category, $"{entry.Message} {entry.Exception?.Message}");
                break;
            default:
                if (_asked.TryRemove(message.RequestId, out var answer))
                    answer.TrySetResult(message);
                break;
        }
    }

    /// <summary>Ends the call, so that the worker's end of it is let go too, and fails what still waits.</summary>
    public void End()
    {
        _ended.TrySetResult();
        _outgoing.Writer.TryComplete();
        foreach (var answer in _asked.Values)
            answer.TrySetException(Gone());
        foreach (var outcome in _invocations.Values)
            outcome.TrySetException(Gone());
    }

    private static WorkerException Gone() => new("The worker has gone.");

    private static TaskCompletionSource<T> New<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
