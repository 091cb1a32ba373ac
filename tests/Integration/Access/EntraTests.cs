using FriendCity.Tests.Integration.Http;
using FriendCity.Tests.Support;
using FriendCity.Tests.Unit.Access;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Integration.Access;

/// <summary>Sign-in with an organisational account, from Power Query's first question to the name in a record's history.</summary>
public sealed class EntraTests(EntraTestApp entra) : IClassFixture<EntraTestApp>
{
    private const string Records = "/api/v1/cities/RULED";

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Theory]
    [InlineData("/odata", "Bearer")]
    [InlineData("/odata/$metadata", "Bearer ")]
    [InlineData("/odata/Cities", "bearer")]
    [InlineData(Records, "Bearer")]
    [InlineData("/api/v1/snapshots/none/files/none", "Bearer")]
    public async Task An_empty_token_is_told_where_people_sign_in(string path, string authorization)
    {
        var reply = await entra.Anyone.CallAsync("GET", path, null, [("Authorization", authorization)]);
        Assert.Equal(entra.Directory.Challenge, reply.IsProblem(401, "unauthenticated").Headers["WWW-Authenticate"]);
        Assert.Matches("^Bearer authorization_uri=http://127[.]0[.]0[.]1:[0-9]+/3df2eaf6-33d0-4a10-8ce8-7e596000ebe7/oauth2/authorize$",
            entra.Directory.Challenge);
    }

    [Fact]
    public void In_the_public_cloud_and_in_China_people_sign_in_where_the_documents_say()
    {
        var options = entra.Directory.Options with { Authority = new("https://login.microsoftonline.com") };
        Assert.Equal("Bearer authorization_uri=https://login.microsoftonline.com/3df2eaf6-33d0-4a10-8ce8-7e596000ebe7/oauth2/authorize",
            options.Challenge);
        Assert.Equal(
            "https://login.partner.microsoftonline.cn/3df2eaf6-33d0-4a10-8ce8-7e596000ebe7/v2.0/.well-known/openid-configuration",
            (options with { Authority = new("https://login.partner.microsoftonline.cn/") }).Metadata[1].AbsoluteUri);
    }

    [Fact]
    public async Task Who_shows_nothing_hears_of_every_way_to_sign_in()
    {
        var reply = (await entra.Anyone.CallAsync("GET", Records, null, [])).IsProblem(401, "unauthenticated");
        Assert.Equal($"ApiKey realm=\"FriendCity\", {entra.Directory.Challenge}", reply.Headers["WWW-Authenticate"]);
        Assert.Contains("organisational account", (string?)reply.Json["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_no_directory_is_set_up_a_token_is_told_so()
    {
        var app = entra.App;
        await using var plain = await TestApp.OpenAsync(
            app.Services.GetRequiredService<Microsoft.Extensions.Configuration.IConfiguration>()["AzureWebJobsStorage"]!);
        using var anyone = plain.NewClient();
        var reply = (await anyone.CallAsync("GET", Records, null, [("Authorization", $"Bearer {entra.Directory.Sign(LocalDirectory.V1(Now))}")]))
            .IsProblem(401, "unauthenticated");
        Assert.Contains("not set up", (string?)reply.Json["detail"], StringComparison.Ordinal);
        Assert.Equal("ApiKey realm=\"FriendCity\"", reply.Headers["WWW-Authenticate"]);
    }

    [Fact]
    public async Task A_person_without_a_role_reads_and_does_no_more()
    {
        var token = entra.Directory.Sign(LocalDirectory.V1(Now));
        (await AskAsync("GET", Records, token)).Is(200);
        (await AskAsync("GET", "/odata/Cities", token)).Is(200);
        (await AskAsync("DELETE", Records, token)).IsProblem(403, "forbidden");
        (await AskAsync("POST", "/api/v1/snapshots", token)).IsProblem(403, "forbidden");
    }

    [Theory]
    [InlineData("Read", "GET", Records, 200)]
    [InlineData("read", "GET", Records, 200)]
    [InlineData("Write", "GET", Records, 403)]
    [InlineData("Write", "DELETE", Records, 428)]
    [InlineData("Run", "POST", "/api/v1/snapshots?date=2999-01-01", 400)]
    [InlineData("Read", "POST", "/api/v1/snapshots?date=2999-01-01", 403)]
    [InlineData("Admin", "GET", "/nothing", 404)]
    [InlineData("Read,Write", "DELETE", Records, 403)] // one role of that name, which is none of ours
    [InlineData("15", "GET", Records, 403)]
    [InlineData("Reader", "GET", Records, 403)]
    public async Task A_program_does_what_its_role_says(string role, string method, string path, int answer) =>
        Assert.Equal(answer, (await AskAsync(method, path, entra.Directory.Sign(entra.Directory.V2(Now, role)))).Status);

    [Fact]
    public async Task A_program_without_a_role_is_told_which_one_it_lacks()
    {
        var reply = (await AskAsync("GET", Records, entra.Directory.Sign(entra.Directory.V2(Now)))).IsProblem(403, "forbidden");
        Assert.Contains("the role 'Read'", (string?)reply.Json["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_persons_roles_count_instead_of_what_all_persons_may()
    {
        var claims = LocalDirectory.V1(Now);
        claims["roles"] = new JArray("Write");
        var token = entra.Directory.Sign(claims);
        Assert.Equal((403, 428), ((await AskAsync("GET", Records, token)).Status, (await AskAsync("DELETE", Records, token)).Status));
    }

    [Fact]
    public async Task A_permission_that_is_not_ours_opens_nothing()
    {
        var claims = LocalDirectory.V1(Now);
        claims["scp"] = "openid user_impersonation.not";
        (await AskAsync("GET", Records, entra.Directory.Sign(claims))).IsProblem(403, "forbidden");
    }

    [Fact]
    public async Task History_names_the_person_or_the_program()
    {
        var claims = LocalDirectory.V1(Now);
        claims["roles"] = new JArray("Read", "Write");
        var person = entra.Directory.Sign(claims);
        var path = $"/api/v1/cities/{(string)(await AskAsync("POST", "/api/v1/cities", person, DraftTestApp.City())).Is(201).Json["id"]!}";
        var program = entra.Directory.Sign(entra.Directory.V2(Now, "Write"));
        using var client = entra.App.NewClient();
        (await client.CallAsync("DELETE", path, null, [("Authorization", $"Bearer {program}"), ("If-Match", "\"1\"")])).Is(204);
        var history = (await entra.App.GetAsync($"{path}/history"))["value"]!.Select(version => (string?)version["actor"]).ToHashSet();
        Assert.True(history.SetEquals([$"user:{LocalDirectory.Person}", $"app:{LocalDirectory.Program}"]), string.Join(' ', history));
    }

    [Fact]
    public async Task A_key_beside_a_token_wins()
    {
        using var client = entra.App.NewClient();
        (await client.CallAsync("GET", $"{Records}?code={entra.App.Key}", null, [("Authorization", "Bearer x.y.z")])).Is(200);
        var good = ("Authorization", $"Bearer {entra.Directory.Sign(LocalDirectory.V1(Now))}");
        (await client.CallAsync("GET", $"{Records}?code=fc_wrong", null, [good])).IsProblem(401, "unauthenticated");
        (await client.CallAsync("GET", $"{Records}?code=", null, [good])).Is(200);
    }

    [Fact]
    public async Task A_token_is_never_logged_or_shown()
    {
        var seen = new List<string>();
        foreach (var claims in new[] { LocalDirectory.V1(Now), LocalDirectory.V1(Now.AddDays(-1)), entra.Directory.V2(Now) })
            foreach (var path in new[] { Records, "/odata/Cities?$top=1", "/nothing" })
            {
                var token = entra.Directory.Sign(claims);
                var reply = await AskAsync("GET", path, token);
                seen.Add(token);
                Assert.All(token.Split('.'), part => Assert.DoesNotContain(part, reply.Text + string.Join(' ', reply.Headers),
                    StringComparison.Ordinal));
            }

        var log = string.Join('\n', entra.Log.Lines.Select(line => line.Message + line.Scopes));
        Assert.Contains("/odata/Cities", log, StringComparison.Ordinal);
        Assert.All(seen.SelectMany(token => token.Split('.').Skip(1)), part => Assert.DoesNotContain(part, log, StringComparison.Ordinal));
    }

    private Task<Reply> AskAsync(string method, string path, string token, object? body = null) =>
        entra.Anyone.CallAsync(method, path, body, [("Authorization", $"Bearer {token}")]);
}
