using System.Globalization;
using System.Net;
using FriendCity.Storage;
using FriendCity.Storage.Blobs;
using FriendCity.Storage.Tables;
using FriendCity.Tests.Contracts;

namespace FriendCity.Tests.Unit.Storage;

/// <summary>Every way to ask storage, against every answer and every Retry-After; over a transport without a network.</summary>
public sealed class StorageRetryTableTests
{
    private static readonly int[] Passing = [408, 429, 500, 502, 503, 504];

    private static readonly int[] Final = [400, 404, 409, 412];

    private static readonly string[] Ways = ["ensure", "get", "query", "submit", "blob"];

    private static readonly StorageAccount Account = StorageAccount.Parse("UseDevelopmentStorage=true");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, int> All => Pairs(Passing.Concat(Final));

    public static TheoryData<string, int> OnlyFinal => Pairs(Final);

    public static TheoryData<string, int> OnlyPassing => Pairs(Passing);

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_passing_fault_has_four_tries_whatever_is_asked_and_a_final_one_has_one(string way, int status)
    {
        // Garbage leaves the waits to us: 5, 10 and 20 ms.
        foreach (var retryAfter in new[] { null, "soon", "", "-2", "0", "Thu, 01 Jan 2015 00:00:00 GMT", "25 March" })
        {
            using var wire = Answering(status, retryAfter);
            await AskAsync(way, wire);
            Assert.True((Passing.Contains(status) ? 4 : 1) == wire.Requests.Count, $"{wire.Requests.Count} tries after Retry-After: {retryAfter}");
        }
    }

    [Theory]
    [MemberData(nameof(OnlyFinal))]
    public async Task A_final_answer_is_not_asked_again_though_it_names_a_wait(string way, int status)
    {
        foreach (var retryAfter in new[] { "2", InFive(), "3600" })
        {
            using var wire = Answering(status, retryAfter);
            var start = TimeProvider.System.GetTimestamp();
            await AskAsync(way, wire);
            Assert.Single(wire.Requests);
            Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(2));
        }
    }

    [Theory]
    [MemberData(nameof(OnlyPassing))]
    public async Task A_wait_beyond_the_longest_ends_the_request_at_its_first_answer(string way, int status)
    {
        foreach (var retryAfter in new[] { "11", "2147483647", TimeProvider.System.GetUtcNow().AddHours(1)
            .ToString("r", CultureInfo.InvariantCulture) })
        {
            using var wire = Answering(status, retryAfter);
            Assert.IsType<StorageException>(await AskAsync(way, wire));
            Assert.Single(wire.Requests);
        }
    }

    [Theory]
    [MemberData(nameof(OnlyPassing))]
    public async Task A_wait_that_is_asked_for_is_kept_within_the_bound_of_the_whole_request(string way, int status)
    {
        // Both are longer than all tries together may take: had the wait been cut short, there would be a second try.
        foreach (var retryAfter in new[] { "2", InFive() })
        {
            using var wire = Answering(status, retryAfter);
            var fault = await AskAsync(way, wire, StorageClients.Quick with { RequestTimeout = TimeSpan.FromMilliseconds(100) });
            Assert.IsType<StorageException>(fault);
            Assert.Single(wire.Requests);
        }
    }

    private static string InFive() => TimeProvider.System.GetUtcNow().AddSeconds(5).ToString("r", CultureInfo.InvariantCulture);

    private static TheoryData<string, int> Pairs(IEnumerable<int> statuses) =>
        [.. from way in Ways from status in statuses select new TheoryDataRow<string, int>(way, status)];

    private static StubHandler Answering(int status, string? retryAfter) => new((_, _) =>
    {
        var answer = new HttpResponseMessage((HttpStatusCode)status) { Content = new ByteArrayContent([]) };
        if (retryAfter is not null)
            answer.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        return Task.FromResult(answer);
    });

    private static async Task<Exception?> AskAsync(string way, StubHandler wire, StorageOptions? options = null)
    {
        var (clock, bounds) = (new StorageClock(TimeProvider.System), (options ?? StorageClients.Quick) with { Transport = wire.Transport });
        var tables = new AzureTableStorage(Account, clock, TimeProvider.System, bounds);
        return await Record.ExceptionAsync(async () =>
        {
            switch (way)
            {
                case "ensure":
                    await tables.EnsureTableAsync("cities", Token);
                    break;
                case "get":
                    await tables.GetAsync("cities", "p", "r", Token);
                    break;
                case "query":
                    await foreach (var _ in tables.QueryAsync("cities", TableRange.All, null, Token))
                    {
                    }

                    break;
                case "submit":
                    await tables.SubmitAsync("cities", [TableOperation.Delete("p", "r", "*")], Token);
                    break;
                default:
                    await new AzureBlobStorage(Account, clock, TimeProvider.System, bounds).EnsureContainerAsync("snapshots", Token);
                    break;
            }
        });
    }
}
