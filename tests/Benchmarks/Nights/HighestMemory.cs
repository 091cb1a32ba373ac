using System.Globalization;

namespace FriendCity.Benchmarks.Nights;

/// <summary>The highest of this process above what there was, looked at all the time.</summary>
internal sealed class HighestMemory : IDisposable
{
    private const double MiBs = 1024 * 1024;

    private readonly Func<double> _now;
    private readonly double _before;
    private readonly Timer _timer;
    private double _most;

    private HighestMemory(Func<double> now)
    {
        GC.Collect();
        (_now, _before) = (now, now());
        _timer = new Timer(_ => _most = Math.Max(_most, _now()), null, 0, 20);
    }

    public double MiB => _most - _before;

    /// <summary>All that the process takes.</summary>
    public static HighestMemory Resident() => new(() =>
    {
        var line = File.ReadLines("/proc/self/status").First(each => each.StartsWith("VmRSS:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    });

    /// <summary>What is on the heap, with what nobody needs any more and was not collected yet.</summary>
    public static HighestMemory Managed() => new(() => GC.GetTotalMemory(forceFullCollection: false) / MiBs);

    public void Dispose() => _timer.Dispose();
}
