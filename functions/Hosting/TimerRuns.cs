using System.Collections.Concurrent;

namespace FriendCity.Hosting;

/// <summary>When each timer last ran, for as long as this process lives.</summary>
internal sealed class TimerRuns
{
    private readonly ConcurrentDictionary<string, (DateTime Started, DateTime Noted)> _last = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What a function is told when it is called: its run before this one, and the instant this one was due.</summary>
    public ScheduleStatus Status(string function, DateTime due)
    {
        var (started, noted) = _last.GetValueOrDefault(function, (Never, Never));
        return new ScheduleStatus { Last = started, Next = due, LastUpdated = noted };
    }

    public void Ran(string function, DateTime started, DateTime noted) => _last[function] = (started, noted);

    private static DateTime Never => DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc);
}
