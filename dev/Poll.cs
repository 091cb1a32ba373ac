using System.Diagnostics;

namespace FriendCity.Dev;

internal static class Poll
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>False when the condition did not come true in time.</summary>
    public static async Task<bool> UntilAsync(TimeSpan limit, Func<Task<bool>> condition, CancellationToken stop)
    {
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            if (clock.Elapsed > limit) return false;
            await Task.Delay(Pause, stop);
        }
        return true;
    }
}
