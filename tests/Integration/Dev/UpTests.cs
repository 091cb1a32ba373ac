using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace FriendCity.Tests.Integration.Dev;

[Trait("Set", "slow")]
public sealed class UpTests(Clone clone) : IClassFixture<Clone>
{
    [Fact(Timeout = 900_000)]
    public async Task It_serves_what_it_prints_and_nothing_outlives_it_when_it_is_killed()
    {
        var port = FreePort();
        using var up = clone.Dev("up", "--port", port);

        var (dashboard, key) = await StartedAsync(up);
        Assert.Equal($"http://localhost:{port}/dashboard", dashboard);
        using var http = new HttpClient();
        using (var page = await http.GetAsync(new Uri(dashboard), TestContext.Current.CancellationToken))
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await KpisAsync(http, port, key));
        Assert.Equal(HttpStatusCode.Unauthorized, await KpisAsync(http, port, "fc_" + new string('0', 32)));

        up.Kill();

        await Unix.EventuallyAsync(() => Unix.ProcessesOf(clone.Folder).Count == 0, TimeSpan.FromSeconds(30));
        Assert.Empty(Unix.ProcessesOf(clone.Folder));
    }

    [Fact(Timeout = 900_000)]
    [Trait("Set", "long")]
    public async Task It_ends_in_order_on_SIGTERM_and_keeps_its_data_for_the_next_time()
    {
        var port = FreePort();
        string firstKey;
        using (var first = clone.Dev("up", "--fresh", "--port", port))
        {
            (_, firstKey) = await StartedAsync(first);
            Assert.Contains(first.Lines, line => line.Contains("import: ", StringComparison.Ordinal));
            await AssertSecondIsRefusedAsync(port);
            first.Signal("TERM");
            Assert.Equal(0, await first.ExitAsync());
            Assert.Empty(Unix.ProcessesOf(clone.Folder));
        }

        using var again = clone.Dev("up", "--port", port);
        var (_, key) = await StartedAsync(again);
        Assert.Equal(firstKey, key);
        Assert.Contains(again.Lines, line => line.Contains("import: 0 written", StringComparison.Ordinal));
        again.Signal("TERM");
        Assert.Equal(0, await again.ExitAsync());
    }

    [Fact(Timeout = 900_000)]
    public async Task A_port_in_use_is_named()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        using var up = clone.Dev("up", "--port", port);

        Assert.Equal(2, await up.ExitAsync());
        Assert.Equal($"Port {port} is in use: stop what listens there, or choose another with --port N.", Assert.Single(up.Lines));
    }

    private async Task AssertSecondIsRefusedAsync(string port)
    {
        using var second = clone.Dev("up", "--port", port);
        Assert.Equal(2, await second.ExitAsync());
        Assert.Equal("`up` is already running in this folder: stop it first, or use another clone.", Assert.Single(second.Lines));
    }

    private static async Task<(string Dashboard, string Key)> StartedAsync(Child up)
    {
        await up.LineAsync(line => line.StartsWith("Ctrl+C", StringComparison.Ordinal));
        var dashboard = Assert.Single(up.Lines, line => line.StartsWith("dashboard: ", StringComparison.Ordinal));
        var key = Assert.Single(up.Lines, line => line.StartsWith("key: fc_", StringComparison.Ordinal));
        Assert.DoesNotContain(up.Lines, line => line.Contains("refused", StringComparison.Ordinal));
        return (dashboard["dashboard: ".Length..], key["key: ".Length..]);
    }

    private static async Task<HttpStatusCode> KpisAsync(HttpClient http, string port, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://localhost:{port}/api/v1/kpis");
        request.Headers.Add("X-Api-Key", key);
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }
}
