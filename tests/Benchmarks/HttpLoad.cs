using System.Diagnostics;

namespace FriendCity.Benchmarks;

/// <param name="Latencies">Milliseconds, sorted.</param>
internal sealed record LoadResult(double PerSecond, IReadOnlyList<double> Latencies)
{
    public double Percentile(int percent) => Latencies[Math.Min(Latencies.Count - 1, Latencies.Count * percent / 100)];
}

/// <summary>A client in this process: so many connections, each sending its next request when it has read the whole last answer.</summary>
internal static class HttpLoad
{
    private const int BufferBytes = 64 * 1024;

    public static HttpClient Client(int connections, string? key)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false, MaxConnectionsPerServer = connections })
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
        var begun = Stopwatch.GetTimestamp();
        var workers = await Task.WhenAll(Enumerable.Range(0, connections).Select(worker => Task.Run(async () =>
        {
            var (buffer, latencies) = (new byte[BufferBytes], new List<double>());
            for (var n = 0; Stopwatch.GetElapsedTime(begun) < span && !end.IsCancellationRequested; n++)
            {
                var sent = Stopwatch.GetTimestamp();
                await ReadAsync(client, next(worker, n), buffer);
                latencies.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
                if (thinking > TimeSpan.Zero)
                    await Task.Delay(thinking, CancellationToken.None);
            }

            return latencies;
        })));
        var elapsed = Stopwatch.GetElapsedTime(begun);
        var all = workers.SelectMany(each => each).Order().ToList();
        return new LoadResult(all.Count / elapsed.TotalSeconds, all);
    }

    /// <summary>Reads an answer to its end and lets the bytes go.</summary>
    public static async Task<long> ReadAsync(HttpClient client, Uri address, byte[] buffer)
    {
        using var response = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead);
        if (!response.IsSuccessStatusCode)
            throw new InvalidOperationException($"{address} answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
        await using var body = await response.Content.ReadAsStreamAsync();
        var (total, read) = (0L, 0);
        while ((read = await body.ReadAsync(buffer)) > 0)
            total += read;
        return total;
    }
}
