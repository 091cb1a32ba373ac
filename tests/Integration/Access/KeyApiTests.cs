using System.Diagnostics;
using FriendCity.Access;
using FriendCity.Access.Keys;
using FriendCity.Storage.Tables;
using FriendCity.Tests.Integration.Hosting;
using FriendCity.Tests.Integration.Http;
using FriendCity.Tests.Support;
using Microsoft.Extensions.Logging;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Integration.Access;

/// <summary>The life of a key over HTTP, at two instances.</summary>
public sealed class KeyApiTests(Azurite azurite)
{
    private const string Keys = "/api/v1/keys";
    private const string Asked = "/api/v1/platforms";

    [Fact]
    public async Task A_key_is_made_used_rotated_and_revoked_at_every_instance_within_ten_seconds()
    {
        using var log = new LogCapture();
        var connection = await azurite.ConnectionStringAsync(azurite.NewAccount());
        await using var here = await TestApp.OpenAsync(connection);
        await using var elsewhere = await TestApp.OpenAsync(connection);
        here.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);

        var made = (await here.CallAsync("POST", Keys, """
            {"owner":"青岛港 port","contact":"it@port.example","scopes":["write","read"],"expires":"2099-12-31T00:00:00Z"}
            """)).Is(201);
        var (key, id) = ((string)made.Json["key"]!, (string)made.Json["id"]!);
        Assert.Equal(($"fc_{id}", "no-store"), ((string?)made.Json["prefix"], made.Headers["Cache-Control"]));
        Assert.StartsWith($"fc_{id}", key, StringComparison.Ordinal);
        Assert.EndsWith($"{Keys}/{id}", made.Headers["Location"], StringComparison.Ordinal);
        Assert.Equal((200, 200), (await StatusAsync(here, key), await StatusAsync(elsewhere, key)));

        var listed = Assert.Single((await here.GetAsync(Keys))["value"]!, each => (string?)each["id"] == id);
        Assert.Equal("青岛港 port|it@port.example|read write|active|2099-12-31T00:00:00.000Z", string.Join('|', listed["owner"], listed["contact"],
            string.Join(' ', listed["scopes"]!), listed["state"], ((JValue)listed["expires"]!).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", null)));
        Assert.Equal(AccessKeys.Actor(here.Key[3..13], "tests"), (string?)listed["createdBy"]);
        Assert.Null(listed["key"]);
        using (var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20)))
            while ((await here.GetAsync($"{Keys}/{id}"))["lastUsedAt"]!.Type == JTokenType.Null)
                patience.Token.ThrowIfCancellationRequested();

        var next = (await here.CallAsync("POST", $"{Keys}/{id}/rotate?overlapHours=1")).Is(201);
        Assert.Equal("青岛港 port|it@port.example|read write", string.Join('|', next.Json["owner"], next.Json["contact"],
            string.Join(' ', next.Json["scopes"]!)));
        Assert.Equal((200, 200), (await StatusAsync(here, key), await StatusAsync(here, (string)next.Json["key"]!)));
        Assert.Equal((string?)next.Json["id"], (string?)(await here.GetAsync($"{Keys}/{id}"))["replacedBy"]);
        (await here.CallAsync("POST", $"{Keys}/{id}/rotate")).IsProblem(409, "key_ended");

        var revoked = Stopwatch.GetTimestamp();
        Assert.Equal("revoked", (string?)(await here.CallAsync("DELETE", $"{Keys}/{id}")).Is(200).Json["state"]);
        Assert.Equal(401, await StatusAsync(here, key));
        while (await StatusAsync(elsewhere, key) != 401)
            Assert.True(Stopwatch.GetElapsedTime(revoked) < AccessKeys.RevokedWithin, "The revoked key still lets somebody in.");
        // Revoking again changes nothing, and what is revoked has no successor.
        Assert.Equal("revoked", (string?)(await here.CallAsync("DELETE", $"{Keys}/{id}")).Is(200).Json["state"]);
        Assert.All(log.Lines, line => Assert.DoesNotContain(key[13..], line.Message + line.Scopes, StringComparison.Ordinal));
        Assert.Contains(log.Lines, line => line.Message.Contains($"revoked key {id}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_an_overlap_the_old_key_ends_at_once()
    {
        var app = await azurite.SampleOfficeAsync();
        var old = await app.KeyAsync("hasty", Scopes.Read);
        var next = (await app.CallAsync("POST", $"{Keys}/{old[3..13]}/rotate?overlapHours=0")).Is(201);
        Assert.Equal((401, 200), (await StatusAsync(app, old), await StatusAsync(app, (string)next.Json["key"]!)));
        Assert.Equal("expired", (string?)(await app.GetAsync($"{Keys}/{old[3..13]}"))["state"]);
        (await app.CallAsync("POST", $"{Keys}/{old[3..13]}/rotate?overlapHours=2161")).IsProblem(400, "bad_parameter");
    }

    [Theory]
    [InlineData("""{"scopes":["read"]}""", "/owner required")]
    [InlineData("""{"owner":7,"scopes":["read"]}""", "/owner wrong_type")]
    [InlineData("""{"owner":"\u200b ","scopes":["read"]}""", "/owner blank")]
    [InlineData("""{"owner":"a\nb","scopes":["read"],"contact":"c\u2028d"}""", "/contact bad_character; /owner bad_character")]
    [InlineData("""{"owner":"12345678901234567890123456789012345678901234567890123456789012345","scopes":["read"]}""", "/owner too_long")]
    [InlineData("""{"owner":"a"}""", "/scopes required")]
    [InlineData("""{"owner":"a","scopes":[]}""", "/scopes bad_scopes")]
    [InlineData("""{"owner":"a","scopes":["read",8]}""", "/scopes bad_scopes")]
    [InlineData("""{"owner":"a","scopes":"read"}""", "/scopes bad_scopes")]
    [InlineData("""{"owner":"a","scopes":["read"],"expires":"2020-01-01T00:00:00Z"}""", "/expires bad_instant")]
    [InlineData("""{"owner":"a","scopes":["read"],"expires":"2099-01-01"}""", "/expires bad_instant")]
    [InlineData("""{"owner":"a","scopes":["read"],"hash":"00"}""", "/hash unknown_field")]
    public async Task What_is_wanted_of_a_key_is_checked_whole(string body, string faults) =>
        Assert.Equal(faults, (await (await azurite.SampleOfficeAsync()).CallAsync("POST", Keys, body)).IsProblem(422, "invalid").Faults);

    /// <summary>What the first version stored of a key.</summary>
    [Fact]
    public async Task A_key_of_an_older_version_works_and_is_listed_rotated_and_revoked()
    {
        var app = await azurite.SampleOfficeAsync();
        var key = AccessKey.New();
        var row = new TableRow("keys", key.Id, new Dictionary<string, object>
        {
            ["Name"] = "old partner",
            ["Scopes"] = 1L,
            ["Hash"] = Convert.ToHexStringLower(key.Hash()),
        });
        await app.Services.GetRequiredService<ITableStorage>().SubmitAsync(KeyStore.Table, [TableOperation.Insert(row)], default);
        using (var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20)))
            while (await StatusAsync(app, key.Text) == 401)
                patience.Token.ThrowIfCancellationRequested();
        Assert.Equal("old partner active", $"{(await app.GetAsync($"{Keys}/{key.Id}"))["owner"]} {(await app.GetAsync($"{Keys}/{key.Id}"))["state"]}");
        (await app.CallAsync("POST", $"{Keys}/{key.Id}/rotate")).Is(201);
        (await app.CallAsync("DELETE", $"{Keys}/{key.Id}")).Is(200);
        Assert.Equal(401, await StatusAsync(app, key.Text));
    }

    private static async Task<int> StatusAsync(TestApp app, string key)
    {
        using var client = app.NewClient();
        return (await client.CallAsync("GET", Asked, null, [("X-Api-Key", key)])).Status;
    }
}
