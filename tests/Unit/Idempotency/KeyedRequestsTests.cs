using System.Text;
using FriendCity.Access;
using FriendCity.Http;
using FriendCity.Http.Errors;
using FriendCity.Idempotency;
using FriendCity.Storage;
using FriendCity.Storage.Tables;
using FriendCity.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace FriendCity.Tests.Unit.Idempotency;

/// <summary>Who carries out a request with a key, and when its answer is repeated; over tables in memory and a clock that moves when told.</summary>
public sealed class KeyedRequestsTests
{
    private static readonly IResult Done = Results.Ok();

    private readonly FakeClock _clock = new(new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly FakeTables _tables;
    private readonly List<Attempt> _tries = [];
    private readonly List<string> _replayed = [];

    public KeyedRequestsTests() => _tables = new FakeTables(_clock);

    [Fact]
    public async Task A_success_is_answered_from_what_it_left_for_a_day_and_then_is_another_request()
    {
        await RunAsync(Request());
        _clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(2));
        var again = Request();
        await RunAsync(again);
        Assert.Equal((1, "what is left", "true"), (_tries.Count, Assert.Single(_replayed),
            again.HttpContext.Response.Headers[IdempotencyKey.Replayed].ToString()));
        _clock.Advance(TimeSpan.FromSeconds(2));
        await RunAsync(Request());
        Assert.Equal([false, false], _tries.Select(each => each.Again));
        Assert.NotEqual(_tries[0].OperationId, _tries[1].OperationId);
    }

    [Fact]
    public async Task A_failure_runs_again_and_is_told_that_an_earlier_try_may_have_taken_effect()
    {
        await RunAsync(Request(), _ => Task.FromResult(new Answered(Done, null)));
        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(Request(), _ => throw new InvalidOperationException()));
        await RunAsync(Request());
        Assert.Equal([false, true, true], _tries.Select(each => each.Again));
        Assert.Single(_tries.Select(each => each.OperationId).Distinct());
        await RunAsync(Request());
        Assert.Equal(3, _tries.Count);
    }

    /// <summary>Two instances' storage times lie up to a second apart, as storage's answers have whole seconds.</summary>
    [Fact]
    public async Task A_failure_runs_again_at_once_also_where_storage_time_lies_a_second_behind()
    {
        await RunAsync(Request(), _ => Task.FromResult(new Answered(Done, null)));
        var behind = new FakeTables(_clock, _tables.Data) { Skew = TimeSpan.FromSeconds(-1) };
        await RunAsync(Request(), on: behind);
        Assert.Equal([false, true], _tries.Select(each => each.Again));
    }

    [Fact]
    public async Task What_is_being_carried_out_is_refused_until_its_lease_ends_and_then_taken_over()
    {
        var gate = new TaskCompletionSource<Answered>();
        var first = RunAsync(Request(), _ => gate.Task);
        _clock.Advance(TimeSpan.FromSeconds(29));
        var refused = (await Refusal.OfAsync(() => RunAsync(Request())))!;
        Assert.Equal((Problems.IdempotencyInFlight, 1), (refused.Code, refused.RetryAfter));
        _clock.Advance(TimeSpan.FromSeconds(2));
        await RunAsync(Request());
        Assert.Equal([false, true], _tries.Select(each => each.Again));
        // The one that was thought dead comes back: what the second has noted stays.
        gate.SetResult(new(Done, "of the first"));
        await first;
        await RunAsync(Request());
        Assert.Equal(["what is left"], _replayed);
    }

    [Fact]
    public async Task Another_body_or_condition_under_the_same_key_is_refused()
    {
        await RunAsync(Request());
        await RunAsync(Request(headers: ("Prefer", "handling=strict")));
        foreach (var other in new[]
        {
            Request(body: "{ }"), Request(headers: ("If-Match", "\"1\"")), Request(headers: ("If-None-Match", "*")),
            Request(headers: ("Content-Type", "application/merge-patch+json")), Request(headers: ("Prefer", "return=minimal")),
        })
            Assert.Equal(Problems.IdempotencyKeyReused, (await Refusal.OfAsync(() => RunAsync(other)))!.Code);
        Assert.Single(_tries);
    }

    [Fact]
    public async Task Another_caller_address_method_or_key_is_another_request()
    {
        await RunAsync(Request());
        foreach (var other in new[]
        {
            Request(holder: "other"), Request(path: "/api/v1/cities"), Request(method: "PUT"), Request(query: "?allowDuplicate=true"), Request(key: "K"),
        })
            await RunAsync(other);
        Assert.Equal(6, _tries.Select(each => each.OperationId).Distinct().Count());
        Assert.Empty(_replayed);
        // The key of access is no part of the question, and the same text in quotes is the same key.
        foreach (var same in new[] { Request(query: "?code=fc_x"), Request(path: "/api/v1/tags/"), Request(key: "\"k\"") })
            await RunAsync(same);
        Assert.Equal(3, _replayed.Count);
    }

    [Fact]
    public async Task Where_the_end_cannot_be_noted_the_answer_is_given_and_the_next_try_is_told()
    {
        var submits = 0;
        _tables.Before = call => call.Verb == TableCall.Submit && ++submits == 2 ? throw new StorageException("silent") : Task.CompletedTask;
        Assert.Same(Done, await RunAsync(Request()));
        Assert.Equal(Problems.IdempotencyInFlight, (await Refusal.OfAsync(() => RunAsync(Request())))!.Code);
        _clock.Advance(TimeSpan.FromSeconds(31));
        await RunAsync(Request(), _ => Task.FromResult(new Answered(Done, "found", IsEarlier: true)));
        Assert.True(_tries[^1].Again);
    }

    [Fact]
    public async Task A_row_that_a_hand_has_changed_is_not_taken_for_a_new_request_and_goes_with_the_old_ones()
    {
        await RunAsync(Request());
        var row = Assert.Single(Rows());
        await _tables.SubmitAsync(RequestRow.Table, [TableOperation.Upsert(row with { Columns = new Dictionary<string, object>(), ETag = null })], default);
        await Assert.ThrowsAsync<UnreadableRowException>(() => RunAsync(Request()));
        Assert.Equal(1, await Requests(_tables).PurgeAsync(default));
    }

    [Fact]
    public async Task What_is_older_than_a_day_is_purged()
    {
        for (var n = 0; n < 300; n++)
            await RunAsync(Request(key: $"old-{n}"));
        _clock.Advance(TimeSpan.FromHours(12));
        await RunAsync(Request(key: "young"));
        Assert.Equal(0, await Requests(_tables).PurgeAsync(default));
        _clock.Advance(TimeSpan.FromHours(12.5));
        Assert.Equal(300, await Requests(_tables).PurgeAsync(default));
        Assert.Single(Rows());
    }

    [Theory]
    [InlineData("a", "a")]
    [InlineData("\"a\"", "a")]
    [InlineData("\"a\\\"b\\\\\"", "a\"b\\")]
    [InlineData("a\"b", "a\"b")]
    [InlineData("", null)]
    [InlineData("\"\"", null)]
    [InlineData("a b", null)]
    [InlineData("\"a", null)]
    [InlineData("\"a\"b", null)]
    [InlineData("\"a\\", null)]
    [InlineData("\"a\\b\"", null)]
    [InlineData("鍵", null)]
    public void A_key_is_visible_text_perhaps_in_quotes(string header, string? key)
    {
        var request = Request(key: header);
        string? read = null;
        var refused = Refusal.Of(() => read = IdempotencyKey.Of(request));
        Assert.Equal((key, key is null ? Problems.BadParameter : null), (read, refused?.Code));
        if (refused is not null)
            Assert.StartsWith("Idempotency-Key:", refused.Detail!.En, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_has_at_most_255_characters_and_is_named_once()
    {
        Assert.Equal(255, IdempotencyKey.Of(Request(key: new string('k', 255)))!.Length);
        Assert.Equal(255, IdempotencyKey.Of(Request(key: $"\"{new string('k', 255)}\""))!.Length);
        Assert.Equal(Problems.BadParameter, Refusal.Of(() => IdempotencyKey.Of(Request(key: new string('k', 256))))!.Code);
        var twice = Request();
        twice.Headers.Append(IdempotencyKey.Header, "k");
        Assert.Equal(Problems.BadParameter, Refusal.Of(() => IdempotencyKey.Of(twice))!.Code);
        twice.Headers.Remove(IdempotencyKey.Header);
        Assert.Null(IdempotencyKey.Of(twice));
    }

    private Task<IResult> RunAsync(HttpRequest request, Func<Attempt, Task<Answered>>? run = null, FakeTables? on = null) =>
        Requests(on ?? _tables).RunAsync(request, IdempotencyKey.Of(request)!, attempt =>
        {
            _tries.Add(attempt);
            return run?.Invoke(attempt) ?? Task.FromResult(new Answered(Done, "what is left"));
        }, kept =>
        {
            _replayed.Add(kept);
            return Task.FromResult(Done);
        }, default);

    private static KeyedRequests Requests(FakeTables tables) =>
        new(tables, tables.Clock, IdempotencyOptions.Default, NullLogger<KeyedRequests>.Instance);

    private IReadOnlyList<TableRow> Rows() => _tables.Data.Page(RequestRow.Table, TableRange.All, null, 1000);

    private static HttpRequest Request(string key = "k", string holder = "port", string method = "POST", string path = "/api/v1/tags",
        string query = "", string body = "{}", params (string Name, string Value)[] headers)
    {
        var http = new DefaultHttpContext();
        http.Features.Set(new Caller($"key:1 ({holder})", Scopes.Write) { Holder = holder });
        (http.Request.Method, http.Request.Path, http.Request.QueryString) = (method, path, new QueryString(query));
        http.Request.Headers[IdempotencyKey.Header] = key;
        foreach (var (name, value) in headers)
            http.Request.Headers[name] = value;
        BodyDigest.Note(http.Request, Encoding.UTF8.GetBytes(body));
        return http.Request;
    }
}
