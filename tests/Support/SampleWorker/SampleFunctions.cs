using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FriendCity.SampleWorker;

public sealed class SampleFunctions
{
    [Function("Echo")]
    public static async Task<IResult> Echo(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "echo/{id?}")] HttpRequest req, string? id)
    {
        using var body = new StreamReader(req.Body);
        return Results.Text(string.Join('|', req.Method, id, req.QueryString, req.Scheme, req.Host, await body.ReadToEndAsync()));
    }

    [Function("Headers")]
    public static IResult Headers([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "headers")] HttpRequest req) =>
        Results.Text(string.Join('\n', req.Headers.Select(header => $"{header.Key}: {header.Value}").Append($"Remote: {Caller(req)}")));

    // The host tries routes in the order of functions' names: of these two, A is reached and the literal one never.
    [Function("AOverlap")]
    public static IResult Overlap([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "overlap/{name}")] HttpRequest req, string name) =>
        Results.Text($"A {name}");

    [Function("BOverlap")]
    public static IResult Literal([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "overlap/special")] HttpRequest req) => Results.Text("B");

    [Function("Number")]
    public static IResult Number([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "number/{n:int}")] HttpRequest req, string n) =>
        Results.Text($"number {n}");

    [Function("Code")]
    public static IResult Code(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "code/{c:regex(^[a-z]{{2}}$)}")] HttpRequest req, string c) =>
        Results.Text($"code {c}");

    [Function("Pid")]
    public static IResult Pid([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "pid")] HttpRequest req) =>
        Results.Text(Environment.ProcessId.ToString(CultureInfo.InvariantCulture));

    [Function("Fail")]
    public static IResult Fail([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "fail")] HttpRequest req) =>
        throw new InvalidOperationException("Failed as asked.");

    [Function("Break")]
    public static async Task Break([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "break")] HttpRequest req, CancellationToken ct)
    {
        await req.HttpContext.Response.WriteAsync("begun", ct);
        await req.HttpContext.Response.Body.FlushAsync(ct);
        throw new InvalidOperationException("Failed on the way.");
    }

    [Function("Crash")]
    public static IResult Crash([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "crash")] HttpRequest req)
    {
        using var self = System.Diagnostics.Process.GetCurrentProcess();
        self.Kill();
        return Results.Ok();
    }

    [Function("ZRest")]
    public static IResult Rest(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", "delete", Route = "rest/{*path}")] HttpRequest req, string? path) =>
        Results.Text($"rest {path}");

    private static IPAddress? Caller(HttpRequest req) => req.HttpContext.Connection.RemoteIpAddress;
}
