using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Text;
using FriendCity.SampleWorker;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Integration.LocalHost;

/// <summary>What the host does with a request on its way, as measured on Azure's.</summary>
public sealed class FrontTests(SampleFixture app) : IClassFixture<SampleFixture>
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(8_000, 0, "200")]
    [InlineData(8_300, 0, "414")]
    [InlineData(0, 30_000, "200")]
    [InlineData(0, 33_000, "431")]
    public async Task An_address_over_8_KB_and_headers_over_32_KB_are_refused_with_an_empty_answer(int query, int header, string status)
    {
        var lines = new StringBuilder($"GET /echo?{new string('q', query)} HTTP/1.1\r\nHost: x\r\n");
        for (; header > 0; header -= 3_000)
            lines.Append("X-Pad: ").Append('h', Math.Min(header, 3_000)).Append("\r\n");
        var answer = await SendAsync(lines.Append("\r\n").ToString());
        Assert.Equal(status, answer.StartLine.Split(' ')[1]);
        Assert.True(status == "200" || answer.Body.Length == 0);
    }

    [Fact]
    public async Task What_a_client_says_about_its_way_is_overwritten()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/headers");
        request.Headers.Host = "city.example";
        (string, string)[] lies =
            [("X-Forwarded-For", "9.9.9.9"), ("X-Forwarded-Host", "evil"), ("X-Forwarded-Proto", "https"), ("x-ms-invocation-id", "mine")];
        foreach (var (name, value) in lies)
            request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await app.Client.SendAsync(request);
        var headers = (await answer.Content.ReadAsStringAsync()).Split('\n');
        Assert.Contains("Host: city.example", headers);
        Assert.Contains("Remote: 127.0.0.1", headers);
        Assert.DoesNotContain(headers, line => line.Contains("9.9.9.9", StringComparison.Ordinal) || line.Contains("evil", StringComparison.Ordinal)
            || line.Contains("https", StringComparison.Ordinal) || line.EndsWith("mine", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_worker_sees_scheme_and_host_as_they_were_asked() =>
        Assert.Equal($"GET||?q=1|http|127.0.0.1:{app.Client.BaseAddress!.Port}|", await app.Client.GetStringAsync("/echo?q=1"));

    [Fact]
    public async Task A_trace_goes_on_in_the_worker()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/headers");
        request.Headers.TryAddWithoutValidation("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00");
        using var answer = await app.Client.SendAsync(request);
        Assert.Contains("traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00", (await answer.Content.ReadAsStringAsync())
            .Split('\n'));
    }

    [Fact]
    public async Task A_function_that_throws_is_an_empty_500()
    {
        using var answer = await app.Client.GetAsync("/fail");
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
        Assert.Contains(app.App.Lines, line => line.Contains("Function Fail failed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_function_that_throws_within_its_answer_breaks_it_off()
    {
        using var answer = await app.Client.GetAsync("/break", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_body_over_100_MiB_is_refused()
    {
        var answer = await SendAsync($"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: {(100 * 1024 * 1024) + 1}\r\n\r\n");
        Assert.Equal("413", answer.StartLine.Split(' ')[1]);
        Assert.Empty(answer.Body);
    }

    [Fact]
    public async Task A_request_and_an_answer_stream()
    {
        using var body = new HeldBody();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/stream") { Content = body };
        var asking = app.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        // The forwarder sends small pieces on when its buffer is full, Azure's too, and hands out the answer when the request has ended.
        await body.WriteAsync($"one\n{new string('.', 200_000)}\n");
        await LongFunctions.Heard("one").WaitAsync(Timeout);
        await body.WriteAsync("two\n");
        body.End();
        using var answer = await asking;
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());
        Assert.Equal("got one", await lines.ReadLineAsync());
        Assert.Equal(200_004, (await lines.ReadLineAsync())!.Length);
        Assert.Equal("got two", await lines.ReadLineAsync());
        // The function waits for this before it ends, so what was read came while it ran.
        LongFunctions.LetEnd.SetResult();
        Assert.Equal("end", await lines.ReadLineAsync());
    }

    [Fact]
    public async Task A_client_that_leaves_cancels_the_call()
    {
        using var leave = new CancellationTokenSource();
        var call = SlowCall.Of("leaver");
        var asking = app.Client.GetAsync("/slow/leaver", leave.Token);
        await call.Begun.Task.WaitAsync(Timeout);
        await leave.CancelAsync();
        await Task.WhenAll(call.Cancelled.Task, call.Aborted.Task).WaitAsync(Timeout);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    [Fact]
    public async Task Calls_do_not_wait_for_each_other()
    {
        var slow = app.Client.GetAsync("/slow/beside");
        await SlowCall.Of("beside").Begun.Task.WaitAsync(Timeout);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => app.Client.GetStringAsync($"/number/{n}")));
        Assert.Equal(Enumerable.Range(0, 20).Select(n => $"number {n}"), answers);
        Assert.False(slow.IsCompleted);
        SlowCall.Of("beside").LetGo.SetResult();
        Assert.Equal("done", await (await slow).Content.ReadAsStringAsync());
    }

    private async Task<RawHttp> SendAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, app.Client.BaseAddress!.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        return (await RawHttp.ReadAsync(PipeReader.Create(stream), bodiless: false, CancellationToken.None).WaitAsync(Timeout))!;
    }
}
