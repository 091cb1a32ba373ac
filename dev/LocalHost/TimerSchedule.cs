using NCrontab;

namespace FriendCity.LocalHost;

/// <summary>When a timer is due: a CRON expression of six fields, seconds first, or of five, in UTC.</summary>
internal sealed class TimerSchedule
{
    private readonly CrontabSchedule _cron;

    private TimerSchedule(CrontabSchedule cron) => _cron = cron;

    /// <param name="text">An expression, or <c>%NAME%</c> for the setting that holds one.</param>
    public static TimerSchedule Parse(string text, LocalHostOptions options)
    {
        if (text.Length > 2 && text[0] == '%' && text[^1] == '%')
            text = options.Setting(text[1..^1]) ?? throw new WorkerException($"The schedule {text} names a setting that is not set.");
        var seconds = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length == 6;
        return CrontabSchedule.TryParse(text, new CrontabSchedule.ParseOptions { IncludingSeconds = seconds }) is { } cron
            ? new TimerSchedule(cron)
            : throw new WorkerException($"The schedule '{text}' is not a CRON expression.");
    }

    public DateTime Next(DateTime after) => DateTime.SpecifyKind(_cron.GetNextOccurrence(after), DateTimeKind.Utc);

    /// <summary>Due more often than each minute: such a timer makes up for nothing, as in Azure.</summary>
    public bool IsFrequent(DateTime now) => Next(Next(now)) - Next(now) < TimeSpan.FromMinutes(1);
}
