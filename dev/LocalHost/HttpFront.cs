using System.Net;
using FriendCity.LocalHost.Rpc;
using Microsoft.AspNetCore.Routing;
using Yarp.ReverseProxy.Forwarder;

namespace FriendCity.LocalHost;

/// <summary>
/// Takes people's requests: finds the function, tells the worker to call it, and forwards the same request to the worker's own server,
/// which joins the two by their id. Both directions stream.
/// </summary>
internal sealed class HttpFront(LocalFunctionsHost host, IHttpForwarder forwarder, LocalHostOptions options, HostLog log) : IDisposable
{
    private const string Id = "x-ms-invocation-id";

    // Without a propagator the client makes no spans: they would carry addresses, and addresses carry keys.
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
        EnableMultipleHttp2Connections = false,
    });

    private readonly ForwarderRequestConfig _config = new() { ActivityTimeout = TimeSpan.FromSeconds(240) };

    public async Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path;
        var isAdmin = path.StartsWithSegments("/admin", StringComparison.OrdinalIgnoreCase);
        if (isAdmin || path.StartsWithSegments("/runtime", StringComparison.OrdinalIgnoreCase))
        {
            // The host's own, in Azure behind its own keys, of which this host has none.
            context.Response.StatusCode = isAdmin ? 401 : 404;
            return;
        }

        try
        {
            var (channel, routes) = await host.LiveAsync(context.RequestAborted);
            if (routes.Find(context) is var (function, values))
                await InvokeAsync(context, channel, function, values);
            else if (path == "/")
                await HomeAsync(context);
            else
                context.Response.StatusCode = 404;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
        }
        catch (WorkerException)
        {
            Refuse(context, 503);
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task InvokeAsync(HttpContext context, WorkerChannel channel, FunctionEntry function, RouteValueDictionary values)
    {
        var headers = context.Request.Headers;
        var invocation = new InvocationRequest
        {
            InvocationId = Guid.NewGuid().ToString(),
            FunctionId = function.Id,
            RetryContext = new RetryContext(),
            TraceContext = new RpcTraceContext { TraceParent = headers.TraceParent.ToString(), TraceState = headers.TraceState.ToString() },
            InputData = { new ParameterBinding { Name = function.Parameter, Data = new TypedData { Http = new RpcHttp() } } },
        };
        foreach (var (name, value) in values)
            if (value is not null)
                invocation.TriggerMetadata[name] = new TypedData { String = value.ToString() };

        headers[Id] = invocation.InvocationId;
        var outcome = channel.InvokeAsync(invocation);
        // The forwarder's own rules, as in Azure: X-Forwarded-For, -Host and -Proto say what was asked, whatever the client had said in them.
        var forwarded = await forwarder.SendAsync(context, channel.Address!.ToString(), _client, _config);
        if (forwarded != ForwarderError.None)
            channel.Cancel(invocation.InvocationId);
        var failure = await FailureAsync(outcome);
        if (failure is not null)
            log.Error($"Function {function.Name} failed ({forwarded}): {failure}");
        if (failure is not null && forwarded == ForwarderError.None)
            Refuse(context, 500);
    }

    /// <summary>Null when the function did what it was asked.</summary>
    private static async Task<string?> FailureAsync(Task<StatusResult> outcome)
    {
        try
        {
            var result = await outcome;
            return result.Status == StatusResult.Types.Status.Success ? null : $"{result.Status} {result.Exception?.Message}";
        }
        catch (WorkerException error)
        {
            return error.Message;
        }
    }

    private async Task HomeAsync(HttpContext context)
    {
        if (options.IsTrue("AzureWebJobsDisableHomepage"))
        {
            context.Response.StatusCode = 204;
            return;
        }

        context.Response.ContentType = "text/html";
        await context.Response.WriteAsync("<!DOCTYPE html><title>Functions</title><p>Your Functions app is up and running.</p>");
    }

    /// <summary>An empty answer of that status, or the end of one that had begun.</summary>
    private static void Refuse(HttpContext context, int status)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        context.Response.Clear();
        context.Response.StatusCode = status;
    }
}
