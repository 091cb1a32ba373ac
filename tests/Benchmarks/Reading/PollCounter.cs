using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Features;

namespace FriendCity.Benchmarks.Reading;

/// <summary>
/// Stands between the service and the emulator's tables and counts the polls of the change feed, and how many were under way at once.
/// </summary>
internal sealed class PollCounter : IAsyncDisposable
{
    private readonly HttpClient _upstream = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false });
    private readonly Uri _target;
    private readonly WebApplication _app;
    private int _count;
    private int _underWay;
    private int _most;

    private PollCounter(Uri target)
    {
        _target = target;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(PassAsync);
    }

    public Uri Tables => new UriBuilder(_target) { Port = new Uri(_app.Urls.First()).Port }.Uri;

    public int Count => Volatile.Read(ref _count);

    public int MostAtOnce => Volatile.Read(ref _most);

    public static async Task<PollCounter> StartAsync(Uri tables)
    {
        var counter = new PollCounter(tables);
        await counter._app.StartAsync();
        return counter;
    }

    public void Reset() => (_count, _most) = (0, 0);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _upstream.Dispose();
    }

    private async Task PassAsync(HttpContext context)
    {
        var poll = context.Request.Path.Value!.EndsWith("/changes()", StringComparison.Ordinal);
        if (poll)
            Begin();
        try
        {
            await ForwardAsync(context);
        }
        finally
        {
            if (poll)
                Interlocked.Decrement(ref _underWay);
        }
    }

    private void Begin()
    {
        Interlocked.Increment(ref _count);
        var now = Interlocked.Increment(ref _underWay);
        int most;
        while (now > (most = Volatile.Read(ref _most)) && Interlocked.CompareExchange(ref _most, now, most) != most)
        {
        }
    }

    private async Task ForwardAsync(HttpContext context)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method),
            $"{_target.GetLeftPart(UriPartial.Authority)}{context.Features.Get<IHttpRequestFeature>()!.RawTarget}");
        if (context.Request.ContentLength > 0)
            request.Content = new StreamContent(context.Request.Body);
        foreach (var (name, value) in context.Request.Headers.Where(header => header.Key != "Host"))
            if (!request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)value))
                request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)value);
        using var answer = await _upstream.SendAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers)
            .Where(header => header.Key is not ("Transfer-Encoding" or "Connection" or "Keep-Alive")))
            context.Response.Headers[name] = values.ToArray();
        if (answer.StatusCode != HttpStatusCode.NoContent)
            await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
