using FriendCity.Tests.Http;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.PowerBi;

public sealed class ConnectionFileTests(Azurite azurite)
{
    [Fact]
    public async Task The_file_names_the_feed_under_the_public_address()
    {
        using var anyone = new HttpClient { BaseAddress = (await azurite.SampleOfficeAsync()).Address };
        var plain = (await anyone.CallAsync("GET", "/powerbi/connect.pbids", null, [])).Is(200);
        Assert.Equal($$$"""{"version":"0.1","connections":[{"details":{"protocol":"odata","address":{"url":"{{{anyone.BaseAddress}}}odata"}},"mode":"Import"}]}""", plain.Text);
        Assert.Equal("attachment; filename=\"FriendCity.pbids\"", plain.Headers["Content-Disposition"]);

        var proxied = await anyone.CallAsync("GET", "/powerbi/connect.pbids", null, [("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "friends.example.org, inner")]);
        Assert.Equal("https://friends.example.org/odata", (string?)proxied.Json["connections"]![0]!["details"]!["address"]!["url"]);
        var odd = await anyone.CallAsync("GET", "/powerbi/connect.pbids", null, [("X-Forwarded-Host", "friends.example.org/path?x")]);
        Assert.Equal($"{anyone.BaseAddress}odata", (string?)odd.Json["connections"]![0]!["details"]!["address"]!["url"]);
    }

    [Theory]
    [InlineData("/powerbi", 404, "not_found")]
    [InlineData("/powerbi/other.pbids", 404, "not_found")]
    [InlineData("/powerbi/connect.pbids?x=1", 400, "bad_parameter")]
    public async Task There_is_no_other_file(string path, int status, string code) =>
        (await (await azurite.SampleOfficeAsync()).CallAsync("GET", path)).IsProblem(status, code);
}
