namespace FriendCity;

/// <summary>Gives back to the machine what a large piece of work has left behind, before another one takes as much.</summary>
internal static class SpareMemory
{
    /// <summary>It stops every thread, and what a shorter time leaves behind is little.</summary>
    private const long AtMostEach = 15_000;

    private static long _last = -AtMostEach;

    public static void GiveBack()
    {
        var (last, now) = (Interlocked.Read(ref _last), Environment.TickCount64);
        if (now - last >= AtMostEach && Interlocked.CompareExchange(ref _last, now, last) == last)
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}
