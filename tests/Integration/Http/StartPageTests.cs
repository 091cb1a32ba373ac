using FriendCity.Tests.Support;


namespace FriendCity.Tests.Integration.Http;

/// <summary>One rule for the language of every page: <c>en</c>, <c>zh</c> or <c>zh-CN</c>; anything else is said and not ignored.</summary>
public sealed class StartPageTests(Azurite azurite)
{
    [Theory]
    [InlineData("/", "en", "en")]
    [InlineData("/", "zh", "zh-CN")]
    [InlineData("/", "zh-CN", "zh-CN")]
    [InlineData("/powerbi", "zh", "zh-CN")]
    [InlineData("/powerbi", "en", "en")]
    public async Task A_page_is_in_the_language_that_the_address_asks_for(string path, string asked, string language)
    {
        using var response = await AskAsync($"{path}?lang={asked}");
        Assert.True(response.IsSuccessStatusCode);
        Assert.Equal(language, response.Content.Headers.ContentLanguage.Single());
    }

    [Theory]
    [InlineData("/?lang=fr")]
    [InlineData("/?colour=red")]
    [InlineData("/powerbi?lang=fr")]
    public async Task A_wrong_parameter_is_a_bad_request(string path)
    {
        using var response = await AskAsync(path);
        Assert.Equal(400, (int)response.StatusCode);
        Assert.Contains("bad_parameter", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> AskAsync(string path)
    {
        var app = await azurite.SampleOfficeAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/html");
        return await app.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
