using System.Text;
using FriendCity.Operations;
using FriendCity.Storage;
using FriendCity.Tests.Faults;
using FriendCity.Tests.Integration.Http;
using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Integration.Imports;

/// <summary>A cancelled import stops where it is, says how far it came, and is finished by sending the file again.</summary>
public sealed class ImportCancelTests : IAsyncDisposable
{
    private readonly FreshAccounts _accounts = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <param name="fresh">New records in the file.</param>
    /// <param name="changed">Stored records that it changes.</param>
    /// <param name="nth">The write at which it is cancelled: this one, and what is under way beside it, is held until the answer is there.</param>
    [Theory]
    [InlineData(400, 0, 5)]
    [InlineData(0, 40, 7)]
    public async Task In_the_middle_of_writing(int fresh, int changed, int nth)
    {
        var (proxy, harmed, direct) = await _accounts.NextAsync();
        await using var end = proxy;
        await using var app = await TestApp.OpenAsync(harmed);
        var known = Enumerable.Range(0, changed).Select(n => $"K{n}").ToList();
        foreach (var id in known)
            await app.CreateAsync("tags", new JObject { ["id"] = id, ["kind"] = "theme", ["nameEn"] = "T", ["nameZh"] = "题" });
        var file = ImportResumeTests.File(fresh, known);
        var (reached, writes) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), 0);
        using var release = new ManualResetEventSlim();
        proxy.OnRequest = request =>
        {
            if (!IsWrite(request) || Interlocked.Increment(ref writes) < nth)
                return;
            reached.TrySetResult();
            release.Wait(TimeSpan.FromMinutes(1));
        };
        var begun = (await app.CallAsync("POST", "/api/v1/imports/tags?mode=upsert", file, null, ImportClient.Csv)).Is(202);
        var address = new Uri(begun.Headers["Location"]).AbsolutePath;
        await reached.Task.WaitAsync(TimeSpan.FromMinutes(1), Token);
        Assert.True((bool)(await app.CallAsync("DELETE", address)).Is(200).Json["cancelRequested"]!);
        release.Set();
        await app.Services.GetRequiredService<OperationRunner>().IdleAsync();

        var operation = await app.GetAsync(address);
        var written = (await app.GetAsync("/api/v1/tags?$top=1000"))["value"]!.Count(tag => (string?)tag["nameZh"] is "新" or "改");
        Assert.Equal("cancelled", (string?)operation["state"]);
        Assert.InRange(written, 1, fresh + changed - 1);
        Assert.Equal((written, fresh + changed), ((int)operation["done"]!, (int)operation["total"]!));
        Assert.Equal(fresh > 0 ? (written, 0) : (0, written), ((int?)operation["import"]?["inserted"] ?? -1, (int?)operation["import"]?["updated"] ?? -1));
        await Audit.HoldsAsync(direct);

        proxy.OnRequest = null;
        var again = (await app.ImportAsync("tags", file, query: "?mode=upsert")).Succeeded();
        Assert.Equal(fresh > 0 ? $"{fresh - written} 0 {written} 0 0 0" : $"0 {changed - written} {written} 0 0 0", again.Counts);
        var tags = (await app.GetAsync("/api/v1/tags?$top=1000"))["value"]!.ToList();
        Assert.Equal(fresh + changed, tags.Count);
        Assert.All(tags, tag => Assert.Equal(changed > 0 ? 2 : 1, (int)tag["version"]!));
        await Audit.HoldsAsync(direct);
    }

    /// <summary>The process that wrote is gone: another counts what is stored, and writes no more.</summary>
    [Fact]
    public async Task After_a_kill()
    {
        var (proxy, harmed, direct) = await _accounts.NextAsync();
        await using var end = proxy;
        await using var app = await TestApp.OpenAsync(harmed, replace: builder =>
            builder.Services.AddSingleton(StorageOptions.Default with { Retries = 0, SilenceTimeout = StorageOptions.Default.RequestTimeout }));
        var runner = app.Services.GetRequiredService<OperationRunner>();
        proxy.On(IsWrite, new Fault.Reset(), nth: 4, times: int.MaxValue);
        var begun = (await app.CallAsync("POST", "/api/v1/imports/tags", ImportResumeTests.File(400, []), null, ImportClient.Csv)).Is(202);
        await runner.IdleAsync();
        proxy.Heal();
        var address = new Uri(begun.Headers["Location"]).AbsolutePath;
        Assert.Equal("running", (string?)(await app.GetAsync(address))["state"]);
        (await app.CallAsync("DELETE", address)).Is(200);
        await runner.ResumeAsync(Token);
        var operation = await app.GetAsync(address);
        var written = (int)(await app.GetAsync("/api/v1/tags?$count=true&$top=1"))["count"]!;
        Assert.InRange(written, 1, 399);
        Assert.Equal(("cancelled", written, written), ((string?)operation["state"], (int)operation["done"]!, (int?)operation["import"]?["inserted"] ?? -1));
        await Audit.HoldsAsync(direct);
    }

    /// <summary>The transaction of records: that of the operation goes to the same address.</summary>
    private static bool IsWrite(ProxiedRequest request) =>
        request.Path.Contains("$batch", StringComparison.Ordinal) && Encoding.UTF8.GetString(request.Body).Contains("/tags", StringComparison.Ordinal);

    public ValueTask DisposeAsync() => _accounts.DisposeAsync();
}
