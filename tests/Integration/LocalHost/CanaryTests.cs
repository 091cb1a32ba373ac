using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Tracing;
using FriendCity.LocalHost;

namespace FriendCity.Tests.Integration.LocalHost;

/// <summary>Keys in addresses (<c>?code=</c>) show nowhere: not in the output of host and worker, not in a span, not in an event.</summary>
public sealed class CanaryTests
{
    private const string Marked = "code=***";

    [Fact]
    public async Task No_key_of_an_address_is_logged_or_traced()
    {
        var canary = $"canary{Guid.NewGuid():N}";
        var lines = new ConcurrentQueue<string>();
        using var spans = new Spans();
        using var events = new Events();
        await using (var host = await LocalFunctionsHost.StartAsync(new LocalHostOptions { AppFolder = SampleApp.Folder, Output = lines.Enqueue }))
        {
            await host.ReadyAsync();
            using var client = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null }) { BaseAddress = host.Address };
            foreach (var path in new[] { "echo", "headers", "fail", "nothing", "admin/host/status", "rest/a", "" })
                foreach (var query in new[] { $"code={canary}", $"x=1&code={canary}&y=2", $"Code={canary}" })
                    (await client.GetAsync($"/{path}?{query}")).Dispose();
            (await client.PostAsync($"/crash?code={canary}", null)).Dispose();
            // What it says of its death has been passed on when the next one answers.
            await client.GetStringAsync($"/pid?code={canary}");
        }

        Assert.DoesNotContain(lines, line => line.Contains(canary, StringComparison.Ordinal));
        Assert.DoesNotContain(spans.Seen, text => text.Contains(canary, StringComparison.Ordinal));
        Assert.DoesNotContain(events.Seen, text => text.Contains(canary, StringComparison.Ordinal));
        // The sample worker logs addresses, so there was something to hide; and the listeners have ears.
        Assert.Contains(lines, line => line.Contains(Marked, StringComparison.Ordinal));
        Assert.NotEmpty(events.Seen);
    }

    [Fact]
    public async Task The_host_makes_no_spans()
    {
        var trace = $"{Guid.NewGuid():N}";
        using var spans = new Spans();
        await using (var host = await LocalFunctionsHost.StartAsync(new LocalHostOptions { AppFolder = SampleApp.Folder, Output = _ => { } }))
        {
            await host.ReadyAsync();
            using var client = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null }) { BaseAddress = host.Address };
            client.DefaultRequestHeaders.TryAddWithoutValidation("traceparent", $"00-{trace}-b7ad6b7169203331-01");
            Assert.Contains(trace, await client.GetStringAsync("/headers"), StringComparison.Ordinal);
        }

        // Now every span that was begun has ended and been seen.
        Assert.DoesNotContain(spans.Seen, text => text.Contains(trace, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("GET /a?code=secret HTTP/1.1", "GET /a?code=*** HTTP/1.1")]
    [InlineData("a?x=1&CODE=s-e_c%20ret&y=2", "a?x=1&CODE=***&y=2")]
    [InlineData("""{"url":"http://x/?code=secret","n":1}""", """{"url":"http://x/?code=***","n":1}""")]
    [InlineData("code=one code=two", "code=*** code=***")]
    [InlineData("The exit code=", "The exit code=")]
    [InlineData("barcode=7 of encoded text", "barcode=7 of encoded text")]
    [InlineData("one\r\n  two\n\n three \n", "one ⏎ two ⏎ three")]
    public void A_line_of_the_log_is_one_line_without_keys(string said, string written)
    {
        var lines = new List<string>();
        new HostLog(lines.Add).Line(said);
        Assert.Equal([written], lines);
    }

    private sealed class Spans : IDisposable
    {
        private readonly ActivityListener _listener;

        public Spans()
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = _ => true,
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = span =>
                    Seen.Add($"{span.TraceId} {span.DisplayName} {string.Join(' ', span.TagObjects)} {string.Join(' ', span.Baggage)}"),
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public ConcurrentBag<string> Seen { get; } = [];

        public void Dispose() => _listener.Dispose();
    }

    private sealed class Events : EventListener
    {
        private static readonly string[] Sources =
            ["System.Net.Http", "Microsoft.AspNetCore.Hosting", "Microsoft-AspNetCore-Server-Kestrel", "Yarp.ReverseProxy", "Grpc.AspNetCore.Server"];

        public ConcurrentBag<string> Seen { get; } = [];

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (Sources.Contains(eventSource.Name))
                EnableEvents(eventSource, EventLevel.Verbose, EventKeywords.All);
        }

        // The base class creates sources before this one's fields are set.
        protected override void OnEventWritten(EventWrittenEventArgs eventData) =>
            Seen?.Add($"{eventData.EventName} {string.Join(' ', eventData.Payload ?? (IReadOnlyCollection<object?>)[])}");
    }
}
