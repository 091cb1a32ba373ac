using System.Text;
using FriendCity.Access;
using FriendCity.Registry;
using FriendCity.Storage;
using FriendCity.Storage.Tables;
using FriendCity.Tests.Integration.Hosting;
using FriendCity.Tests.Integration.Http;
using FriendCity.Tests.Integration.Imports;
using FriendCity.Tests.Integration.OpenApi;
using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Faults;

/// <summary>The real service, host and worker, is killed at a write of its own and started again: what was asked of it has its effect once.</summary>
[Trait("Set", "long")]
public sealed class ServiceKillTests : IAsyncDisposable
{
    private const int Rows = 400;
    private const int Clients = 50;

    /// <summary>A killed request's lease, and the timer that goes on with operations, take a minute each.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static readonly (string, string)[] Key = [("Idempotency-Key", "once")];

    private readonly FreshAccounts _accounts = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <param name="nth">The transaction of records at which it dies.</param>
    /// <param name="arrives">Whether that one still reaches storage.</param>
    [Theory]
    [InlineData(1, false)]
    [InlineData(4, true)]
    [InlineData(9, false)]
    public async Task An_import_goes_on_and_writes_each_record_once(int nth, bool arrives)
    {
        var (proxy, harmed, direct) = await _accounts.NextAsync();
        await using var end = proxy;
        using var client = NewClient(await KeyAsync(direct));
        await using var first = ProgramUnderTest.Serve(null, ("AzureWebJobsStorage", harmed));
        var address = await first.Address;
        var killed = Killed(proxy, first, "/tags", nth, arrives);
        // Its answer may break off with the service: who has none asks again.
        var begun = client.CallAsync("POST", $"{address}api/v1/imports/tags", ImportResumeTests.File(Rows, []), Key, ImportClient.Csv);
        await (await killed.WaitAsync(Patience, Token));
        await Task.WhenAny(begun);
        await Audit.SettlesAsync(direct);

        await using var second = ProgramUnderTest.Serve(null, ("AzureWebJobsStorage", direct));
        address = await second.Address;
        var since = TimeProvider.System.GetTimestamp();
        var reply = await AgainAsync();
        while (reply.Status == 409 && TimeProvider.System.GetElapsedTime(since) < Patience)
            reply = await AgainAsync();
        var id = (string)reply.Is(202).Json["id"]!;
        await ImportBlobFaultTests.ReleaseAsync(direct, id);
        var operation = await OperationAsync();
        while ((string?)operation["state"] is "queued" or "running" && TimeProvider.System.GetElapsedTime(since) < Patience)
            operation = await OperationAsync();

        Assert.Equal(("succeeded", Rows), ((string?)operation["state"], (int)operation["import"]!["inserted"]!));
        var tags = (await client.CallAsync("GET", $"{address}api/v1/tags?$top=1000", null, [])).Is(200).Json["value"]!.ToList();
        Assert.Equal(Rows, tags.Count);
        Assert.All(tags, tag => Assert.Equal(1, (int)tag["version"]!));
        await Audit.HoldsAsync(direct);

        async Task<Reply> AgainAsync()
        {
            await Task.Delay(200, Token);
            return await client.CallAsync("POST", $"{address}api/v1/imports/tags", ImportResumeTests.File(Rows, []), Key, ImportClient.Csv);
        }

        async Task<JObject> OperationAsync()
        {
            await Task.Delay(200, Token);
            return (await client.CallAsync("GET", $"{address}api/v1/operations/{id}", null, [])).Is(200).Json;
        }
    }

    /// <summary>Each client sends its request again until it is answered, as a partner's program does.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Fifty_clients_with_one_key_have_one_effect(bool arrives)
    {
        var (proxy, harmed, direct) = await _accounts.NextAsync();
        await using var end = proxy;
        var key = await KeyAsync(direct);
        await using var first = ProgramUnderTest.Serve(null, ("AzureWebJobsStorage", harmed));
        var address = await first.Address;
        var killed = Killed(proxy, first, "/platforms", 1, arrives);
        var restarted = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var clients = Enumerable.Range(0, Clients).Select(_ => SendAsync(address, restarted.Task, key)).ToList();
        await (await killed.WaitAsync(Patience, Token));
        await using var second = ProgramUnderTest.Serve(null, ("AzureWebJobsStorage", direct));
        address = await second.Address;
        restarted.SetResult(address);
        var replies = await Task.WhenAll(clients).WaitAsync(Patience, Token);
        Assert.All(replies, reply => Assert.Equal(replies[0].Text, reply.Text));
        Assert.All(replies, reply => Assert.True(reply.IsLater, "It was answered before the kill, which tests nothing."));
        using var client = NewClient(key);
        var stored = (await client.CallAsync("GET", $"{address}api/v1/platforms", null, [])).Is(200).Json["value"]!;
        Assert.Equal(1, (int)Assert.Single(stored)["version"]!);
        await Audit.HoldsAsync(direct);
    }

    public ValueTask DisposeAsync() => _accounts.DisposeAsync();

    /// <summary>Kills a service at its nth transaction of such records; the inner task is the kill.</summary>
    private static Task<Task> Killed(FaultProxy proxy, ProgramUnderTest service, string table, int nth, bool arrives)
    {
        var (killed, writes) = (new TaskCompletionSource<Task>(TaskCreationOptions.RunContinuationsAsynchronously), 0);
        if (!arrives)
            proxy.On(IsWrite, new Fault.Reset(), nth: nth, times: int.MaxValue);
        proxy.OnRequest = request =>
        {
            if (IsWrite(request) && Interlocked.Increment(ref writes) == nth)
                killed.SetResult(service.KillAsync());
        };
        return killed.Task;

        bool IsWrite(ProxiedRequest request) => request.Path.Contains("$batch", StringComparison.Ordinal)
            && Encoding.UTF8.GetString(request.Body).Contains(table, StringComparison.Ordinal);
    }

    private static async Task<(string Text, bool IsLater)> SendAsync(Uri address, Task<Uri> restarted, string key)
    {
        using var client = NewClient(key);
        for (var isLater = false; ;)
            try
            {
                var reply = await client.CallAsync("POST", $"{address}api/v1/platforms", """{"nameEn":"Hall","nameZh":"会客厅"}""", Key);
                if (reply.Status == 201)
                    return (reply.Text, isLater);
                reply.IsProblem(409, "idempotency_in_flight");
                await Task.Delay(200, Token);
            }
            catch (HttpRequestException) when (!isLater)
            {
                (address, isLater) = (await restarted, true);
            }
    }

    /// <summary>Its answers are held against the document.</summary>
    private static HttpClient NewClient(string key) =>
        new(new ContractHandler(() => Contract.Of(RegistryTypes.All), new SocketsHttpHandler()))
        {
            DefaultRequestHeaders = { { "X-Api-Key", key } },
            Timeout = Patience,
        };

    private static async Task<string> KeyAsync(string connection)
    {
        var tables = new AzureTableStorage(StorageAccount.Parse(connection), new StorageClock(TimeProvider.System), TimeProvider.System,
            StorageOptions.Default);
        using var keys = new AccessKeys(tables, TimeProvider.System);
        return (await keys.AddAsync("tests", (Scopes)15, null, Token)).Text;
    }
}
