using System.Text;
using FriendCity.Idempotency;
using FriendCity.Storage;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Faults;

/// <summary>Writes with an Idempotency-Key, broken off at every point there is and sent again: one effect, and the answer to it.</summary>
public sealed class RepeatedWriteFaultTests(Azurite azurite)
{
    private static readonly (string, string) Key = ("Idempotency-Key", "k");

    /// <summary>Whatever storage request of a write fails, with its effect or without.</summary>
    [Theory]
    [InlineData(nameof(Fault.Answer), Traits = ["Set", "long"])]
    [InlineData(nameof(Fault.DropAnswer))]
    public async Task Each_write_takes_effect_once_however_often_it_is_sent(string fault)
    {
        await using var proxy = await azurite.ProxyAsync();
        var account = azurite.NewAccount();
        await using var app = await OpenAsync(proxy.ConnectionStringFor(account));
        var unharmed = proxy.Requests.Count;
        await RunAsync(app, proxy, "unharmed");
        unharmed = proxy.Requests.Count - unharmed;
        var repeated = 0;
        for (var n = 1; n <= unharmed; n++)
        {
            // From there on, for as long as one request takes: a retry inside it is no way out.
            proxy.On(FaultCases.Of(fault), nth: n, times: 1 + (n % 3));
            repeated += await RunAsync(app, proxy, $"n{n}");
        }

        Assert.InRange(repeated, 3, int.MaxValue);
        await Audit.HoldsAsync(await azurite.ConnectionStringAsync(account));
    }

    /// <summary>As when a process is killed in between; another instance then gets the same request.</summary>
    [Fact]
    public async Task A_write_that_ended_between_its_commit_and_its_mark_is_found_by_another_instance()
    {
        await using var proxy = await azurite.ProxyAsync();
        var account = azurite.NewAccount();
        await using var app = await OpenAsync(proxy.ConnectionStringFor(account));
        await using var other = await OpenAsync(await azurite.ConnectionStringAsync(account));
        proxy.On(IsMark, new Fault.Reset(), times: int.MaxValue);
        var made = await app.SendAsync("POST", "/api/v1/platforms", Hall("Hall"), headers: Key);
        var path = $"/api/v1/platforms/{made.Body!["id"]}";
        var changed = await app.SendAsync("PATCH", path, """{"nameEn":"Great hall"}""", "\"1\"", "application/merge-patch+json", Key);
        // What others do meanwhile does not hide it.
        Assert.Equal(200, (await other.SendAsync("PATCH", path, """{"kind":"hall"}""", "\"2\"", "application/merge-patch+json")).Status);
        var deleted = await app.SendAsync("DELETE", path, ifMatch: "\"3\"", headers: Key);

        var (madeAgain, changedAgain, deletedAgain) = (await other.SendAsync("POST", "/api/v1/platforms", Hall("Hall"), headers: Key),
            await other.SendAsync("PATCH", path, """{"nameEn":"Great hall"}""", "\"1\"", "application/merge-patch+json", Key),
            await other.SendAsync("DELETE", path, ifMatch: "\"3\"", headers: Key));
        Assert.Equal((201, made.Body.ToString(), made.ETag), (madeAgain.Status, madeAgain.Body!.ToString(), madeAgain.ETag));
        Assert.Equal((200, changed.Body!.ToString(), "\"2\""), (changedAgain.Status, changedAgain.Body!.ToString(), changedAgain.ETag));
        Assert.Equal((204, deleted.ETag), (deletedAgain.Status, deletedAgain.ETag));
        Assert.Equal(4, (await other.GetAsync($"{path}/history"))["value"]!.Count());
        await Audit.HoldsAsync(await azurite.ConnectionStringAsync(account));
    }

    /// <summary>Two instances hold the same request at once, as when a frozen one wakes up: the lease is no part of the promise.</summary>
    [Fact]
    public async Task A_request_that_two_carry_out_at_once_takes_effect_once()
    {
        var account = await azurite.ConnectionStringAsync(azurite.NewAccount());
        await using var one = await OpenAsync(account);
        await using var other = await OpenAsync(account);
        for (var n = 0; n < 10; n++)
        {
            var key = ("Idempotency-Key", $"k{n}");
            var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(each =>
                (each % 2 == 0 ? one : other).SendAsync("POST", "/api/v1/platforms", Hall($"Hall {n}"), headers: key)));
            var done = answers.Where(answer => answer.Code != "idempotency_in_flight").ToList();
            Assert.NotEmpty(done);
            Assert.All(done, answer => Assert.Equal((201, done[0].Body!.ToString()), (answer.Status, answer.Body!.ToString())));
            Assert.Equal(n + 1, (await other.GetAsync("/api/v1/platforms"))["value"]!.Count());
        }

        await Audit.HoldsAsync(account);
    }

    private static bool IsMark(ProxiedRequest request) => request.Path.Contains("$batch", StringComparison.Ordinal)
        && Encoding.UTF8.GetString(request.Body).Contains("\"Kept\"", StringComparison.Ordinal);

    private static Task<TestApp> OpenAsync(string connection) => TestApp.OpenAsync(connection, replace: builder => builder.Services
        .AddSingleton(StorageOptions.Default with { Retries = 0, RetryDelay = TimeSpan.FromMilliseconds(1) })
        // Over by the clock of any instance: what two take storage time for lies up to a second apart, as its answers have whole seconds.
        .AddSingleton(IdempotencyOptions.Default with { Lease = TimeSpan.FromSeconds(-2) }));

    private static string Hall(string name) => $$"""{"nameEn":"{{name}}","nameZh":"会客厅"}""";

    /// <summary>Makes, changes and deletes a record, each sent until it succeeds and once more; answers how often a sending failed.</summary>
    private static async Task<int> RunAsync(TestApp app, FaultProxy proxy, string name)
    {
        var (failures, key) = (0, ("Idempotency-Key", name));
        var made = await UntilAsync(201, () => app.SendAsync("POST", "/api/v1/platforms", Hall(name), headers: key));
        var path = $"/api/v1/platforms/{made.Body!["id"]}";
        var changed = await UntilAsync(200, () => app.SendAsync(
            "PATCH", path, """{"nameEn":"Great hall"}""", "\"1\"", "application/merge-patch+json", key));
        Assert.Equal("\"2\"", changed.ETag);
        Assert.Equal("\"3\"", (await UntilAsync(204, () => app.SendAsync("DELETE", path, ifMatch: "\"2\"", headers: key))).ETag);
        proxy.Heal();
        Assert.Equal(made.Body.ToString(), (await app.SendAsync("POST", "/api/v1/platforms", Hall(name), headers: key)).Body!.ToString());
        Assert.Equal(3, (await app.GetAsync($"{path}/history"))["value"]!.Count());
        Assert.Empty((await app.GetAsync("/api/v1/platforms"))["value"]!);
        return failures;

        async Task<Answer> UntilAsync(int status, Func<Task<Answer>> send)
        {
            while (true)
            {
                var answer = await send();
                if (answer.Status == status)
                    return answer;
                Assert.Equal(503, answer.Status);
                Assert.InRange(++failures, 1, 100);
            }
        }
    }
}
