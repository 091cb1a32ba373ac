using System.Net;
using System.Net.Http.Json;
using System.Text;

namespace FriendCity.Tests.Hosting;

public sealed class HttpFunctionTests
{
    [Theory, InlineData(true), InlineData(false)]
    public async Task A_function_gets_its_route_values_behind_either_door(bool behindTheFunctionsHost)
    {
        await using var host = await StartAsync(behindTheFunctionsHost);
        Assert.Equal(new Echo("007", "history", null, host.Client.BaseAddress!.Authority, null, 0, ""), await EchoAsync(host, "api/v1/echo/007/history"));
        Assert.Equal("a b", (await EchoAsync(host, "api/v1/echo/a%20b")).Id);
        Assert.Null((await EchoAsync(host, "api/v1/echo/x")).Part);
        Assert.Equal((HttpStatusCode.OK, "a/b.css"), await host.GetAsync("files/a/b.css"));
        Assert.Equal((HttpStatusCode.OK, "none"), await host.GetAsync("files"));
        Assert.Equal(418, (int)(await host.GetAsync("files/x?teapot")).Status);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task The_root_answers_at_once_without_calling_a_function(bool behindTheFunctionsHost)
    {
        await using var host = await StartAsync(behindTheFunctionsHost);
        Assert.Equal((HttpStatusCode.OK, "FriendCity is running.\n"), await host.GetAsync("/"));
        Assert.Equal(0, host.Calls.Requests);
    }

    [Fact]
    public async Task A_forwarded_request_reaches_the_function_as_the_host_rewrites_it()
    {
        await using var host = await SampleHost.BehindTheFunctionsHostAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/echo/x?x=1,2&flag=")
        {
            Content = new StringContent("{\"name\":\"Qingdao 青岛\"}", Encoding.UTF8, "application/json"),
        };
        request.Headers.Host = "friendcity.example:8443";
        request.Headers.TryAddWithoutValidation("User-Agent", "curl/8.0 Azure-Functions-Host/4.1037.0.0");
        request.Headers.Add("X-Azure-Functions-InvocationId", "0d3c0b1e");
        request.Headers.Add("X-Azure-Functions-HostVersion", "4.1037.0.0");
        using var answer = await host.Client.SendAsync(request);
        Assert.Equal(
            new Echo("x", null, "1,2", "friendcity.example:8443", "curl/8.0 Azure-Functions-Host/4.1037.0.0", 0, "{\"name\":\"Qingdao 青岛\"}"),
            await answer.Content.ReadFromJsonAsync<Echo>());
    }

    [Fact]
    public async Task A_function_is_bound_only_when_it_is_called()
    {
        await using var host = await SampleHost.StandAloneAsync();
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("files")).Status);
        Assert.Equal(HttpStatusCode.InternalServerError, (await host.GetAsync("unbindable")).Status);
    }

    [Fact]
    public async Task A_rush_of_first_calls_is_answered_by_one_delegate()
    {
        await using var host = await SampleHost.StandAloneAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(n => EchoAsync(host, $"api/v1/echo/{n}")));
        Assert.Equal(Enumerable.Range(0, 50).Select(n => $"{n}"), answers.Select(answer => answer.Id));
    }

    private static Task<SampleHost> StartAsync(bool behindTheFunctionsHost) =>
        behindTheFunctionsHost ? SampleHost.BehindTheFunctionsHostAsync() : SampleHost.StandAloneAsync();

    private static async Task<Echo> EchoAsync(SampleHost host, string path) =>
        (await host.Client.GetFromJsonAsync<Echo>(new Uri(path, UriKind.Relative)))!;
}
