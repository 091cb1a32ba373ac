using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FriendCity.SampleWorker;

public sealed class LongFunctions
{
    private static readonly ConcurrentDictionary<string, TaskCompletionSource> Lines = new();

    internal static TaskCompletionSource LetEnd { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when a line of a request has come to <see cref="Stream"/>.</summary>
    internal static Task Heard(string line) => Line(line).Task;

    /// <summary>Answers each line of the request as soon as it has come, and ends when it is let.</summary>
    [Function("Stream")]
    public static async Task Stream([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "stream")] HttpRequest req, CancellationToken ct)
    {
        var response = req.HttpContext.Response;
        response.ContentType = "text/plain";
        using var lines = new StreamReader(req.Body);
        while (await lines.ReadLineAsync(ct) is { } line)
        {
            Line(line).TrySetResult();
            await response.WriteAsync($"got {line}\n", ct);
            await response.Body.FlushAsync(ct);
        }

        await LetEnd.Task.WaitAsync(ct);
        await response.WriteAsync("end\n", ct);
    }

    private static TaskCompletionSource Line(string line) =>
        Lines.GetOrAdd(line, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    /// <summary>Goes on until it is cancelled or let go: by a test in the same process, or by the end of its request's body.</summary>
    [Function("Slow")]
    public static async Task<IResult> Slow(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "slow/{name}")] HttpRequest req, string name, CancellationToken ct)
    {
        var slow = SlowCall.Of(name);
        using var gone = req.HttpContext.RequestAborted.Register(slow.Aborted.SetResult);
        using var cancelled = ct.Register(slow.Cancelled.SetResult);
        slow.Begun.SetResult();
        try
        {
            if (HttpMethods.IsPost(req.Method))
                await req.Body.CopyToAsync(System.IO.Stream.Null, ct);
            else
                await slow.LetGo.Task.WaitAsync(ct);
            return Results.Text("done");
        }
        catch (OperationCanceledException)
        {
            // Two words of the same event, and either may come first.
            await Task.WhenAll(slow.Cancelled.Task, slow.Aborted.Task);
            throw;
        }
    }

    /// <summary>Answers when a call of that name has begun.</summary>
    [Function("Begun")]
    public static async Task<IResult> Begun(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "slow/{name}/begun")] HttpRequest req, string name, CancellationToken ct)
    {
        await SlowCall.Of(name).Begun.Task.WaitAsync(ct);
        return Results.Text(Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
    }
}
