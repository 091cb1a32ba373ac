using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FriendCity.SampleWorker;

public sealed class LongFunctions
{
    /// <summary>Answers each line of the request as soon as it has come, so both ways must stream.</summary>
    [Function("Stream")]
    public static async Task Stream([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "stream")] HttpRequest req, CancellationToken ct)
    {
        var response = req.HttpContext.Response;
        response.ContentType = "text/plain";
        using var lines = new StreamReader(req.Body);
        while (await lines.ReadLineAsync(ct) is { } line)
        {
            await response.WriteAsync($"got {line}\n", ct);
            await response.Body.FlushAsync(ct);
        }
    }

    /// <summary>Begins an answer and goes on until it is cancelled or let go.</summary>
    [Function("Slow")]
    public static async Task<IResult> Slow([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "slow/{name}")] HttpRequest req, string name, CancellationToken ct)
    {
        var slow = SlowCall.Of(name);
        using var gone = req.HttpContext.RequestAborted.Register(slow.Aborted.SetResult);
        using var cancelled = ct.Register(slow.Cancelled.SetResult);
        slow.Begun.SetResult();
        await slow.LetGo.Task.WaitAsync(ct);
        return Results.Text("done");
    }

    [Function("LetGo")]
    public static IResult LetGo([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "slow/{name}/go")] HttpRequest req, string name)
    {
        SlowCall.Of(name).LetGo.TrySetResult();
        return Results.NoContent();
    }

    /// <summary>Answers when a call of that name has begun.</summary>
    [Function("Begun")]
    public static async Task<IResult> Begun([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "slow/{name}/begun")] HttpRequest req, string name, CancellationToken ct)
    {
        await SlowCall.Of(name).Begun.Task.WaitAsync(ct);
        return Results.Text(Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
    }
}
