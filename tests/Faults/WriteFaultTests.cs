using FriendCity.Storage;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Faults;

/// <summary>Create, patch, delete and restore while the Nth storage request fails, for every N there is.</summary>
public sealed class WriteFaultTests(Azurite azurite)
{
    private static readonly Step[] Steps =
    [
        new("POST", 201, (id, _) => ("/api/v1/platforms", $$"""{"id":"{{id}}","nameEn":"Hall","nameZh":"会客厅"}""")),
        new("PATCH", 200, (id, _) => ($"/api/v1/platforms/{id}", """{"nameEn":"Reception hall"}""")),
        new("DELETE", 204, (id, _) => ($"/api/v1/platforms/{id}", null)),
        new("POST", 200, (id, _) => ($"/api/v1/platforms/{id}/restore", null)),
    ];

    [Theory]
    [InlineData(nameof(Fault.Answer), 0)]
    [InlineData(nameof(Fault.Reset), 0, Traits = ["Set", "long"])]
    [InlineData(nameof(Fault.DropAnswer), 0)]
    [InlineData(nameof(Fault.Answer), 3, Traits = ["Set", "long"])]
    [InlineData(nameof(Fault.DropAnswer), 3)]
    public async Task Each_write_succeeds_or_says_cleanly_that_it_did_not(string fault, int retries)
    {
        await using var proxy = await azurite.ProxyAsync();
        var account = azurite.NewAccount();
        var options = StorageOptions.Default with { Retries = retries, RetryDelay = TimeSpan.FromMilliseconds(1) };
        await using var app = await TestApp.OpenAsync(proxy.ConnectionStringFor(account),
            replace: builder => builder.Services.AddSingleton(options));
        var unharmed = proxy.Requests.Count;
        await RunAsync(app, proxy, "unharmed");
        unharmed = proxy.Requests.Count - unharmed;

        var refusals = 0;
        for (var n = 1; n <= unharmed; n++)
        {
            proxy.On(FaultCases.Of(fault), nth: n);
            refusals += await RunAsync(app, proxy, $"n{n}");
        }

        // With the adapter's retries nothing is ever noticed. Without, each step's entry is one that must be; reads on a connection
        // that was used before are repeated by the HTTP client itself.
        Assert.True(retries > 0 ? refusals == 0 : refusals >= Steps.Length - 1, $"{refusals} refusals in {unharmed} requests");
        await Audit.HoldsAsync(await azurite.ConnectionStringAsync(account));
    }

    /// <summary>All steps, each tried again when it was refused; answers how many were.</summary>
    private static async Task<int> RunAsync(TestApp app, FaultProxy proxy, string id)
    {
        var refusals = 0;
        for (var i = 0; i < Steps.Length; i++)
        {
            var answer = await SendAsync(app, Steps[i], id, i);
            if (answer.Status != Steps[i].Success)
            {
                refusals++;
                Assert.Equal(503, answer.Status);
                Assert.Contains(answer.Code, new[] { "storage_unavailable", "outcome_unknown" });
                proxy.Heal();
                // Only an unknown outcome may have taken effect; a caller looks before it tries again.
                var landed = answer.Code == "outcome_unknown" && await VersionAsync(app, id) == i + 1;
                if (!landed)
                    Assert.Equal(Steps[i].Success, (await SendAsync(app, Steps[i], id, i)).Status);
            }

            // The rule goes on counting: reading back here would be one request more for it to meet.
        }

        proxy.Heal();
        var record = await app.GetAsync($"/api/v1/platforms/{id}");
        Assert.Equal(("Reception hall", Steps.Length), ((string?)record["nameEn"], (int)record["version"]!));
        return refusals;
    }

    private static Task<Answer> SendAsync(TestApp app, Step step, string id, int version)
    {
        var (path, body) = step.Request(id, version);
        return app.SendAsync(step.Method, path, body, ifMatch: version == 0 ? null : $"\"{version}\"", mediaType: step.Method == "PATCH"
            ? "application/merge-patch+json" : "application/json");
    }

    private static async Task<int> VersionAsync(TestApp app, string id)
    {
        var history = await app.SendAsync("GET", $"/api/v1/platforms/{id}/history");
        return history.Status == 404 ? 0 : history.Body!["value"]!.Count();
    }

    private sealed record Step(string Method, int Success, Func<string, int, (string Path, string? Body)> Request);
}
