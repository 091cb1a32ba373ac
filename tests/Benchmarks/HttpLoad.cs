using System.Diagnostics;
using System.Net;

namespace FriendCity.Benchmarks;

/// <param name="Latencies">Milliseconds, sorted; of refusals too.</param>
/// <param name="Refused">Answers 503.</param>
/// <param name="Refusal">What the last of them said: a problem of the service, or nothing, when the host has no worker.</param>
internal sealed record LoadResult(double PerSecond, IReadOnlyList<double> Latencies, int Refused, string? Refusal)
{
    public double Percentile(int percent) => Latencies[Math.Min(Latencies.Count - 1, Latencies.Count * percent / 100)];
}

/// <summary>A client in this process: so many connections, each sending its next request when it has read the whole last answer.</summary>
internal static class HttpLoad
{
    private const int BufferBytes = 64 * 1024;

    public static HttpClient Client(int connections, string? key)
    {
        var client = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            MaxConnectionsPerServer = connections
        })
        {
            Timeout = TimeSpan.FromMinutes(2),
        };
        if (key is not null)
            client.DefaultRequestHeaders.Add("X-Api-Key", key);
        return client;
    }

    /// <param name="next">The address of a worker's nth request.</param>
    /// <param name="thinking">How long a worker waits after each answer.</param>
    public static async Task<LoadResult> RunAsync(
        HttpClient client, int connections, TimeSpan span, Func<int, int, Uri> next, TimeSpan thinking = default, CancellationToken end = default)
    {
        var (begun, refused, refusal) = (Stopwatch.GetTimestamp(), 0, (string?)null);
        var workers = await Task.WhenAll(Enumerable.Range(0, connections).Select(worker => Task.Run(async () =>
        {
            var (buffer, latencies) = (new byte[BufferBytes], new List<double>());
            for (var n = 0; Stopwatch.GetElapsedTime(begun) < span && !end.IsCancellationRequested; n++)
            {
                var sent = Stopwatch.GetTimestamp();
                if (await ReadAsync(client, next(worker, n), buffer) is { } said)
                    (_, refusal) = (Interlocked.Increment(ref refused), said);
                latencies.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
                if (thinking > TimeSpan.Zero)
                    await Task.Delay(thinking, CancellationToken.None);
            }

            return latencies;
        })));
        var elapsed = Stopwatch.GetElapsedTime(begun);
        var all = workers.SelectMany(each => each).Order().ToList();
        return new LoadResult(all.Count / elapsed.TotalSeconds, all, refused, refusal);
    }

    /// <summary>Each connection begins elsewhere in the addresses, so that at one time different ones are asked for.</summary>
    public static Task<LoadResult> RunAsync(HttpClient client, int connections, TimeSpan span, Uri[] addresses) =>
        RunAsync(client, connections, span, (worker, n) => addresses[((worker * 37) + n) % addresses.Length]);

    /// <summary>Answers a second of the same.</summary>
    /// <exception cref="InvalidOperationException">A request was refused.</exception>
    public static async Task<double> RateAsync(HttpClient client, int connections, TimeSpan span, Uri[] addresses)
    {
        var result = await RunAsync(client, connections, span, addresses);
        return result.Refused == 0
            ? result.PerSecond
            : throw new InvalidOperationException($"{result.Refused} requests for {addresses[0]} were answered 503: {result.Refusal}");
    }

    /// <summary>Reads an answer to its end and lets the bytes go. What a 503 said, else null; any other failure breaks the run off.</summary>
    private static async Task<string?> ReadAsync(HttpClient client, Uri address, byte[] buffer)
    {
        using var response = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead);
        if (response.StatusCode != HttpStatusCode.ServiceUnavailable && !response.IsSuccessStatusCode)
            throw new InvalidOperationException($"{address} answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
        if (!response.IsSuccessStatusCode)
            return await response.Content.ReadAsStringAsync();
        await using var body = await response.Content.ReadAsStreamAsync();
        while (await body.ReadAsync(buffer) > 0)
        {
        }

        return null;
    }
}
