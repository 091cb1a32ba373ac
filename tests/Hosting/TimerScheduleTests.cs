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

    [Theory]
    [InlineData("0 0 0 29 2 *", "2027-03-01T00:00:00Z", "2028-02-29T00:00:00Z")]
    [InlineData("0 0 0 29 2 *", "2096-03-01T00:00:00Z", "2104-02-29T00:00:00Z")]
    [InlineData("0 0 18 * * *", "2028-02-28T18:00:00Z", "2028-02-29T18:00:00Z")]
    [InlineData("0 0 18 * * *", "2026-12-31T18:00:00Z", "2027-01-01T18:00:00Z")]
    [InlineData("59 59 23 31 12 *", "2026-12-31T23:59:58.9Z", "2026-12-31T23:59:59Z")]
    [InlineData("0 30 1 * * *", "2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z")]
    [InlineData("0 30 1 * * *", "2026-10-25T01:30:00Z", "2026-10-26T01:30:00Z")]
    public void Leap_days_year_ends_and_the_nights_of_other_zones_clock_changes_come_once(string schedule, string after, string next) =>
        Assert.Equal(Instant(next), TimerSchedule.TryParse(schedule)!.Next(Instant(after)));

    [Theory]
    [InlineData("0 0 2 * * *", "2026-11-20T02:00:00Z", "2026-11-23T01:59:59Z", "2026-11-22T02:00:00Z")]
    [InlineData("0 0 2 * * *", "2026-11-20T02:00:00Z", "2026-11-23T02:00:00Z", "2026-11-23T02:00:00Z")]
    [InlineData("0 0 2 * * *", "2026-11-20T02:00:00Z", "2026-11-20T02:00:00Z", "2026-11-20T02:00:00Z")]
    [InlineData("* * * * * *", "2016-11-20T02:00:00Z", "2026-11-20T02:00:00.7Z", "2026-11-20T02:00:00Z")]
    [InlineData("0 0 18 * * 1-5", "2026-11-20T18:00:00Z", "2026-11-22T20:00:00Z", "2026-11-20T18:00:00Z")]
    [InlineData("0 0 0 29 2 *", "2024-02-29T00:00:00Z", "2026-11-22T20:00:00Z", "2024-02-29T00:00:00Z")]
    [InlineData("01:30:00", "2026-11-20T00:10:00Z", "2026-11-22T00:20:00Z", "2026-11-22T00:10:00Z")]
    public void Of_many_missed_instants_the_last_is_found(string schedule, string due, string now, string latest) =>
        Assert.Equal(Instant(latest), TimerSchedule.TryParse(schedule)!.Latest(Instant(due), Instant(now)));

    [Fact]
    public void A_period_that_leads_out_of_the_calendar_has_no_next_instant() => Assert.Null(Next("10675199.02:48:05"));

    private static DateTime? Next(string schedule) => TimerSchedule.TryParse(schedule)!.Next(Instant("2026-11-22T12:00:00Z"));

    private static DateTime Instant(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
}
