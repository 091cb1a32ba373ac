using FriendCity.Access;
using FriendCity.Storage;
using FriendCity.Storage.Tables;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Unit.Access;

/// <summary>How long a key works that was revoked or is not known yet, on a clock that moves when told.</summary>
public sealed class RevokedKeyTests : IDisposable
{
    private readonly FakeClock _clock = new(new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero));
    private readonly FakeTables _tables;
    private readonly AccessKeys _keys;
    private readonly AccessKeys _elsewhere;

    public RevokedKeyTests()
    {
        _tables = new FakeTables(_clock);
        (_keys, _elsewhere) = (new AccessKeys(_tables, _clock), new AccessKeys(new FakeTables(_clock, _tables.Data), _clock));
    }

    public void Dispose()
    {
        _keys.Dispose();
        _elsewhere.Dispose();
    }

    [Fact]
    public async Task A_revoked_key_works_for_eight_seconds_at_most()
    {
        var key = await _keys.AddAsync("left", Scopes.Read, null, default);
        Assert.Equal(new Caller($"key:{key.Id} (left)", Scopes.Read) { Holder = "left" }, await FindAsync(key));
        await _elsewhere.RevokeAsync(key.Id, "admin", default);
        // Until then no storage is asked: that is what the seconds are for.
        var calls = _tables.Calls;
        _clock.Advance(TimeSpan.FromSeconds(8));
        Assert.NotNull(await FindAsync(key));
        Assert.Equal(calls, _tables.Calls);
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Null(await FindAsync(key));
    }

    [Fact]
    public async Task A_key_made_elsewhere_is_looked_for_once_a_second_and_no_more()
    {
        Assert.NotNull(await FindAsync(await _keys.AddAsync("here", Scopes.Read, null, default)));
        var key = await _elsewhere.AddAsync("new", Scopes.Write, null, default);
        var calls = _tables.Calls;
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await FindAsync(key));
        Assert.Equal(calls, _tables.Calls);
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(Scopes.Write, (await FindAsync(key))!.Scopes);
    }

    [Fact]
    public async Task While_storage_is_silent_a_known_key_stays_good_for_a_quarter_of_an_hour()
    {
        var known = await _keys.AddAsync("known", Scopes.Read, null, default);
        Assert.NotNull(await FindAsync(known));
        _tables.Before = _ => throw new StorageException("down");
        _clock.Advance(TimeSpan.FromMinutes(15) - TimeSpan.FromTicks(1));
        Assert.NotNull(await FindAsync(known));
        // Of a key it does not know it cannot say that it is none.
        await Assert.ThrowsAsync<StorageException>(() => FindAsync(AccessKey.New()));
        _clock.Advance(TimeSpan.FromTicks(1));
        await Assert.ThrowsAsync<StorageException>(() => FindAsync(known));
    }

    [Fact]
    public async Task Storage_that_takes_too_long_is_silent_and_a_caller_who_leaves_is_not_answered()
    {
        var known = await _keys.AddAsync("known", Scopes.Read, null, default);
        Assert.NotNull(await FindAsync(known));
        _tables.Before = _ => throw new OperationCanceledException();
        _clock.Advance(TimeSpan.FromSeconds(31));
        Assert.NotNull(await FindAsync(known));
        await Assert.ThrowsAsync<StorageException>(() => FindAsync(AccessKey.New()));
        // For five seconds storage is not waited for again.
        var calls = _tables.Calls;
        _clock.Advance(TimeSpan.FromSeconds(5) - TimeSpan.FromTicks(1));
        Assert.NotNull(await FindAsync(known));
        Assert.Equal(calls, _tables.Calls);
        _clock.Advance(TimeSpan.FromTicks(1));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _keys.FindAsync(known, new CancellationToken(canceled: true)));
    }

    /// <summary>A reading serves those who asked before it began, and nobody who may have been given a key since.</summary>
    [Fact]
    public async Task Of_many_who_ask_at_once_each_waits_for_a_reading_that_began_after_and_no_more_are_made()
    {
        await _elsewhere.AddAsync("any", Scopes.Read, null, default);
        var (calls, gate) = (_tables.Calls, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        _tables.Before = _ => gate.Task;
        List<Task<Caller?>> asked = [.. Enumerable.Range(0, 5).Select(_ => FindAsync(AccessKey.New()))];
        _clock.Advance(TimeSpan.FromTicks(1));
        gate.SetResult();
        Assert.All(await Task.WhenAll(asked), Assert.Null);
        Assert.Equal(2, _tables.Calls - calls);
    }

    [Fact]
    public async Task A_key_ends_at_its_instant_and_another_secret_is_never_it()
    {
        var key = await _keys.AddAsync("guest", Scopes.Read, _clock.GetUtcNow().AddSeconds(10), default);
        Assert.NotNull(await FindAsync(key));
        var forged = key.Text[..^1] + (key.Text[^1] == '0' ? '1' : '0');
        Assert.True(AccessKey.TryParse(forged, out var other));
        Assert.Null(await FindAsync(other));
        _clock.Advance(TimeSpan.FromSeconds(10) - TimeSpan.FromTicks(1));
        Assert.NotNull(await FindAsync(key));
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Null(await FindAsync(key));
    }

    public static TheoryData<string, object?> Spoilt { get; } = new()
    {
        { "Hash", null },
        { "Hash", "00" },
        { "Hash", "no hash" },
        { "Scopes", null },
        { "Scopes", 16L },
        { "Scopes", -1L },
        { "Name", null },
        { "Expires", "2026-01-01" },
        { "RevokedAt", "2026-01-01" },
    };

    /// <summary>A row that cannot be read is no key; the others are keys all the same.</summary>
    [Theory]
    [MemberData(nameof(Spoilt))]
    public async Task A_spoilt_row_lets_nobody_in_and_keeps_nobody_out(string column, object? value)
    {
        var spoilt = await _elsewhere.AddAsync("spoilt", Scopes.Read, null, default);
        var good = await _elsewhere.AddAsync("good", (Scopes)15, null, default);
        var row = _tables.Data.Get("access", "keys", spoilt.Id)!;
        var columns = row.Columns.Where(each => each.Key != column).ToDictionary();
        if (value is not null)
            columns[column] = value;
        _tables.Data.Submit("access", [TableOperation.Upsert(row with { Columns = columns })]);
        Assert.Null(await FindAsync(spoilt));
        Assert.Equal(new Caller($"key:{good.Id} (good)", (Scopes)15) { Holder = "good" }, await FindAsync(good));
    }

    private Task<Caller?> FindAsync(AccessKey key) => _keys.FindAsync(key, TestContext.Current.CancellationToken);
}
