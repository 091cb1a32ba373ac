namespace FriendCity.Hosting;

public sealed class TimerInfo
{
    /// <summary>Null when the trigger says <c>UseMonitor = false</c>.</summary>
    public ScheduleStatus? ScheduleStatus { get; set; }

    public bool IsPastDue { get; set; }
}

/// <summary>All three in UTC; <see cref="Last"/> is the first instant of year 1 for a timer that never ran.</summary>
public sealed class ScheduleStatus
{
    public DateTime Last { get; set; }

    public DateTime Next { get; set; }

    public DateTime LastUpdated { get; set; }
}
