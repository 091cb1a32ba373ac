using System.Globalization;
using System.Net;
using FriendCity.LocalHost;
using FriendCity.Tests.Integration.Dev;

namespace FriendCity.Tests.Integration.LocalHost;

/// <summary>Host and worker as processes.</summary>
public sealed class ProgramTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(2)]
    [InlineData(2, "--app", ".")]
    [InlineData(2, "--app", "no-such-folder", "--port", "0")]
    [InlineData(2, "--app", ".", "--port", "70000")]
    [InlineData(2, "--app", ".", "--port", "0", "--verbose", "1")]
    [InlineData(1, "--app", ".", "--port", "0")]
    [InlineData(1, "--app", ".", "--port", "0", "--settings", "no-such-file.json")]
    public async Task Wrong_arguments_end_with_2_and_an_app_that_cannot_run_with_1(int code, params string[] arguments)
    {
        using var host = SampleApp.Program(new Dictionary<string, string>(), arguments);
        Assert.Equal(code, await host.ExitAsync());
    }

    [Fact]
    public async Task Told_to_stop_the_host_takes_nothing_new_and_lets_begun_calls_and_the_worker_end()
    {
        var (host, client) = await SampleApp.RunAsync();
        using (host)
        using (client)
        using (var body = new HeldBody())
        {
            var worker = await client.GetStringAsync("/pid");
            using var request = new HttpRequestMessage(HttpMethod.Post, "/slow/drained") { Content = body };
            var asking = client.SendAsync(request);
            await client.GetStringAsync("/slow/drained/begun");
            host.Signal("TERM");
            await Unix.EventuallyAsync(() => !Accepts(client.BaseAddress!), Timeout);
            Assert.False(Accepts(client.BaseAddress!));
            Assert.True(Unix.IsRunning(worker));
            body.End();
            using var answer = await asking;
            Assert.Equal("done", await answer.Content.ReadAsStringAsync());
            Assert.Equal(0, await host.ExitAsync());
            Assert.False(Unix.IsRunning(worker));
            Assert.Contains(host.Lines, line => line.Contains("Application is shutting down", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_host_that_is_killed_takes_its_worker_along()
    {
        var (host, client) = await SampleApp.RunAsync();
        using (host)
        using (client)
        {
            var worker = await client.GetStringAsync("/pid");
            host.Kill();
            await Unix.EventuallyAsync(() => !Unix.IsRunning(worker), Timeout);
            Assert.False(Unix.IsRunning(worker));
        }
    }

    [Fact]
    public async Task A_worker_that_dies_is_started_again_and_its_calls_end_in_empty_answers()
    {
        await using var host = await LocalFunctionsHost.StartAsync(new LocalHostOptions { AppFolder = SampleApp.Folder, Output = _ => { } });
        await host.ReadyAsync();
        using var client = new HttpClient { BaseAddress = host.Address };
        for (var death = 0; death < 2; death++)
        {
            var asking = client.GetAsync("/slow/dying");
            var first = await client.GetStringAsync("/slow/dying/begun");
            Assert.Equal(host.WorkerProcessId, int.Parse(first, CultureInfo.InvariantCulture));
            Unix.Signal("KILL", first);
            using var answer = await asking;
            Assert.True(answer.StatusCode is HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway, $"{answer.StatusCode}");
            Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
            await Unix.EventuallyAsync(() => host.WorkerProcessId != int.Parse(first, CultureInfo.InvariantCulture), Timeout);
            Assert.NotEqual(first, await client.GetStringAsync("/pid"));
        }
    }

    [Fact]
    public async Task The_environment_wins_over_the_settings_file()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, """{ "Values": { "AzureWebJobs.Echo.Disabled": "true", "AzureWebJobsDisableHomepage": "true" } }""");
            var environment = new Dictionary<string, string> { ["AzureWebJobsDisableHomepage"] = "false" };
            using var host = SampleApp.Program(environment, "--app", SampleApp.Folder, "--port", "0", "--settings", file);
            using var client = await SampleApp.ClientAsync(host);
            Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/echo")).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/")).StatusCode);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static bool Accepts(Uri address)
    {
        using var client = new System.Net.Sockets.TcpClient();
        try
        {
            client.Connect(IPAddress.Loopback, address.Port);
            return true;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return false;
        }
    }
}
