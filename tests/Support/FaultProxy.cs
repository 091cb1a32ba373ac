using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FriendCity.Tests.Support;

/// <summary>
/// Stands between us and the storage emulator, passes every byte on as it is, and does harm where a rule says so.
/// Requests to tables and blobs share one count, so a test can fail, or kill a process at, the Nth request of a run.
/// </summary>
internal sealed class FaultProxy : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _gate = new();
    private readonly List<ProxiedRequest> _requests = [];
    private readonly List<FaultRule> _rules = [];
    private readonly TcpListener[] _listeners;
    private readonly Task[] _loops;

    public FaultProxy(Uri tables, Uri blobs)
    {
        _listeners = [Listener(), Listener()];
        (Tables, Blobs) = (Here(_listeners[0], tables), Here(_listeners[1], blobs));
        _loops = [AcceptAsync(_listeners[0], tables.Port), AcceptAsync(_listeners[1], blobs.Port)];
    }

    public Uri Tables { get; }

    public Uri Blobs { get; }

    public string ConnectionString => AzuriteProcess.Connection(Tables, Blobs);

    public string ConnectionStringFor(string account) => AzuriteProcess.Connection(Tables, Blobs, account);

    /// <summary>Called with each request before it is forwarded, while nothing else of that connection happens.</summary>
    public Action<ProxiedRequest>? OnRequest { get; set; }

    public IReadOnlyList<ProxiedRequest> Requests
    {
        get
        {
            lock (_gate)
                return [.. _requests];
        }
    }

    /// <param name="verb">Null for any.</param>
    /// <param name="path">A part of path and query; null for any.</param>
    /// <param name="nth">Among the requests that match, from 1.</param>
    public void On(Fault fault, string? verb = null, string? path = null, int nth = 1, int times = 1) => On(
        request => (verb is null || request.Verb == verb) && (path is null || request.Path.Contains(path, StringComparison.Ordinal)), fault, nth,
        times);

    public void On(Func<ProxiedRequest, bool> match, Fault fault, int nth = 1, int times = 1)
    {
        lock (_gate)
            _rules.Add(new FaultRule(match, fault, nth, times));
    }

    /// <summary>No more harm; the count goes on.</summary>
    public void Heal()
    {
        lock (_gate)
            _rules.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        foreach (var listener in _listeners)
            listener.Dispose();
        await Task.WhenAll(_loops);
        _end.Dispose();
    }

    private static TcpListener Listener()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }

    private static Uri Here(TcpListener listener, Uri target) =>
        new UriBuilder(target) { Port = ((IPEndPoint)listener.LocalEndpoint).Port }.Uri;

    private async Task AcceptAsync(TcpListener listener, int port)
    {
        var open = new List<Task>();
        try
        {
            while (true)
            {
                open.Add(ServeAsync(await listener.AcceptTcpClientAsync(_end.Token), port));
                open.RemoveAll(task => task.IsCompletedSuccessfully);
            }
        }
        catch (Exception) when (_end.IsCancellationRequested)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task ServeAsync(TcpClient client, int port)
    {
        using (client)
        {
            try
            {
                client.NoDelay = true;
                var stream = PipeReader.Create(client.GetStream());
                while (await RawHttp.ReadAsync(stream, bodiless: false, _end.Token, () => SendAsync(client, "HTTP/1.1 100 Continue\r\n\r\n"))
                    is { } request && await PassAsync(client, request, port))
                {
                }
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // Either side may vanish at any time: that is what this proxy is for.
                client.Client.Close(0);
            }
        }
    }

    /// <summary>False when the connection ends with this request.</summary>
    private async Task<bool> PassAsync(TcpClient client, RawHttp raw, int port)
    {
        var (request, fault) = Note(raw);
        OnRequest?.Invoke(request);
        switch (fault)
        {
            case Fault.Answer answer:
                await SendAsync(client, Text(answer));
                return true;
            case Fault.Reset:
                // A linger time of zero makes the close a reset.
                client.LingerState = new LingerOption(enable: true, 0);
                return false;
            case Fault.Delay delay:
                await Task.Delay(delay.Time, _end.Token);
                break;
        }

        var response = await ForwardAsync(raw, request.Verb, port);
        if (fault is Fault.DropAnswer)
            return false;
        await client.GetStream().WriteAsync(response.Head, _end.Token);
        await client.GetStream().WriteAsync(fault is Fault.HalfBody ? response.Body.AsMemory(0, response.Body.Length / 2) : response.Body,
            _end.Token);
        return fault is not Fault.HalfBody;
    }

    private (ProxiedRequest Request, Fault? Fault) Note(RawHttp raw)
    {
        var parts = raw.StartLine.Split(' ');
        lock (_gate)
        {
            var request = new ProxiedRequest(_requests.Count + 1, parts[0], parts[1], raw.Body);
            _requests.Add(request);
            // Every rule counts the request, also when an earlier one takes it.
            return (request, _rules.Select(rule => rule.For(request)).ToList().Find(fault => fault is not null));
        }
    }

    // A connection for each request: then an idle one that the emulator closes is never taken for a fault.
    private async Task<RawHttp> ForwardAsync(RawHttp request, string verb, int port)
    {
        using var upstream = new TcpClient { NoDelay = true };
        await upstream.ConnectAsync(IPAddress.Loopback, port, _end.Token);
        var stream = upstream.GetStream();
        await stream.WriteAsync(request.Head, _end.Token);
        await stream.WriteAsync(request.Body, _end.Token);
        var answers = PipeReader.Create(stream);
        RawHttp? answer;
        do
            answer = await RawHttp.ReadAsync(answers, bodiless: verb == "HEAD", _end.Token);
        // That the body may come was said to the client already.
        while (answer?.StartLine.StartsWith("HTTP/1.1 100", StringComparison.Ordinal) == true);
        return answer ?? throw new IOException("Storage closed the connection.");
    }

    private Task SendAsync(TcpClient client, string text) => client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text), _end.Token).AsTask();

    private static string Text(Fault.Answer answer) => string.Create(CultureInfo.InvariantCulture,
        $"HTTP/1.1 {answer.Status} Fault\r\nContent-Length: 0\r\n{(answer.RetryAfter is null ? "" : $"Retry-After: {answer.RetryAfter}\r\n")}\r\n");
}
