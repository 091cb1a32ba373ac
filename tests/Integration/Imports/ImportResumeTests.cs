using System.Globalization;
using FriendCity.Operations;
using FriendCity.Tests.Faults;
using FriendCity.Tests.Integration.Http;
using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Integration.Imports;

/// <summary>An import that is broken off at any request of tables, all that it knew forgotten, goes on and writes each row once.</summary>
public sealed class ImportResumeTests : IAsyncDisposable
{
    private const int New = 150;
    private const int Changed = 12;

    private readonly FreshAccounts _accounts = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(nameof(Fault.Reset))]
    [InlineData(nameof(Fault.DropAnswer))]
    public async Task An_import_broken_off_anywhere_goes_on_to_exactly_once(string fault)
    {
        var requests = await RunAsync(int.MaxValue, FaultCases.Of(fault));
        foreach (var part in new[] { 0.2, 0.45, 0.6, 0.8, 0.95 })
            await RunAsync((int)(part * requests), FaultCases.Of(fault));
    }

    public ValueTask DisposeAsync() => _accounts.DisposeAsync();

    /// <param name="nth">Which of the import's requests to storage meets the fault, and all after it.</param>
    /// <returns>How many requests it made.</returns>
    private async Task<int> RunAsync(int nth, Fault fault)
    {
        var (proxy, harmed, direct) = await _accounts.NextAsync();
        await using var end = proxy;
        await using var app = await TestApp.OpenAsync(harmed, replace: builder =>
            builder.Services.AddSingleton(FriendCity.Storage.StorageOptions.Default with { Retries = 0 }));
        var known = Enumerable.Range(0, Changed).Select(n => $"K{n}").ToList();
        foreach (var id in known)
            await app.CreateAsync("tags", new JObject { ["id"] = id, ["kind"] = "theme", ["nameEn"] = "T", ["nameZh"] = "题" });
        var runner = app.Services.GetRequiredService<OperationRunner>();
        var before = proxy.Requests.Count;
        var begun = (await app.CallAsync("POST", "/api/v1/imports/tags?mode=upsert", File(New, known), null, ImportClient.Csv)).Is(202);
        // Tables alone: the lease on the operation is given back, as it runs out after a kill.
        if (nth != int.MaxValue)
            proxy.On(request => !request.Path.Contains("friendcity-", StringComparison.Ordinal) && proxy.Requests.Count - before >= nth, fault,
                times: int.MaxValue);
        await runner.IdleAsync();
        proxy.Heal();
        var requests = proxy.Requests.Count - before;
        var address = new Uri(begun.Headers["Location"]).AbsolutePath;
        for (var tries = 0; tries < 10 && (string?)(await app.GetAsync(address))["state"] is "queued" or "running"; tries++)
            await runner.ResumeAsync(Token);

        var operation = await app.GetAsync(address);
        Assert.Equal(("succeeded", New, Changed), ((string?)operation["state"], (int?)operation["import"]?["inserted"], (int?)operation["import"]?["updated"]));
        var tags = (await app.GetAsync("/api/v1/tags?$top=1000"))["value"]!.ToDictionary(tag => (string)tag["id"]!, tag => (int)tag["version"]!);
        Assert.Equal(New + Changed, tags.Count);
        Assert.All(tags, tag => Assert.Equal((tag.Key, tag.Key[0] == 'K' ? 2 : 1), (tag.Key, tag.Value)));
        await Audit.HoldsAsync(direct);
        return requests;
    }

    internal static string File(int fresh, IEnumerable<string> known) => string.Concat(
        ["id,kind,nameEn,nameZh\r\n", .. known.Select(id => $"{id},goal,Changed,改\r\n"),
            .. Enumerable.Range(0, fresh).Select(n => string.Create(CultureInfo.InvariantCulture, $"N{n},goal,New,新\r\n"))]);
}
