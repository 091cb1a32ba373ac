using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using FriendCity.Operations;
using FriendCity.Storage;
using FriendCity.Tests.Integration.Http;
using FriendCity.Tests.Integration.Imports;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Faults;

/// <summary>
/// An import over HTTP whose Nth request for a file fails, without the adapter's own retries: it is refused, ends with a code, or goes on, and
/// again finishes it, each record written once.
/// </summary>
public sealed class ImportBlobFaultTests : IAsyncDisposable
{
    private const int Rows = 30;
    private const int Stride = 5;

    private readonly FreshAccounts _accounts = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(nameof(Fault.Answer))]
    [InlineData(nameof(Fault.Reset))]
    [InlineData(nameof(Fault.DropAnswer))]
    public Task Any_of_some(string fault) => FailAsync(FaultCases.Of(fault), Stride);

    [Theory]
    [Trait("Set", "long")]
    [InlineData(nameof(Fault.Answer))]
    [InlineData(nameof(Fault.Reset))]
    [InlineData(nameof(Fault.DropAnswer))]
    [InlineData(nameof(Fault.HalfBody))]
    public Task Any_of_all(string fault) => FailAsync(FaultCases.Of(fault), 1);

    public ValueTask DisposeAsync() => _accounts.DisposeAsync();

    private async Task FailAsync(Fault fault, int stride)
    {
        var (proxy, harmed, direct) = await _accounts.NextAsync();
        await using var end = proxy;
        await using var app = await TestApp.OpenAsync(harmed, replace: builder =>
            builder.Services.AddSingleton(StorageOptions.Default with { Retries = 0, SilenceTimeout = StorageOptions.Default.RequestTimeout }));
        var (n, met) = (1, 0);
        for (; await MeetAsync(proxy, app, direct, fault, n); n += stride)
            met++;
        Assert.True(met * stride > 10, $"An import made {n} requests for files, which is too few to be all.");
        await Audit.HoldsAsync(direct);
    }

    /// <returns>False when the import made fewer requests.</returns>
    private static async Task<bool> MeetAsync(FaultProxy proxy, TestApp app, string direct, Fault fault, int n)
    {
        var runner = app.Services.GetRequiredService<OperationRunner>();
        var file = "id,kind,nameEn,nameZh\r\n" + string.Concat(Enumerable.Range(0, Rows).Select(row => $"B{n}-{row},goal,New,新\r\n"));
        (string, string)[] key = [("Idempotency-Key", $"blob-{n}")];
        var met = 0;
        proxy.On(request => IsFile(request) && Interlocked.Increment(ref met) == n, fault);
        var begun = await BeginAsync();
        await runner.IdleAsync();
        var isMet = met >= n;
        proxy.Heal();
        if (begun.Status != 202)
        {
            begun.IsProblem(503, "storage_unavailable");
            begun = (await BeginAsync()).Is(202);
            await runner.IdleAsync();
        }

        var address = new Uri(begun.Headers["Location"]).AbsolutePath;
        var operation = await app.GetAsync(address);
        for (var tries = 0; tries < 10 && (string?)operation["state"] is "queued" or "running"; tries++)
        {
            await ReleaseAsync(direct, (string)operation["id"]!);
            await runner.ResumeAsync(Token);
            operation = await app.GetAsync(address);
        }

        if ((string?)operation["state"] != "succeeded")
        {
            Assert.Equal("failed", (string?)operation["state"]);
            Assert.NotEmpty((string)operation["error"]!["code"]!);
            (await app.ImportAsync("tags", file, query: "?mode=upsert")).Succeeded();
        }

        var tags = (await app.GetAsync($"/api/v1/tags?$top=1000&$filter=startswith(id,'B{n}-')"))["value"]!.ToList();
        Assert.Equal(Rows, tags.Count);
        Assert.All(tags, tag => Assert.Equal(1, (int)tag["version"]!));
        return isMet;

        Task<Reply> BeginAsync() => app.CallAsync("POST", "/api/v1/imports/tags", file, null, ImportClient.Csv, key);
    }

    private static bool IsFile(ProxiedRequest request) => request.Path.Contains("friendcity-imports", StringComparison.Ordinal)
        || request.Path.Contains("friendcity-operations", StringComparison.Ordinal);

    /// <summary>A lease whose answer was lost runs out within a minute; here at once.</summary>
    internal static async Task ReleaseAsync(string direct, string id)
    {
        var input = OperationStore.Input(id);
        var blob = new BlobClient(direct, input.Container, input.Path);
        try
        {
            await blob.GetBlobLeaseClient().BreakAsync(TimeSpan.Zero, cancellationToken: Token);
        }
        catch (Azure.RequestFailedException)
        {
            // Nobody holds it.
        }
    }
}
