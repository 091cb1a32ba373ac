using System.Net;
using FriendCity.Access;
using FriendCity.Records.Replication;
using FriendCity.Storage;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Faults;

/// <summary>
/// Storage that does not answer, and storage that is slow while the records are being loaded: readers are told, or served, in time.
/// </summary>
[Trait("Set", "slow")]
public sealed class FrozenStorageTests(Azurite azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_storage_is_frozen_readers_get_503_in_time_or_what_memory_holds_and_afterwards_all_is_well()
    {
        await using var own = await AzuriteProcess.StartAsync();
        await using var app = await TestApp.OpenAsync(own.ConnectionString, sample: true, TestApp.Impatient);
        Assert.NotEmpty((await app.GetAsync("/api/v1/cities?$top=100"))["value"]!);
        await own.FreezeAsync();

        var begun = TimeProvider.System.GetTimestamp();
        var answers = await Task.WhenAll(Enumerable.Range(0, 40)
            .Select(i => app.Client.GetAsync(i % 2 == 0 ? "/api/v1/cities" : "/api/v1/kpis", Token)));
        Assert.InRange(TimeProvider.System.GetElapsedTime(begun), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(9));
        Assert.All(answers, answer => Assert.Equal((HttpStatusCode.ServiceUnavailable, "2"),
            (answer.StatusCode, answer.Headers.RetryAfter?.ToString())));
        Assert.Equal("no-cache", (await app.Client.GetAsync("/health/live", Token)).EnsureSuccessStatusCode().Headers.CacheControl?.ToString());

        foreach (var path in new[] { "/api/v1/cities/RULED", "/api/v1/cities?$top=1", "/api/v1/kpis?view=article" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Prefer", "respond-async, Stale-OK" } } };
            using var stale = (await app.Client.SendAsync(request, Token)).EnsureSuccessStatusCode();
            Assert.Equal("stale-ok", Assert.Single(stale.Headers.GetValues("Preference-Applied")));
            Assert.InRange(stale.Headers.Age!.Value, TimeSpan.FromSeconds(4), TimeSpan.FromMinutes(1));
        }

        await own.ThawAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while ((await app.Client.GetAsync("/health/ready", patience.Token)).StatusCode != HttpStatusCode.OK)
            patience.Token.ThrowIfCancellationRequested();
        using var fresh = new HttpRequestMessage(HttpMethod.Get, "/api/v1/cities?$top=1") { Headers = { { "Prefer", "stale-ok" } } };
        Assert.InRange((await app.Client.SendAsync(fresh, Token)).EnsureSuccessStatusCode().Headers.Age!.Value, TimeSpan.Zero,
            TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task While_storage_is_frozen_every_write_is_told_that_nobody_knows_and_afterwards_it_is_there_whole_or_not_at_all()
    {
        await using var own = await AzuriteProcess.StartAsync();
        await using var app = await TestApp.OpenAsync(own.ConnectionString, sample: true, TestApp.Impatient);
        Assert.Equal(201, (await app.SendAsync("POST", "/api/v1/platforms", Hall("frozen"))).Status);
        await own.FreezeAsync();
        var answers = await Task.WhenAll(
            app.SendAsync("POST", "/api/v1/platforms", Hall("made")),
            app.SendAsync("PUT", "/api/v1/platforms/put", Hall("put"), headers: ("If-None-Match", "*")),
            app.SendAsync("PATCH", "/api/v1/platforms/frozen", """{"nameEn":"Other"}""", "\"1\"", "application/merge-patch+json"),
            app.SendAsync("DELETE", "/api/v1/relationships/R01", ifMatch: "\"1\""),
            app.SendAsync("PUT", "/api/v1/relationships/R02/attachments/a.pdf", "%PDF-1.7 a", "\"1\"", "application/pdf"),
            app.SendAsync("POST", "/api/v1/snapshots"));
        Assert.All(answers, answer => Assert.Equal(503, answer.Status));
        Assert.All(answers, answer => Assert.Contains(answer.Code, new[] { "storage_unavailable", "outcome_unknown" }));

        await own.ThawAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while ((await app.Client.GetAsync("/health/ready", patience.Token)).StatusCode != HttpStatusCode.OK)
            patience.Token.ThrowIfCancellationRequested();
        await Audit.SettlesAsync(own.ConnectionString);
        await Audit.HoldsAsync(own.ConnectionString);
        foreach (var (path, versions) in new[] { ("platforms/made", 1), ("platforms/put", 1), ("platforms/frozen", 2), ("relationships/R01", 2),
            ("relationships/R02", 2) })
            Assert.InRange((await app.SendAsync("GET", $"/api/v1/{path}/history")) is { Status: 200, Body: { } body } ? body["value"]!.Count() : 0,
                versions - 1, versions);

        static string Hall(string id) => $$"""{"id":"{{id}}","nameEn":"Hall","nameZh":"会客厅"}""";
    }

    [Fact]
    public async Task While_the_records_are_being_loaded_one_record_is_read_from_its_table_and_lists_are_told_to_come_again()
    {
        var account = azurite.NewAccount();
        await using (var before = await TestApp.OpenAsync(await azurite.ConnectionStringAsync(account)))
            Assert.Equal(201, (await before.SendAsync("POST", "/api/v1/platforms", """{"id":"hall","nameEn":"Hall","nameZh":"会客厅"}""")).Status);

        await using var proxy = await azurite.ProxyAsync();
        proxy.On(request => request.Path.Contains("/platforms()", StringComparison.Ordinal), new Fault.Delay(TimeSpan.FromSeconds(20)),
            times: int.MaxValue);
        // Half of that: more than the emulator, which other tests ask too, may itself be silent for.
        await using var app = await TestApp.OpenAsync(proxy.ConnectionStringFor(account), replace: builder =>
            builder.Services.AddSingleton(StorageOptions.Default with { SilenceTimeout = TimeSpan.FromSeconds(10) }));
        var replica = app.Services.GetRequiredService<Replica>();
        var hall = await app.SendAsync("GET", "/api/v1/platforms/hall");
        Assert.Equal((200, "\"1\""), (hall.Status, hall.ETag));
        Assert.Equal(404, (await app.SendAsync("GET", "/api/v1/platforms/nobody")).Status);
        var list = await app.SendAsync("GET", "/api/v1/platforms");
        Assert.Equal((503, "storage_unavailable"), (list.Status, list.Code));
        Assert.Null(replica.Held);
        proxy.Heal();
        await replica.ReadAsync(Token);
        Assert.Single((await app.GetAsync("/api/v1/platforms"))["value"]!);
    }

    [Fact]
    public async Task A_cursor_is_refused_to_another_caller()
    {
        var app = await azurite.SampleOfficeAsync();
        var next = new Uri((string)(await app.GetAsync("/api/v1/cities?$top=2"))["nextLink"]!);
        Assert.Equal(200, (await app.SendAsync("GET", next.PathAndQuery)).Status);
        using var other = app.NewClient();
        other.DefaultRequestHeaders.Add("X-Api-Key", await app.KeyAsync("other", Scopes.Read));
        using var refused = await other.GetAsync(next.PathAndQuery, Token);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("cursor_invalid", await refused.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }
}
