using FriendCity.Access;
using FriendCity.Tests.Integration.Hosting;
using FriendCity.Tests.Integration.Http;
using FriendCity.Tests.Support;
using Microsoft.Extensions.Logging;

namespace FriendCity.Tests.Integration.Access;

/// <summary>What one caller may ask in a minute, and that nobody else has less for it.</summary>
public sealed class RateLimitTests(Azurite azurite)
{
    private const string Asked = "/api/v1/platforms";

    [Fact]
    public async Task A_caller_is_told_what_is_left_and_refused_beyond_and_others_are_not()
    {
        using var log = new LogCapture();
        await using var app = await azurite.OfficeAsync(replace: builder => builder.Configuration["RequestsPerMinute"] = "3");
        app.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);
        foreach (var (left, again) in new[] { (2, 20), (1, 40), (0, 60) })
        {
            var reply = (await app.CallAsync("GET", Asked)).Is(200);
            Assert.Equal(("\"caller\";q=3;w=60", $"\"caller\";r={left};t={again}"), (reply.Headers["RateLimit-Policy"], reply.Headers["RateLimit"]));
        }

        // Also what would be refused anyway is asked.
        foreach (var (method, path) in new[] { ("GET", Asked), ("DELETE", "/api/v1/cities/RULED"), ("GET", "/odata/Cities"), ("GET", "/api/v1/kpis") })
        {
            var refused = (await app.CallAsync(method, path)).IsProblem(429, "rate_limited");
            Assert.InRange(int.Parse(refused.Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture), 1, 20);
            Assert.StartsWith("\"caller\";r=0;", refused.Headers["RateLimit"], StringComparison.Ordinal);
        }

        using var other = app.NewClient();
        (await other.CallAsync("GET", Asked, null, [("X-Api-Key", await app.KeyAsync("other", Scopes.Read))])).Is(200);
        // What is open to all is not counted.
        Assert.DoesNotContain("RateLimit", (await app.CallAsync("GET", "/health/live")).Is(200).Headers.Keys);
        Assert.Contains(AccessKeys.Actor(app.Key[3..13], "tests"),
            Assert.Single(log.Lines, line => line.Message.Contains("times a minute", StringComparison.Ordinal)).Message, StringComparison.Ordinal);
    }
}
