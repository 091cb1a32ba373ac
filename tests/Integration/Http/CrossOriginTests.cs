using FriendCity.Tests.Support;


namespace FriendCity.Tests.Integration.Http;

/// <summary>The Fetch standard's CORS protocol: origins by setting, none by default, preflights without a key.</summary>
public sealed class CrossOriginTests(Azurite azurite)
{
    private const string Allowed = "https://partner.example";

    private static readonly (string, string)[] Preflight =
        [("Access-Control-Request-Method", "PATCH"), ("Access-Control-Request-Headers", "content-type,idempotency-key,if-match,x-api-key")];

    [Fact]
    public async Task A_page_of_an_origin_that_is_set_lists_and_patches()
    {
        await using var app = await azurite.OfficeAsync(sample: true,
            builder => builder.Configuration["CorsOrigins"] = $"{Allowed}, http://localhost:3000");
        var path = await app.CreateAsync("cities", DraftTestApp.City());
        using var page = app.NewClient();
        foreach (var origin in new[] { Allowed, "http://localhost:3000" })
        {
            var asked = (await page.CallAsync("OPTIONS", path, null, [("Origin", origin), .. Preflight])).Is(204);
            Assert.Equal((origin, "content-type,idempotency-key,if-match,x-api-key"),
                (asked.Headers["Access-Control-Allow-Origin"], asked.Headers["Access-Control-Allow-Headers"]));
            Assert.Contains("PATCH", asked.Headers["Access-Control-Allow-Methods"], StringComparison.Ordinal);
            var list = (await app.CallAsync("GET", "/api/v1/cities", headers: ("Origin", origin))).Is(200);
            Assert.Equal(origin, list.Headers["Access-Control-Allow-Origin"]);
            Assert.Contains("Idempotency-Replayed", list.Headers["Access-Control-Expose-Headers"], StringComparison.Ordinal);
            Assert.Contains("Link", list.Headers["Access-Control-Expose-Headers"], StringComparison.Ordinal);
            Assert.Contains("ETag", list.Headers["Access-Control-Expose-Headers"], StringComparison.Ordinal);
            Assert.Contains("Origin", list.Headers["Vary"], StringComparison.Ordinal);
        }

        // A refusal is readable too: a page has to know why.
        var refused = await page.CallAsync("GET", "/api/v1/cities", null, [("Origin", Allowed)]);
        Assert.Equal(Allowed, refused.IsProblem(401, "unauthenticated").Headers["Access-Control-Allow-Origin"]);
        var patched = await app.CallAsync("PATCH", path, """{"nameEn":"Renamed"}""", "\"1\"", ApiClient.MergePatch, ("Origin", Allowed));
        Assert.Equal(("\"2\"", Allowed), (patched.Is(200).ETag, patched.Headers["Access-Control-Allow-Origin"]));
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("https://partner.example.evil.example")]
    [InlineData("http://partner.example")]
    [InlineData("https://PARTNER.example")]
    [InlineData("null")]
    public async Task A_page_of_any_other_origin_is_told_nothing(string origin)
    {
        await using var app = await azurite.OfficeAsync(replace: builder => builder.Configuration["CorsOrigins"] = Allowed);
        foreach (var reply in new[] { await app.CallAsync("GET", "/api/v1/cities", headers: ("Origin", origin)),
            await app.CallAsync("OPTIONS", "/api/v1/cities", headers: [("Origin", origin), .. Preflight]) })
        {
            Assert.DoesNotContain(reply.Headers.Keys, name => name.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
            Assert.Contains("Origin", reply.Headers["Vary"], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task By_default_no_page_elsewhere_is_let_in()
    {
        var reply = await (await azurite.SampleOfficeAsync()).CallAsync("GET", "/api/v1/cities?$top=1", headers: ("Origin", Allowed));
        Assert.DoesNotContain(reply.Is(200).Headers.Keys, name => name.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("partner.example")]
    [InlineData("https://partner.example/")]
    [InlineData("https://partner.example/app")]
    public async Task A_setting_that_is_no_origin_stops_the_start(string text) =>
        Assert.Contains("CorsOrigins", (
            await Assert.ThrowsAsync<StartUpException>(
            () => azurite.OfficeAsync(replace: builder => builder.Configuration["CorsOrigins"] = text))).Message, StringComparison.Ordinal);
}
