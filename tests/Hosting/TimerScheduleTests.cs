using System.Globalization;
using FriendCity.Hosting;

namespace FriendCity.Tests.Hosting;

public sealed class TimerScheduleTests
{
    [Theory]
    [InlineData("0 0 18 * * *", "2026-11-22T18:00:00Z")]
    [InlineData("30 0 0 * * *", "2026-11-23T00:00:30Z")]
    [InlineData("0 18 * * *", "2026-11-22T18:00:00Z")]
    [InlineData("*/10 * * * * *", "2026-11-22T12:00:10Z")]
    [InlineData("00:05:00", "2026-11-22T12:05:00Z")]
    [InlineData("0 0 2 1 * 1", "2027-02-01T02:00:00Z")]
    [InlineData("0 0 0 29 2 0", "2032-02-29T00:00:00Z")]
    public void The_next_instant_is_the_functions_hosts(string schedule, string next) => Assert.Equal(Instant(next), Next(schedule));

    [Theory, InlineData("0 0 2 31 2 *"), InlineData("0 0 0 30 2 1")]
    public void A_schedule_that_never_matches_has_no_next_instant(string schedule) => Assert.Null(Next(schedule));

    [Theory]
    [InlineData("")]
    [InlineData("0 0 25 * * *")]
    [InlineData("0 0 2 * * 7")]
    [InlineData("@daily")]
    [InlineData("0 0 2 ? * *")]
    [InlineData("0 0 2 L * *")]
    [InlineData("00:00:00")]
    [InlineData("-00:05:00")]
    [InlineData("* * *")]
    public void What_the_functions_host_cannot_read_is_no_schedule(string schedule) => Assert.Null(TimerSchedule.TryParse(schedule));

    [Theory]
    [InlineData("%NightlySchedule%", "NightlySchedule")]
    [InlineData("%%", null)]
    [InlineData("%A% %B%", null)]
    [InlineData("0 0 2 * * *", null)]
    public void A_setting_is_one_name_between_two_signs(string text, string? name)
    {
        Assert.Equal(name is not null, TimerSchedule.IsSetting(text, out var found));
        Assert.Equal(name, found);
    }

    private static DateTime? Next(string schedule) => TimerSchedule.TryParse(schedule)!.Next(Instant("2026-11-22T12:00:00Z"));

    private static DateTime Instant(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
}
