using System.Threading.Channels;
using FriendCity.Hosting;

namespace FriendCity.Tests.Hosting;

/// <summary>One function of each kind, as the product writes them.</summary>
public sealed class SampleFunctions(TimerCalls calls)
{
    [Function("Echo")]
    public static async Task<IResult> EchoAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "POST", Route = "api/v1/echo/{id}/{part?}")] HttpRequest req,
        string id, string? part, CancellationToken ct)
    {
        using var reader = new StreamReader(req.Body);
        var body = await reader.ReadToEndAsync(ct);
        return Results.Json(new Echo(id, part, req.Query["x"], req.Host.Value, req.Headers.UserAgent, req.Headers.ContentEncoding.Count, body));
    }

    [Function("Files")]
    public Task<IResult> FilesAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "files/{*path}")] HttpRequest req, string? path)
    {
        calls.Requests++;
        return Task.FromResult(Results.Text(path ?? "none", statusCode: req.Query.ContainsKey("teapot") ? 418 : 200));
    }

    [Function("Nightly")]
    public Task NightlyAsync([TimerTrigger("%NightlySchedule%", RunOnStartup = true)] TimerInfo timer, CancellationToken ct) => calls.RunAsync(timer, ct);

    [Function("Broken")]
    public Task BreakAsync([TimerTrigger("0 30 2 * * *", UseMonitor = false)] TimerInfo clock) =>
        throw new InvalidOperationException($"Broken on purpose, and late: {clock.IsPastDue}. {calls.Requests}");
}

public sealed record Echo(string Id, string? Part, string? X, string? Host, string? UserAgent, int ContentEncodings, string Body);

/// <summary>Written on purpose without a constructor anybody can call.</summary>
public sealed class UnbindableFunctions
{
    private UnbindableFunctions()
    {
    }

    [Function("Unbindable")]
    public Task<IResult> GetAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "unbindable")] HttpRequest req) =>
        Task.FromResult(Results.Text($"{GetHashCode()} {req.Path}"));
}

/// <summary>What the timer functions of the tests were called with, and what they do about it.</summary>
public sealed class TimerCalls
{
    private readonly Channel<TimerInfo> _calls = Channel.CreateUnbounded<TimerInfo>();

    public int Requests { get; set; }

    public int Waiting => _calls.Reader.Count;

    public Func<CancellationToken, Task> Then { get; set; } = _ => Task.CompletedTask;

    public Task<TimerInfo> NextAsync() => _calls.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));

    internal Task RunAsync(TimerInfo timer, CancellationToken ct)
    {
        _calls.Writer.TryWrite(timer);
        return Then(ct);
    }
}
