using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using NCrontab;

namespace FriendCity.Hosting;

/// <summary>
/// A schedule in the dialect of the Functions host: six fields beginning with seconds, or five, or a time span as a period. The
/// day of month and the day of week must both match, unlike in cron.
/// </summary>
internal sealed class TimerSchedule
{
    // The rarest date is a 29 February on a given day of the week: at most 40 years apart, across a century that skips one.
    private const int SearchYears = 41;

    private static readonly CrontabSchedule.ParseOptions WithSeconds = new() { IncludingSeconds = true };

    private readonly CrontabSchedule? _crontab;
    private readonly TimeSpan _period;

    private TimerSchedule(CrontabSchedule? crontab, TimeSpan period) => (_crontab, _period) = (crontab, period);

    public static TimerSchedule? TryParse(string text)
    {
        var fields = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
        var crontab = fields == 5 ? CrontabSchedule.TryParse(text) : CrontabSchedule.TryParse(text, WithSeconds);
        if (crontab is not null)
            return new TimerSchedule(crontab, default);
        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var period) && period > TimeSpan.Zero
            ? new TimerSchedule(null, period)
            : null;
    }

    public static bool IsSetting(string text, [NotNullWhen(true)] out string? name)
    {
        name = text.Length > 2 && text[0] == '%' && text.IndexOf('%', 1) == text.Length - 1 ? text[1..^1] : null;
        return name is not null;
    }

    /// <summary>The first due instant after <paramref name="instant"/> (UTC), or null if there is none, as on 31 February.</summary>
    public DateTime? Next(DateTime instant)
    {
        if (_crontab is null)
            return _period < DateTime.MaxValue - instant ? instant + _period : null;

        // When nothing matches before the end, the library answers the end itself.
        var end = instant.AddYears(SearchYears);
        var next = _crontab.GetNextOccurrence(instant, end);
        return next < end ? DateTime.SpecifyKind(next, DateTimeKind.Utc) : null;
    }

    /// <summary>The last due instant up to <paramref name="now"/>, given one of them.</summary>
    public DateTime Latest(DateTime due, DateTime now)
    {
        if (_crontab is null)
            return due + (_period * Math.Floor((now - due) / _period));

        // What follows an instant is past exactly when the instant lies before the one sought. Years of seconds may lie between, so
        // the search halves; due instants are at least a second apart.
        var (before, behind) = (due.AddSeconds(-1), now);
        while (behind - before > TimeSpan.FromSeconds(1))
        {
            var middle = before + ((behind - before) / 2);
            if (Next(middle) <= now)
                before = middle;
            else
                behind = middle;
        }

        return Next(before) is { } latest && latest <= now ? latest : due;
    }
}
