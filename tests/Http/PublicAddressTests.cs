using FriendCity.Http;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Http;

/// <summary>Whose word it is that a link carries: the setting's, else the front end's, and never a caller's where a key would follow it.</summary>
public sealed class PublicAddressTests(Azurite azurite)
{
    private static readonly string[] Files = ["/powerbi", "/powerbi/connect.pbids", "/powerbi/project.zip"];

    [Theory]
    [InlineData(null, "https", "city.example", "https://city.example")]
    [InlineData(null, "https, http", "city.example, inner:8080", "https://city.example")]
    [InlineData(null, "http", "city.example:8443", "http://city.example:8443")]
    [InlineData(null, "javascript", "a b", "http://here")]
    [InlineData(null, "", "user@city.example", "http://here")]
    [InlineData(null, null, null, "http://here")]
    [InlineData("https://city.example", "http", "evil.example", "https://city.example")]
    [InlineData("https://city.example:8443", null, null, "https://city.example:8443")]
    public void The_setting_wins_over_what_was_forwarded_and_that_over_the_host(string? setting, string? proto, string? host, string expected)
    {
        var request = new DefaultHttpContext().Request;
        (request.Scheme, request.Host) = ("http", new HostString("here"));
        if (proto is not null)
            request.Headers["X-Forwarded-Proto"] = proto;
        if (host is not null)
            request.Headers["X-Forwarded-Host"] = host;
        new PublicAddress(setting is null ? null : new Uri(setting)).Apply(request);
        Assert.Equal(expected + "/x", PublicAddress.Of(request, "/x"));
    }

    [Fact]
    public async Task A_host_that_a_caller_names_gets_no_file_that_would_send_it_a_key()
    {
        var office = await azurite.SampleOfficeAsync();
        foreach (var path in Files)
        {
            var refused = (await office.CallAsync("GET", path, headers: ("Host", "evil.example"))).IsProblem(503, "address_unknown");
            Assert.Contains("PublicAddress", (string)refused.Json["detail"]!, StringComparison.Ordinal);
            Assert.DoesNotContain("evil", refused.Text, StringComparison.Ordinal);
            (await office.CallAsync("GET", path)).Is(200);
        }
    }

    [Fact]
    public async Task With_the_setting_files_and_links_name_it_whatever_a_caller_says()
    {
        await using var office = await azurite.OfficeAsync(sample: true, builder => builder.Configuration["PublicAddress"] = "https://city.example");
        var file = (await office.CallAsync("GET", "/powerbi/connect.pbids", headers: ("Host", "evil.example"))).Is(200);
        Assert.Contains("https://city.example/odata", file.Text, StringComparison.Ordinal);
        Assert.Contains("city.example", (await office.CallAsync("GET", "/powerbi", headers: ("Host", "evil.example"))).Is(200).Text,
            StringComparison.Ordinal);
        var list = (await office.CallAsync("GET", "/api/v1/cities?$top=1", headers: ("Host", "evil.example"))).Is(200);
        Assert.StartsWith("https://city.example/api/v1/cities?", (string?)list.Json["nextLink"], StringComparison.Ordinal);
        Assert.Equal("max-age=31536000", list.Headers["Strict-Transport-Security"]);
        Assert.DoesNotContain("Strict-Transport-Security",
            (await (await azurite.SampleOfficeAsync()).CallAsync("GET", "/api/v1/cities?$top=1")).Headers.Keys);
    }

    [Theory]
    [InlineData("city.example")]
    [InlineData("http://city.example")]
    [InlineData("https://city.example/app")]
    [InlineData("https://u:p@city.example")]
    [InlineData("ftp://city.example")]
    public async Task A_setting_that_is_no_address_stops_the_start(string text)
    {
        var fault = await Assert.ThrowsAsync<StartUpException>(
            () => azurite.OfficeAsync(replace: builder => builder.Configuration["PublicAddress"] = text));
        Assert.Contains("PublicAddress", fault.Message, StringComparison.Ordinal);
    }
}
