using System.Text;
using FriendCity.Http.Middleware;
using FriendCity.Operations;
using FriendCity.Tests.Integration.Access;
using FriendCity.Tests.Integration.Http;
using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Faults;

/// <summary>Storage that takes requests and does not answer them: whoever waits for it is told within five seconds, whatever was asked.</summary>
[Trait("Set", "slow")]
public sealed class SilentStorageTests(Azurite azurite)
{
    private const string Pdf = "%PDF-1.7 a";

    /// <summary>Five seconds, and what a busy machine needs to send and to read; a call's own bound is thirty.</summary>
    private static readonly TimeSpan InTime = TimeSpan.FromSeconds(12);

    private static readonly Fault Silence = new Fault.Delay(TimeSpan.FromHours(1));

    [Fact]
    public async Task Every_route_is_over_in_time_while_storage_is_silent()
    {
        await using var proxy = await azurite.ProxyAsync();
        await using var app = await TestApp.OpenAsync(proxy.ConnectionStringFor(azurite.NewAccount()), sample: true, replace: builder =>
        {
            TestApp.Hasty(builder);
            TestApp.Impatient(builder);
        });
        await app.PublishAsync(new DateOnly(2024, 6, 30));
        Assert.Equal(200, (await app.SendAsync("PUT", "/api/v1/platforms/PL-PCC/attachments/a.pdf", Pdf, "\"1\"", "application/pdf")).Status);
        await app.GetAsync("/api/v1/platforms");
        proxy.On(Silence, times: int.MaxValue);

        // As many at once as the service takes.
        foreach (var some in Asked().Chunk(Admission.Most))
        {
            var begun = TimeProvider.System.GetTimestamp();
            var answers = await Task.WhenAll(some.Select(
                async each => (each.Method, each.Address, each.Waits, Answer: await SendAsync(app, each.Method, each.Address))));
            Assert.InRange(TimeProvider.System.GetElapsedTime(begun), TimeSpan.Zero, InTime);
            Assert.All(answers, each =>
            {
                Assert.True(!each.Waits || each.Answer.Status == 503, $"{each.Method} {each.Address}: {each.Answer.Status} {each.Answer.Text}");
                if (each.Answer.Status == 503 && each.Method != "HEAD")
                    Assert.Matches("storage_unavailable|outcome_unknown", each.Answer.Text);
            });
        }
    }

    [Fact]
    public async Task A_write_whose_commit_is_not_answered_is_unknown_in_time_and_watched_until_it_lands()
    {
        await using var proxy = await azurite.ProxyAsync();
        await using var app = await TestApp.OpenAsync(proxy.ConnectionStringFor(azurite.NewAccount()), replace: TestApp.Impatient);
        foreach (var id in new[] { "put", "patched", "deleted", "filed" })
            Assert.Equal(201, (await app.SendAsync("POST", "/api/v1/platforms", Hall(id))).Status);
        Assert.Equal(204, (await app.SendAsync("DELETE", "/api/v1/platforms/put", ifMatch: "\"1\"")).Status);
        proxy.On(FaultCases.IsCommit, new Fault.Delay(TimeSpan.FromSeconds(8)), times: int.MaxValue);

        var begun = TimeProvider.System.GetTimestamp();
        var answers = await Task.WhenAll(
            app.SendAsync("POST", "/api/v1/platforms", Hall("made")),
            app.SendAsync("POST", "/api/v1/platforms/put/restore", ifMatch: "\"2\""),
            app.SendAsync("PATCH", "/api/v1/platforms/patched", """{"kind":"hall"}""", "\"1\"", "application/merge-patch+json"),
            app.SendAsync("DELETE", "/api/v1/platforms/deleted", ifMatch: "\"1\""),
            app.SendAsync("PUT", "/api/v1/platforms/filed/attachments/a.pdf", Pdf, "\"1\"", "application/pdf"));
        Assert.InRange(TimeProvider.System.GetElapsedTime(begun), TimeSpan.Zero, InTime);
        Assert.All(answers, answer => Assert.Equal((503, "outcome_unknown"), (answer.Status, answer.Code)));

        // The commits land when everybody has been told; what watches them enters them a second time.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        foreach (var id in new[] { "made", "put", "patched", "deleted", "filed" })
            while (proxy.Requests.Count(request => IsPointer(request, id)) < (id is "made" ? 2 : id is "put" ? 4 : 3))
                await Task.Delay(TimeSpan.FromMilliseconds(50), patience.Token);
        foreach (var (id, versions) in new[] { ("made", 1), ("put", 3), ("patched", 2), ("deleted", 2), ("filed", 2) })
            Assert.Equal(versions, (await app.GetAsync($"/api/v1/platforms/{id}/history"))["value"]!.Count());
        Assert.Equal(200, (await app.SendAsync("GET", "/api/v1/platforms/made")).Status);
        Assert.Equal(410, (await app.SendAsync("GET", "/api/v1/platforms/deleted")).Status);
    }

    [Fact]
    public async Task An_import_whose_file_storage_does_not_take_is_over_in_time()
    {
        await using var proxy = await azurite.ProxyAsync();
        await using var app = await TestApp.OpenAsync(proxy.ConnectionStringFor(azurite.NewAccount()), replace: TestApp.Impatient);
        // All else is answered: the file's own request alone is waited for.
        proxy.On(request => request.Verb == "PUT" && request.Path.Contains("friendcity-imports/", StringComparison.Ordinal), Silence, times: int.MaxValue);

        var begun = TimeProvider.System.GetTimestamp();
        var answer = await app.CallAsync("POST", "/api/v1/imports/platforms", "id,nameEn\r\nPL-X,X\r\n", type: "text/csv");
        Assert.InRange(TimeProvider.System.GetElapsedTime(begun), TimeSpan.Zero, InTime);
        answer.IsProblem(503, "storage_unavailable");
        proxy.Heal();
        Assert.Empty(await app.Services.GetRequiredService<OperationStore>().OpenAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Bytes_that_come_one_after_the_other_are_waited_for_and_a_stream_that_stands_still_is_not()
    {
        var clock = new FakeClock(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var (within, gate) = (TimeSpan.FromSeconds(4.5), new SemaphoreSlim(0));
        await using var stream = new FriendCity.Storage.Blobs.AnswerStream(new Trickle(gate), new MemoryStream(),
            new(within, within, clock, default));
        var byteOf = new byte[1];
        for (var i = 0; i < 10; i++)
        {
            var read = stream.ReadAsync(byteOf).AsTask();
            clock.Advance(TimeSpan.FromSeconds(4));
            gate.Release();
            Assert.Equal(1, await read);
            // A reader who takes his time is no silence of storage.
            clock.Advance(TimeSpan.FromMinutes(1));
        }

        var silent = stream.ReadAsync(byteOf).AsTask();
        clock.Advance(TimeSpan.FromSeconds(5));
        await Assert.ThrowsAsync<FriendCity.Storage.StorageException>(() => silent.WaitAsync(InTime));
    }

    private static string Hall(string id) => $$"""{"id":"{{id}}","nameEn":"Hall {{id}}","nameZh":"会客厅{{id}}"}""";

    private static bool IsPointer(ProxiedRequest request, string id)
    {
        var text = Encoding.UTF8.GetString(request.Body);
        return text.Contains("/changes(", StringComparison.Ordinal)
            && (text.Contains($"\\\"{id}\\\":", StringComparison.Ordinal) || text.Contains($"\\u0022{id}\\u0022:", StringComparison.Ordinal));
    }

    /// <summary>All routes with what gets a caller past their own rules, and whether its answer rests on storage.</summary>
    private static readonly string[] NeedsNoRecord =
    [
        "api/v1/kpis/K32/what-if", "api/v1/kpis/catalogue", "api/v1/imports/{type}/template.xlsx",
        // Its writes say it each for itself.
        "api/v1/batch",
    ];

    private static IEnumerable<(string Method, string Address, bool Waits)> Asked()
    {
        foreach (var (method, route, address) in AuthorizationMatrixTests.Addresses)
            yield return (method, address.Replace("?date=2999-01-01", "", StringComparison.Ordinal)
                .Replace("cities/RULED/attachments", "platforms/PL-PCC/attachments", StringComparison.Ordinal)
                .Replace("api/v1/changes", "api/v1/changes?from=2026-11-01T00:00:00Z", StringComparison.Ordinal)
                .Replace("keys/none", "keys/0123456789", StringComparison.Ordinal),
                route.StartsWith("api/v1/", StringComparison.Ordinal) && !NeedsNoRecord.Contains(route));
        yield return ("GET", "/odata/Cities", true);
        yield return ("GET", "/odata/KpiDaily", true);
        yield return ("GET", "/powerbi/data/current.json", true);
        yield return ("GET", "/health/ready", true);
    }

    private const string Batch = """
        {"requests":[{"method":"DELETE","path":"/api/v1/tags/none","headers":{"If-Match":"\"1\""}},{"method":"POST","path":"/api/v1/tags","body":{}}]}
        """;

    private static Task<Reply> SendAsync(TestApp app, string method, string address)
    {
        var (body, type) = method switch
        {
            _ when address.Contains("/attachments/", StringComparison.Ordinal) && method == "PUT" => (Pdf, "application/pdf"),
            "POST" when address.EndsWith("what-if", StringComparison.Ordinal) || address.EndsWith("Ties", StringComparison.Ordinal) =>
                ("{}", "application/json"),
            "POST" when address.StartsWith("/api/v1/imports/", StringComparison.Ordinal) => ("id,nameEn\r\nKZALA,Almaty\r\n", "text/csv"),
            "POST" when address == "/api/v1/batch" => (Batch, "application/json"),
            "POST" when address == "/api/v1/keys" => ("""{"owner":"a","scopes":["read"]}""", "application/json"),
            "POST" when address.StartsWith("/api/v1/", StringComparison.Ordinal) && address.Count(sign => sign == '/') == 3
                && !address.Contains("snapshots", StringComparison.Ordinal) => (Draft(address), "application/json"),
            "PUT" when address.StartsWith("/api/v1/", StringComparison.Ordinal) => (Draft(address), "application/json"),
            "PATCH" => ("{}", "application/merge-patch+json"),
            _ => ((string?)null, "application/json"),
        };
        var conditional = method is "PUT" or "PATCH" or "DELETE" || address.EndsWith("/restore", StringComparison.Ordinal);
        return app.CallAsync(method, address, body, conditional ? "\"1\"" : null, type);
    }

    /// <summary>What the sample holds of that type, or nothing much.</summary>
    private static string Draft(string address)
    {
        var file = Path.Combine(Sample.Folder, $"{address.Split('/')[3]}.json");
        if (!File.Exists(file))
            return "{}";
        var record = (JObject)FriendCity.Serialization.Json.Parse(File.ReadAllText(file))[0]!;
        return FriendCity.Serialization.Json.Text(writer => writer.WriteRawValue(record.ToString(Newtonsoft.Json.Formatting.None)));
    }

    /// <summary>A byte whenever the gate opens.</summary>
    private sealed class Trickle(SemaphoreSlim gate) : MemoryStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await gate.WaitAsync(cancellationToken);
            return 1;
        }
    }
}
