using FriendCity.Tests.Integration.Hosting;
using FriendCity.Tests.Integration.Http;
using FriendCity.Tests.Unit.Access;


namespace FriendCity.Tests.Integration.Access;

public sealed class EntraStartTests
{
    [Fact]
    public async Task The_library_that_reads_tokens_is_loaded_with_the_first_token_and_not_with_the_service()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Which libraries a program has loaded is read from /proc.");
        await using var directory = await LocalDirectory.StartAsync();
        await using var program = ProgramUnderTest.Serve(
            null, ("EntraTenant", $"{LocalDirectory.Tenant}"), ("EntraAudience", LocalDirectory.Audience),
            ("EntraAuthority", directory.Address.GetLeftPart(UriPartial.Authority)));
        using var client = new HttpClient { BaseAddress = await program.Address };
        (await client.CallAsync("GET", "/health/live", null, [])).Is(200);
        Assert.Equal(directory.Challenge, (await client.CallAsync("GET", "/odata", null, [("Authorization", "Bearer")]))
            .IsProblem(401, "unauthenticated").Headers["WWW-Authenticate"]);
        Assert.DoesNotContain("Microsoft.IdentityModel.", Loaded(program.Id), StringComparison.Ordinal);

        (await client.CallAsync("GET", "/odata", null, [("Authorization", "Bearer x.y.z")])).IsProblem(401, "token_invalid");
        Assert.Contains("Microsoft.IdentityModel.JsonWebTokens.dll", Loaded(program.Id), StringComparison.Ordinal);
    }

    /// <summary>What the host's one child, the worker, has mapped.</summary>
    private static string Loaded(int host)
    {
        var worker = Directory.GetDirectories($"/proc/{host}/task")
            .SelectMany(task => File.ReadAllText(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Single();
        return File.ReadAllText($"/proc/{worker}/maps");
    }
}
