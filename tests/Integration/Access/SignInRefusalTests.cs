using FriendCity.Access;
using FriendCity.Access.Limits;
using FriendCity.Http.Middleware;
using FriendCity.Tests.Integration.Hosting;
using FriendCity.Tests.Integration.Http;
using FriendCity.Tests.Support;
using Microsoft.Extensions.Logging;

namespace FriendCity.Tests.Integration.Access;

/// <summary>Keys that are none: who shows them is logged, and slowed, and slows nobody else.</summary>
public sealed class SignInRefusalTests(Azurite azurite)
{
    private const string Asked = "/api/v1/platforms";
    private const int Burst = 2;

    /// <summary>More than are taken at once, if they took a place.</summary>
    private const int Waiting = Admission.Most + 10;

    [Fact]
    public async Task Refused_sign_ins_are_logged_and_beyond_a_few_wait_without_taking_a_place()
    {
        using var log = new LogCapture();
        await using var app = await azurite.OfficeAsync(replace: builder =>
            builder.Services.AddSingleton(new SignInOptions(Burst, 1, TimeSpan.FromHours(1), Waiting)));
        app.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);
        using var guesser = app.NewClient();
        guesser.DefaultRequestHeaders.Add("X-Api-Key", "fc_guessed");
        for (var i = 0; i < Burst; i++)
            (await guesser.CallAsync("GET", $"{Asked}?code=x", null, [])).IsProblem(401, "unauthenticated");
        // Who shows nothing has not tried.
        using var nobody = app.NewClient();
        (await nobody.CallAsync("GET", Asked, null, [])).IsProblem(401, "unauthenticated");

        using var leave = new CancellationTokenSource();
        var slowed = Enumerable.Range(0, Waiting).Select(_ => guesser.GetAsync(new Uri(Asked, UriKind.Relative), leave.Token)).ToList();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (Refusals().Count < Burst + Waiting)
        {
            (await app.CallAsync("GET", "/health/live")).Is(200);
            patience.Token.ThrowIfCancellationRequested();
        }

        Assert.All(slowed, each => Assert.False(each.IsCompleted));
        (await app.CallAsync("GET", Asked)).Is(200);
        Assert.Equal("3600", (await guesser.CallAsync("GET", Asked, null, [])).IsProblem(429, "rate_limited").Headers["Retry-After"]);

        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(slowed));
        Assert.All(Refusals(), line => Assert.Contains($"GET {Asked} from 127.0.0.1 showed what is no key;", line, StringComparison.Ordinal));

        List<string> Refusals() => [.. log.Lines.Select(line => line.Message).Where(text => text.StartsWith("Sign-in refused", StringComparison.Ordinal))];
    }

    [Theory]
    [InlineData("X-Api-Key", "hunter2", "what is no key")]
    [InlineData("X-Api-Key", "fc_0123456789abcdefghjkmnpqrstvwxyzabcdefghjk", "key 0123456789")]
    [InlineData("Authorization", "Basic aHVudGVyMg==", "what is no key")]
    [InlineData("Authorization", "Bearer hunter2", "a token")]
    public void Of_what_is_no_key_nothing_is_told(string header, string value, string told)
    {
        using var log = new LogCapture();
        using var loggers = new LoggerFactory([log]);
        using var refusals = new SignInRefusals(SignInOptions.Default, loggers.CreateLogger<SignInRefusals>());
        var http = new DefaultHttpContext { Request = { Method = "GET", Path = "/a\nb" } };
        http.Request.Headers[header] = value;
        http.Request.Headers["X-Forwarded-For"] = "evil\n, 10.1.2.3:456";
        refusals.Refuse(http, Credentials.Of(http.Request), new(FriendCity.Http.Errors.Problems.Unauthenticated));
        Assert.Equal($"Sign-in refused (unauthenticated): GET /a%0Ab from 10.1.2.3 showed {told}; 0 more were not told of",
            Assert.Single(log.Lines).Message);
        Assert.Null(http.Features.Get<SlowAnswer>());
    }
}
