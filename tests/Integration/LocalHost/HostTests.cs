using System.Net;
using FriendCity.LocalHost;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Integration.LocalHost;

public sealed class HostTests
{
    [Fact]
    public async Task Many_hosts_and_workers_live_in_one_process_and_each_answers_for_itself()
    {
        var apps = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => SampleApp.StartAsync()));
        try
        {
            var hosts = await Task.WhenAll(apps.Select(async app => (await app.Client.GetStringAsync("/echo")).Split('|')[4]));
            Assert.Equal(apps.Select(app => $"127.0.0.1:{app.Host.Address.Port}"), hosts);
            Assert.Contains("Echo", apps[0].Host.Functions);
        }
        finally
        {
            await Task.WhenAll(apps.Select(app => app.DisposeAsync().AsTask()));
        }
    }

    [Theory]
    [InlineData("", "", HttpStatusCode.OK)]
    [InlineData("AzureWebJobsDisableHomepage", "true", HttpStatusCode.NoContent)]
    public async Task The_homepage_is_the_hosts_unless_a_function_or_a_setting_says_otherwise(string name, string value, HttpStatusCode status)
    {
        await using var app = await SampleApp.StartAsync(options => options with { Settings = new Dictionary<string, string> { [name] = value } });
        using var answer = await app.Client.GetAsync("/");
        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task A_function_that_a_setting_disables_is_not_there()
    {
        var settings = new Dictionary<string, string> { ["AzureWebJobs.Echo.Disabled"] = "true" };
        await using var app = await SampleApp.StartAsync(options => options with { Settings = settings });
        using var answer = await app.Client.GetAsync("/echo");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("number 1", await app.Client.GetStringAsync("/number/1"));
    }

    [Theory]
    [InlineData(null, "names a setting that is not set")]
    [InlineData("every night", "is not a CRON expression")]
    public async Task An_app_that_cannot_run_says_why(string? schedule, string reason)
    {
        var settings = schedule is null ? [] : new Dictionary<string, string> { ["SampleSchedule"] = schedule };
        var error = await Assert.ThrowsAsync<WorkerException>(
            () => SampleApp.StartAsync(options => options with { Storage = "UseDevelopmentStorage=true", Settings = settings }));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_that_ends_again_and_again_is_given_up()
    {
        var folder = Scratch.Folder("worker");
        await File.WriteAllTextAsync(Path.Combine(folder, "worker.config.json"), """{ "description": { "defaultExecutablePath": "false" } }""");
        await using var host = await LocalFunctionsHost.StartAsync(new LocalHostOptions { AppFolder = folder, Output = _ => { } });
        var error = await Assert.ThrowsAsync<WorkerException>(() => host.ReadyAsync().WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Contains("ended 3 times before it was ready, the last time with code 1", error.Message, StringComparison.Ordinal);
        Assert.True(host.Failed.IsFaulted);
        using var client = new HttpClient { BaseAddress = host.Address };
        using var answer = await client.GetAsync("/");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_timer_can_be_called_by_hand()
    {
        var bell = new SampleWorker.TimerSignal();
        await using var app = await SampleApp.StartAsync(bell: bell);
        await app.Host.InvokeTimerAsync("Timer");
        Assert.True(bell.Rings.Reader.TryRead(out var told));
        Assert.Null(told.ScheduleStatus);
        Assert.False(told.IsPastDue);
        await Assert.ThrowsAsync<WorkerException>(() => app.Host.InvokeTimerAsync("Echo"));
    }
}
