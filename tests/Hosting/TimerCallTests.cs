using System.Net;

namespace FriendCity.Tests.Hosting;

public sealed class TimerCallTests
{
    private const string Payload =
        """
        {"Data":{"timer":{"Schedule":{"AdjustForDST":true},
           "ScheduleStatus":{"Last":"2026-11-21T07:39:20.586215+00:00","Next":"2026-11-23T10:00:00+08:00","LastUpdated":"2026-11-22T07:39:20.586215+00:00"},
           "IsPastDue":true}},
         "Metadata":{"sys":{"MethodName":"Nightly","UtcNow":"2026-11-22T07:39:20.7344816Z","RandGuid":"ba76cbfc"}}}
        """;

    [Fact]
    public async Task The_host_calls_a_timer_and_gets_a_json_object()
    {
        await using var host = await SampleHost.BehindTheFunctionsHostAsync();
        using var answer = await host.PostAsync("Nightly", Payload);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("""{"Outputs":{},"Logs":[],"ReturnValue":null}""", await answer.Content.ReadAsStringAsync());

        var timer = await host.Calls.NextAsync();
        Assert.True(timer.IsPastDue);
        Assert.Equal(new DateTime(2026, 11, 23, 2, 0, 0, DateTimeKind.Utc), timer.ScheduleStatus!.Next);
        Assert.Equal(DateTimeKind.Utc, timer.ScheduleStatus.Next.Kind);
        Assert.Equal(new DateTime(2026, 11, 21, 7, 39, 20, DateTimeKind.Utc).AddTicks(5862150), timer.ScheduleStatus.Last);
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00")]
    [InlineData("0001-01-01T00:00:00+00:00")]
    [InlineData("0001-01-01T00:00:00+08:00")]
    public async Task A_timer_that_never_ran_has_the_first_instant_as_its_last(string never)
    {
        await using var host = await SampleHost.BehindTheFunctionsHostAsync();
        var status = $$"""{"Last":"{{never}}","Next":"2026-11-23T02:00:00+00:00","LastUpdated":"{{never}}"}""";
        using var answer = await host.PostAsync("Nightly", $$"""{"Data":{"timer":{"ScheduleStatus":{{status}},"IsPastDue":false} } }""");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(DateTime.MinValue, (await host.Calls.NextAsync()).ScheduleStatus!.Last);
    }

    [Fact]
    public async Task A_timer_without_a_monitor_has_no_status()
    {
        await using var host = await SampleHost.BehindTheFunctionsHostAsync();
        using var answer = await host.PostAsync("Nightly", """{"Data":{"timer":{"ScheduleStatus":null,"IsPastDue":false}}}""");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Null((await host.Calls.NextAsync()).ScheduleStatus);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"Data":{}}""")]
    [InlineData("""{"Data":{"timer":7}}""")]
    [InlineData("""{"Data":{"timer":{"IsPastDue":"yes"}}}""")]
    [InlineData("""{"Data":{"timer":{"ScheduleStatus":{"Last":"soon"}}}}""")]
    [InlineData("""{"Data":{"timer":{"ScheduleStatus":{"Last":null,"Next":null,"LastUpdated":null}}}}""")]
    public async Task A_malformed_call_is_refused_and_nothing_runs(string body)
    {
        await using var host = await SampleHost.BehindTheFunctionsHostAsync();
        using var answer = await host.PostAsync("Nightly", body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(0, host.Calls.Waiting);
    }

    [Fact]
    public async Task A_timer_that_throws_fails_the_call_and_logs_it_with_the_invocation()
    {
        await using var host = await SampleHost.BehindTheFunctionsHostAsync();
        using var answer = await host.PostAsync(
            "Broken", """{"Data":{"clock":{"IsPastDue":false}}}""", request => request.Headers.Add("X-Azure-Functions-InvocationId", "ba76cbfc"));
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        var line = Assert.Single(host.Logs.Lines, line => line.Message == "The timer Broken failed.");
        Assert.Contains("Invocation ba76cbfc", line.Scopes, StringComparison.Ordinal);
    }

    // The forwarding host rewrites POST /api/v1/cities/..%5C..%5C..%5C..%5CNightly into POST /Nightly.
    [Theory, InlineData("friendcity.example"), InlineData("127.0.0.1"), InlineData("localhost:1"), InlineData("10.0.0.7:7071")]
    public async Task A_forwarded_request_that_climbs_to_a_timer_is_not_answered(string outside)
    {
        await using var host = await SampleHost.BehindTheFunctionsHostAsync();
        using var answer = await host.PostAsync("Nightly", Payload, request => request.Headers.Host = outside);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal(0, host.Calls.Waiting);
    }

    [Fact]
    public async Task Stand_alone_a_timer_has_no_address_and_runs_by_itself()
    {
        await using var host = await SampleHost.StandAloneAsync();
        await host.Calls.NextAsync();
        using var answer = await host.PostAsync("Nightly", Payload);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }
}
