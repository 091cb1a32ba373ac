using FriendCity.Access;
using FriendCity.Access.Keys;
using FriendCity.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace FriendCity.Tests.Unit.Access;

/// <summary>Keys that two people change at the same time, and answers that are lost, on a clock that moves when told.</summary>
public sealed class KeyStoreTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    private readonly FakeClock _clock = new(Start);
    private readonly FakeTables _tables;
    private readonly AccessKeys _keys;
    private readonly AccessKeys _elsewhere;

    public KeyStoreTests()
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
    public async Task A_rotated_key_ends_after_the_overlap_and_the_new_one_lives_as_long_as_the_old_was_to()
    {
        var old = await _keys.AddAsync(new KeyDraft("port", "c", Scopes.Read, Start.AddDays(30)), "me", default);
        _clock.Advance(TimeSpan.FromDays(10));
        var (made, ending) = await _keys.RotateAsync(old.Record.Id, TimeSpan.FromHours(2), "me", default);
        Assert.Equal((Start.AddDays(40), Start.AddDays(10).AddHours(2)), (made!.Record.Expires, ending!.Expires));
        _clock.Advance(TimeSpan.FromHours(2) - TimeSpan.FromTicks(1));
        Assert.NotNull(await FindAsync(old.Key));
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Null(await FindAsync(old.Key));
        Assert.NotNull(await FindAsync(made.Key));
    }

    [Fact]
    public async Task An_overlap_does_not_make_a_key_live_longer()
    {
        var old = await _keys.AddAsync(new KeyDraft("port", null, Scopes.Read, Start.AddHours(1)), null, default);
        var (_, ending) = await _keys.RotateAsync(old.Record.Id, TimeSpan.FromDays(7), null, default);
        Assert.Equal(Start.AddHours(1), ending!.Expires);
    }

    [Fact]
    public async Task A_key_that_is_revoked_while_it_is_rotated_has_no_successor()
    {
        var old = await _keys.AddAsync(new KeyDraft("port", null, Scopes.Read, null), null, default);
        BeforeSubmit(() => _elsewhere.RevokeAsync(old.Record.Id, "other", default));
        Assert.Null((await _keys.RotateAsync(old.Record.Id, TimeSpan.Zero, null, default)).Made);
        Assert.Equal("other", Assert.Single(await _keys.ListAsync(default)).RevokedBy);
    }

    [Fact]
    public async Task A_key_that_is_rotated_while_it_is_revoked_is_revoked()
    {
        var old = await _keys.AddAsync(new KeyDraft("port", null, Scopes.Read, null), null, default);
        BeforeSubmit(() => _elsewhere.RotateAsync(old.Record.Id, TimeSpan.FromDays(7), null, default));
        Assert.Equal(KeyState.Revoked, (await _keys.RevokeAsync(old.Record.Id, "me", default))!.StateAt(Start));
        Assert.Null(await FindAsync(old.Key));
    }

    /// <summary>The first attempt is stored, and what storage says is of the second.</summary>
    [Fact]
    public async Task A_rotation_whose_answer_is_lost_gives_the_key_that_is_stored()
    {
        var old = await _keys.AddAsync(new KeyDraft("port", null, Scopes.Read, null), null, default);
        _tables.Before = call =>
        {
            if (call.Verb == TableCall.Submit)
            {
                _tables.Before = null;
                _tables.Data.Submit(call.Table, call.Operations);
            }

            return Task.CompletedTask;
        };
        var (made, _) = await _keys.RotateAsync(old.Record.Id, TimeSpan.FromDays(7), null, default);
        Assert.NotNull(await FindAsync(made!.Key));
        Assert.Equal(2, (await _keys.ListAsync(default)).Count);
    }

    [Fact]
    public async Task A_use_is_written_down_once_in_ten_minutes_and_never_onto_the_key()
    {
        var usage = new KeyUsage(_clock, NullLogger<KeyUsage>.Instance);
        using var keys = new AccessKeys(_tables, _clock, usage: usage);
        var key = await keys.AddAsync("port", Scopes.Read, null, default);
        var row = _tables.Data.Get(KeyStore.Table, "keys", key.Id)!.ETag;
        foreach (var (advance, at) in new[] { (TimeSpan.Zero, Start), (TimeSpan.FromMinutes(9), Start), (TimeSpan.FromMinutes(1), Start.AddMinutes(10)) })
        {
            _clock.Advance(advance);
            Assert.NotNull(await keys.FindAsync(key, default));
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            while ((await keys.ReadAsync(key.Id, default))!.LastUsedAt != at)
                patience.Token.ThrowIfCancellationRequested();
        }

        Assert.Equal(row, _tables.Data.Get(KeyStore.Table, "keys", key.Id)!.ETag);
    }

    private void BeforeSubmit(Func<Task> act) => _tables.Before = async call =>
    {
        if (call.Verb != TableCall.Submit)
            return;
        _tables.Before = null;
        await act();
    };

    private Task<Caller?> FindAsync(AccessKey key) => _keys.FindAsync(key, TestContext.Current.CancellationToken);
}
