using FriendCity.RecordsApi;
using FriendCity.Storage;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Unit.Http;

/// <summary><c>Prefer: stale-ok</c>: what memory holds, at once, and how old that is.</summary>
public sealed class StaleReadTests : IDisposable
{
    private readonly FakeClock _clock = new(new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero));
    private readonly FakeTables _tables;
    private readonly Instance _instance;
    private readonly Instance _other;
    private readonly RegistryReader _views;

    public StaleReadTests()
    {
        _tables = new FakeTables(_clock);
        _instance = new Instance(_tables, _clock);
        _other = new Instance(new FakeTables(_clock, _tables.Data), _clock);
        _views = new RegistryReader(_instance.Replica, _clock);
    }

    public void Dispose()
    {
        _instance.Dispose();
        _other.Dispose();
    }

    [Fact]
    public async Task A_stale_read_is_answered_from_memory_at_once_and_has_the_next_one_find_what_is_new()
    {
        await LoadedAsync();
        Assert.Equal((null, "0", "stale-ok"), await ReadAsync("stale-ok"));
        Assert.Equal(0, _tables.Calls - _loaded);

        _clock.Advance(TimeSpan.FromSeconds(2));
        var (asked, release) = (Signal(), Signal());
        _tables.After = async _ =>
        {
            asked.TrySetResult();
            await release.Task;
        };
        Assert.Equal((null, "2", "stale-ok"), await ReadAsync("stale-ok"));
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(20));
        // However many ask meanwhile, storage is asked once.
        for (var i = 0; i < 10; i++)
            await ReadAsync("stale-ok");
        release.SetResult();
        _tables.After = null;
        Assert.Equal("new", (await _instance.ReadAsync("a"))!.Text);
        Assert.Equal(("new", "0", "stale-ok"), await ReadAsync("stale-ok"));
    }

    [Theory]
    [InlineData("stale-ok", null, "2")]
    [InlineData("stale-ok; max-age=2", null, "2")]
    [InlineData("stale-ok;max-age=\"60\"", null, "2")]
    [InlineData("stale-ok; max-age=1", "new", null)]
    [InlineData("stale-ok; max-age=0", "new", null)]
    [InlineData("stale-ok; max-age=soon", "new", null)]
    [InlineData("stale-ok; max-age", "new", null)]
    [InlineData("stale-ok; max-age=-1", "new", null)]
    [InlineData("foo; stale-ok", "new", null)]
    public async Task A_stale_read_waits_only_when_memory_is_older_than_it_says(string prefer, string? text, string? age)
    {
        await LoadedAsync();
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal((text, age, age is null ? null : "stale-ok"), await ReadAsync(prefer));
    }

    [Fact]
    public async Task While_storage_is_silent_a_stale_read_waits_for_a_second_and_gets_what_memory_holds_whatever_its_age()
    {
        await LoadedAsync();
        _clock.Advance(TimeSpan.FromSeconds(2));
        var silence = Signal();
        _tables.Before = _ => silence.Task;
        var read = ReadAsync("stale-ok; max-age=1");
        await _clock.UntilWaitingAsync();
        Assert.False(read.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((null, "3", "stale-ok"), await read);
        silence.SetException(new StorageException("Storage is down."));
    }

    private int _loaded;

    private async Task LoadedAsync()
    {
        await _instance.Replica.ReadAsync(CancellationToken.None);
        await _other.WriteAsync("a", "new");
        _loaded = _tables.Calls;
    }

    private async Task<(string? Text, string? Age, string? Applied)> ReadAsync(string prefer)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers["Prefer"] = prefer;
        var registry = await _views.ReadAsync(http.Request, CancellationToken.None);
        var headers = http.Response.Headers;
        return (registry.Of(NoteRecord.Type).Get("a")?.Text, Value(headers.Age), Value(headers["Preference-Applied"]));

        static string? Value(Microsoft.Extensions.Primitives.StringValues header) => header.Count == 0 ? null : header.ToString();
    }

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
