using FriendCity.Tests.Support;


namespace FriendCity.Tests.Integration.Http;

/// <summary>Whose word it is that a link carries: the setting's, else the front end's, and never a caller's where a key would follow it.</summary>
public sealed class PublicAddressTests(Azurite azurite)
{
    private static readonly string[] Files = ["/powerbi", "/powerbi/connect.pbids", "/powerbi/project.zip"];

    [Fact]
    public async Task A_host_that_a_caller_names_gets_no_file_that_would_send_it_a_key()
    {
        var app = await azurite.SampleOfficeAsync();
        foreach (var path in Files)
        {
            var refused = (await app.CallAsync("GET", path, headers: ("Host", "evil.example"))).IsProblem(503, "address_unknown");
            Assert.Contains("PublicAddress", (string)refused.Json["detail"]!, StringComparison.Ordinal);
            Assert.DoesNotContain("evil", refused.Text, StringComparison.Ordinal);
            (await app.CallAsync("GET", path)).Is(200);
        }
    }

    [Fact]
    public async Task With_the_setting_files_and_links_name_it_whatever_a_caller_says()
    {
        await using var app = await azurite.OfficeAsync(sample: true, builder => builder.Configuration["PublicAddress"] = "https://city.example");
        var file = (await app.CallAsync("GET", "/powerbi/connect.pbids", headers: ("Host", "evil.example"))).Is(200);
        Assert.Contains("https://city.example/odata", file.Text, StringComparison.Ordinal);
        Assert.Contains("city.example", (await app.CallAsync("GET", "/powerbi", headers: ("Host", "evil.example"))).Is(200).Text,
            StringComparison.Ordinal);
        var list = (await app.CallAsync("GET", "/api/v1/cities?$top=1", headers: ("Host", "evil.example"))).Is(200);
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
