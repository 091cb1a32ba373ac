using System.Net;

namespace FriendCity.Tests.Integration.LocalHost;

/// <summary>Which function a request reaches, as measured on Azure's host.</summary>
public sealed class RouteTests(SampleFixture app) : IClassFixture<SampleFixture>
{
    [Theory]
    [InlineData("GET", "/overlap/special", 200, "A special")]
    [InlineData("GET", "/OVERLAP/Other", 200, "A Other")]
    [InlineData("GET", "/number/7", 200, "number 7")]
    [InlineData("GET", "/number/x", 404, "")]
    [InlineData("GET", "/code/zh", 200, "code zh")]
    [InlineData("GET", "/code/ZH", 200, "code ZH")]
    [InlineData("GET", "/code/zho", 404, "")]
    [InlineData("GET", "/rest", 200, "rest ")]
    [InlineData("GET", "/rest/a/b%20c", 200, "rest a/b c")]
    [InlineData("DELETE", "/rest/a", 200, "rest a")]
    [InlineData("PUT", "/rest/a", 404, "")]
    [InlineData("HEAD", "/rest/a", 404, "")]
    [InlineData("OPTIONS", "/rest/a", 404, "")]
    [InlineData("GET", "/nothing", 404, "")]
    [InlineData("POST", "/Timer", 404, "")]
    [InlineData("GET", "/admin/host/status", 401, "")]
    [InlineData("POST", "/ADMIN/functions/Timer", 401, "")]
    [InlineData("GET", "/runtime/webhooks/x", 404, "")]
    public async Task A_request_reaches_the_first_function_by_name_that_takes_it(string method, string path, int status, string text)
    {
        using var answer = await app.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        Assert.Equal((HttpStatusCode)status, answer.StatusCode);
        Assert.Equal(text, await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/echo", "GET|")]
    [InlineData("/echo/a%2Fb", "GET|a%2Fb")]
    [InlineData("/echo/%E9%9D%92%E5%B2%9B", "GET|青岛")]
    public async Task An_optional_part_may_be_left_out(string path, string begin) =>
        Assert.StartsWith(begin + "|", await app.Client.GetStringAsync(path), StringComparison.Ordinal);
}
