using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using FriendCity.Snapshots;
using FriendCity.Snapshots.Contracts;
using FriendCity.Snapshots.Publishing;
using FriendCity.Storage;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Faults;

/// <summary>I4 over HTTP: a stranger follows the pointer and reads every file in parts, while storage fails those who publish.</summary>
public sealed class SnapshotFollowTests : IAsyncDisposable
{
    private static readonly string[] Faults = [nameof(Fault.Answer), nameof(Fault.Reset), nameof(Fault.DropAnswer), nameof(Fault.HalfBody)];

    private readonly FreshAccounts _accounts = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Set", "slow")]
    public Task Who_follows_the_pointer_over_HTTP_sees_whole_snapshots() => RunAsync(nights: 8, seed: 1);

    [Theory, InlineData(2), InlineData(3), InlineData(4)]
    [Trait("Set", "long")]
    public Task Who_follows_the_pointer_for_a_month_sees_whole_snapshots(int seed) => RunAsync(nights: 30, seed);

    public ValueTask DisposeAsync() => _accounts.DisposeAsync();

    private async Task RunAsync(int nights, int seed)
    {
        var (proxy, harmed, direct) = await _accounts.NextAsync();
        await using var ends = proxy;
        await using var app = await TestApp.OpenAsync(direct, sample: true, TestApp.Hasty);
        var day = new DateOnly(2026, 10, 1);
        await app.PublishAsync(day);
        using var stop = new CancellationTokenSource();
        var reader = FollowAsync(app, new Random(seed), stop.Token);

        var (random, published, failed) = (new Random(seed), 1, 0);
        for (var night = 1; night <= nights && !reader.IsFaulted; night++)
        {
            using var process = SnapshotTestApp.Open(harmed, StorageOptions.Default with { Retries = 0 },
                options: SnapshotOptions.Default with { Settle = TimeSpan.Zero });
            // One night it is a file that is not stored, or that nobody knows to be; one night a check, the manifest, the swap, a copy; one
            // night all goes well.
            if (night % 3 == 0)
                proxy.On(FaultCases.Of(Faults[random.Next(Faults.Length)]), "PUT", "/snapshots/snapshots/",
                    random.Next(1, SnapshotMajors.Files.Count));
            else if (night % 3 == 1)
                proxy.On(FaultCases.Of(Faults[random.Next(Faults.Length)]), nth: random.Next(40, 200));
            try
            {
                if (await process.Run.RunAsync(new SnapshotJob(day.AddDays(night), Provisional: false, Once: false),
                    Token) is SnapshotOutcome.Published)
                    published++;
            }
            catch (StorageException)
            {
                failed++;
            }

            proxy.Heal();
            await process.BreakRunAsync();
        }

        await stop.CancelAsync();
        var seen = await reader;
        Assert.True(published > 2 && failed > 0, $"{published} published, {failed} failed.");
        Assert.InRange(seen.Distinct().Count(), 2, published + failed);
        // An older snapshot never comes after a newer one.
        Assert.Equal(seen.Order(StringComparer.Ordinal), seen);
    }

    private static async Task<List<string>> FollowAsync(TestApp app, Random random, CancellationToken stop)
    {
        var seen = new List<string>();
        while (!stop.IsCancellationRequested)
            seen.Add(await FollowAsync(app, random));
        return seen;
    }

    /// <summary>Pointer, manifest, every file; answers the one id that all of them bear.</summary>
    private static async Task<string> FollowAsync(TestApp app, Random random)
    {
        var current = JsonSerializer.Deserialize<JsonElement>(await WholeAsync(app, "current.json"));
        var id = current.GetProperty("snapshotId").GetString()!;
        var bytes = await WholeAsync(app, current.GetProperty("manifest").GetString()!);
        Assert.Equal(current.GetProperty("sha256").GetString(), SnapshotStore.Hash(bytes));
        Assert.Equal(id, JsonSerializer.Deserialize<JsonElement>(bytes).GetProperty("id").GetString());
        var files = SnapshotManifest.FilesOf(bytes).ToDictionary(file => $"snapshots/{id}/{file.Name}");
        Assert.Equal(SnapshotMajors.Files.Count, files.Count);
        foreach (var tables in new[] { current, current.GetProperty("majors").GetProperty("2") })
            Assert.All(tables.GetProperty("tables").EnumerateObject(), table => Assert.Contains(table.Value.GetString()!, files.Keys));
        foreach (var (path, file) in files)
        {
            var length = file.Bytes;
            var cut = random.NextInt64(1, length);
            var (first, tag) = await PartAsync(app, path, new RangeHeaderValue(0, cut - 1));
            var (rest, other) = await PartAsync(app, path, new RangeHeaderValue(cut, null));
            Assert.Equal((tag, length), (other, first.Length + rest.Length));
            Assert.Equal(file.Sha256, Convert.ToHexStringLower(SHA256.HashData([.. first, .. rest])));
        }

        return id;
    }

    private static Task<byte[]> WholeAsync(TestApp app, string path) => app.Client.GetByteArrayAsync(Address(path), Token);

    private static async Task<(byte[] Bytes, string? Tag)> PartAsync(TestApp app, string path, RangeHeaderValue range)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Address(path)) { Headers = { Range = range } };
        using var answer = await app.Client.SendAsync(request, Token);
        Assert.Equal((path, HttpStatusCode.PartialContent), (path, answer.StatusCode));
        return (await answer.Content.ReadAsByteArrayAsync(Token), answer.Headers.ETag?.Tag);
    }

    private static Uri Address(string path) => new($"/powerbi/data/{path}", UriKind.Relative);
}
