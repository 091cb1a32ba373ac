using System.Diagnostics;
using System.Text.Json;
using FriendCity.Benchmarks.Store;

namespace FriendCity.Benchmarks.Reading;

/// <summary>Every project, a thousand a page, by clients that follow nextLink to its end and keep nothing.</summary>
internal static class PageAll
{
    private const int Clients = 8;
    private const int Page = 1000;

    /// <summary>More than any link needs.</summary>
    private const int TailBytes = 4096;

    public static async Task<IReadOnlyList<Line>> RunAsync(BenchContext context)
    {
        await using var service = await context.ServiceAsync(Loaded.Full);
        using var http = HttpLoad.Client(Clients, (await context.StoreAsync()).Key(Loaded.Full));
        var first = new Uri(service.Address, $"api/v1/projects?$top={Page}");
        var rates = new List<double>();
        for (var round = 0; round <= context.Options.Rounds; round++)
        {
            var begun = Stopwatch.GetTimestamp();
            var pages = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(() => FollowAsync(http, first))));
            // Pages are full but for the last; so few rows too many are counted that it does not show.
            if (round > 0)
                rates.Add(pages.Sum(count => Math.Min(count * (double)Page, context.Options.Rows)) / Stopwatch.GetElapsedTime(begun).TotalSeconds);
        }

        return [Line.Floor($"rows paged by {Clients} clients", "rows/s", Rounds.Median(rates), 150_000)];
    }

    private static async Task<int> FollowAsync(HttpClient http, Uri first)
    {
        var (pages, buffer, tail) = (0, new byte[64 * 1024], new byte[TailBytes]);
        for (Uri? next = first; next is not null; pages++)
            next = await ReadAsync(http, next, buffer, tail);
        return pages;
    }

    /// <summary>The address of the next page; it stands at the end of this one.</summary>
    private static async Task<Uri?> ReadAsync(HttpClient http, Uri address, byte[] buffer, byte[] tail)
    {
        using var response = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead);
        await using var body = await response.EnsureSuccessStatusCode().Content.ReadAsStreamAsync();
        int read;
        while ((read = await body.ReadAsync(buffer)) > 0)
        {
            var kept = Math.Min(read, tail.Length);
            tail.AsSpan(kept).CopyTo(tail);
            buffer.AsSpan(read - kept, kept).CopyTo(tail.AsSpan(tail.Length - kept));
        }

        var at = tail.AsSpan().LastIndexOf("\"nextLink\":"u8);
        return JsonSerializer.Deserialize<string?>(tail.AsSpan(at + "\"nextLink\":".Length).TrimEnd("}"u8)) is { } link ? new Uri(link) : null;
    }
}
