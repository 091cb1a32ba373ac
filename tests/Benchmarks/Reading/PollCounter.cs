using FriendCity.Benchmarks.Store;

namespace FriendCity.Benchmarks.Reading;

/// <summary>Counts the polls of the change feed on their way to the emulator's tables, and how many were under way at once.</summary>
internal sealed class PollCounter : TablesProxy
{
    private int _count;
    private int _underWay;
    private int _most;

    private PollCounter(Uri target) : base(target)
    {
    }

    public int Count => Volatile.Read(ref _count);

    public int MostAtOnce => Volatile.Read(ref _most);

    public static async Task<PollCounter> StartAsync(Uri tables)
    {
        var counter = new PollCounter(tables);
        await counter.StartAsync();
        return counter;
    }

    public void Reset() => (_count, _most) = (0, 0);

    protected override async Task AnswerAsync(HttpContext context)
    {
        var poll = context.Request.Path.Value!.EndsWith("/changes()", StringComparison.Ordinal);
        if (poll)
            Begin();
        try
        {
            await ForwardAsync(context);
        }
        finally
        {
            if (poll)
                Interlocked.Decrement(ref _underWay);
        }
    }

    private void Begin()
    {
        Interlocked.Increment(ref _count);
        var now = Interlocked.Increment(ref _underWay);
        int most;
        while (now > (most = Volatile.Read(ref _most)) && Interlocked.CompareExchange(ref _most, now, most) != most)
        {
        }
    }
}
