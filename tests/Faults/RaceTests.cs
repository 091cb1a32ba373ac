using FriendCity.Tests.Support;


namespace FriendCity.Tests.Faults;

public sealed class RaceTests(Azurite azurite)
{
    [Fact]
    public Task Of_several_writers_of_one_record_none_loses_an_update() => IncrementAsync(8, 10);

    [Fact]
    [Trait("Set", "long")]
    public Task Of_many_writers_of_one_record_none_loses_an_update() => IncrementAsync(32, 200);

    [Fact]
    public async Task Of_many_creations_of_one_record_one_succeeds()
    {
        const int Writers = 32;
        var account = azurite.NewAccount();
        var connection = await azurite.ConnectionStringAsync(account);
        await using var app = await TestApp.OpenAsync(connection);
        var answers = await Task.WhenAll(Enumerable.Range(0, Writers).Select(n =>
            app.SendAsync("POST", "/api/v1/platforms", $$"""{"id":"one","nameEn":"{{n}}","nameZh":"一"}""")));
        Assert.Equal([201, .. Enumerable.Repeat(409, Writers - 1)], answers.Select(answer => answer.Status).Order());
        Assert.Equal((string?)answers.Single(answer => answer.Status == 201).Body!["nameEn"],
            (string?)(await app.GetAsync("/api/v1/platforms/one"))["nameEn"]);
        await Audit.HoldsAsync(connection);
    }

    private async Task IncrementAsync(int writers, int increments)
    {
        var account = azurite.NewAccount();
        var connection = await azurite.ConnectionStringAsync(account);
        await using var app = await TestApp.OpenAsync(connection);
        Assert.Equal(201, (await app.SendAsync("PUT", "/api/v1/platforms/count", """{"nameEn":"0","nameZh":"计数"}""")).Status);
        // Of those who try at once all but one try in vain: more of them would only take longer.
        using var gate = new SemaphoreSlim(8);
        var conflicts = await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => IncrementAsync(app, increments, gate)));

        var record = await app.GetAsync("/api/v1/platforms/count");
        Assert.Equal(($"{writers * increments}", (writers * increments) + 1), ((string?)record["nameEn"], (int)record["version"]!));
        Assert.NotEqual(0, conflicts.Sum());
        // Each version counts one further than the one before.
        var history = (await app.GetAsync("/api/v1/platforms/count/history"))["value"]!;
        Assert.Equal(Enumerable.Range(0, (writers * increments) + 1).Select(n => $"{n}"), history.Select(version => (string?)version["nameEn"]));
        await Audit.HoldsAsync(connection);
    }

    /// <summary>Reads, adds one, writes with the version it read; after a 412 again.</summary>
    private static async Task<int> IncrementAsync(TestApp app, int increments, SemaphoreSlim gate)
    {
        var conflicts = 0;
        for (var done = 0; done < increments;)
        {
            await gate.WaitAsync();
            var record = await app.GetAsync("/api/v1/platforms/count");
            var answer = await app.SendAsync("PATCH", "/api/v1/platforms/count", $$"""{"nameEn":"{{int.Parse((string)record["nameEn"]!, null) + 1}}"}""",
                $"\"{record["version"]}\"", "application/merge-patch+json");
            gate.Release();
            Assert.Contains(answer.Status, new[] { 200, 412 });
            if (answer.Status == 200)
                done++;
            else
                Assert.InRange(++conflicts, 1, 20_000);
        }

        return conflicts;
    }
}
