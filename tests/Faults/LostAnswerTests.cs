using FriendCity.Storage;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Faults;

/// <summary>Storage carries a commit out and its answer is lost; the adapter's retry then meets our own write as a conflict.</summary>
public sealed class LostAnswerTests(Azurite azurite)
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(3, 1)]
    [InlineData(3, 2)]
    [InlineData(3, 4)]
    public async Task A_lost_answer_is_success_and_one_version(int retries, int times)
    {
        await using var proxy = await azurite.ProxyAsync();
        var account = azurite.NewAccount();
        var options = StorageOptions.Default with { Retries = retries, RetryDelay = TimeSpan.FromMilliseconds(1) };
        await using var app = await TestApp.OpenAsync(proxy.ConnectionStringFor(account),
            replace: builder => builder.Services.AddSingleton(options));

        Lose();
        var created = await app.SendAsync("POST", "/api/v1/platforms", """{"id":"hall","nameEn":"Hall","nameZh":"会客厅"}""");
        Assert.Equal((201, "\"1\""), (created.Status, created.ETag));
        Lose();
        var patched = await app.SendAsync("PATCH", "/api/v1/platforms/hall", """{"kind":"hall"}""", "\"1\"", "application/merge-patch+json");
        Assert.Equal((200, "\"2\""), (patched.Status, patched.ETag));
        Lose();
        var deleted = await app.SendAsync("DELETE", "/api/v1/platforms/hall", ifMatch: "\"2\"");
        Assert.Equal((204, "\"3\""), (deleted.Status, deleted.ETag));
        Lose();
        var restored = await app.SendAsync("POST", "/api/v1/platforms/hall/restore", ifMatch: "\"3\"");
        Assert.Equal((200, "\"4\""), (restored.Status, restored.ETag));

        proxy.Heal();
        var history = (await app.GetAsync("/api/v1/platforms/hall/history"))["value"]!;
        Assert.Equal([1, 2, 3, 4], history.Select(version => (int)version["version"]!));
        Assert.Equal(4, history.Select(version => (string?)version["operationId"]).Distinct().Count());
        await Audit.HoldsAsync(await azurite.ConnectionStringAsync(account));

        void Lose()
        {
            proxy.Heal();
            proxy.On(FaultCases.IsCommit, new Fault.DropAnswer(), times: times);
        }
    }
}
