using System.Globalization;
using FriendCity.Records.Schemas;

namespace FriendCity.Tests.Unit.Records;

public sealed class DateKindTests
{
    [Theory, InlineData(null), InlineData(""), InlineData("2024-2-01"), InlineData("2024-02-30"), InlineData("2023-02-29"), InlineData("0000-01-01"),
        InlineData("2024-00-01"), InlineData("2024-13-01"),
     InlineData("2024-01-00"), InlineData("2024-01-1a"), InlineData("2024/01/01"), InlineData("2024-01-01 "), InlineData(" 2024-01-01"),
     InlineData("20240101"), InlineData("2024-01-01T00:00"), InlineData("٢٠٢٤-٠١-٠١"), InlineData("+024-01-01")]
    public void What_is_no_day_of_the_calendar_is_refused(string? text) => Assert.False(DateFieldType.TryParse(text, out _));

    [Fact]
    public void Days_are_read_and_written_as_the_library_does_by_the_pattern()
    {
        var kind = new DateFieldType();
        for (var day = 0; day <= DateOnly.MaxValue.DayNumber; day += 61)
        {
            var date = DateOnly.FromDayNumber(day);
            var text = date.ToString(DateFieldType.Pattern, CultureInfo.InvariantCulture);
            Assert.True(DateFieldType.TryParse(text, out var read));
            Assert.Equal((date, text), (read, kind.Format(date)));
        }
    }

    [Fact]
    public void Spoilt_days_are_judged_as_the_library_judges_them()
    {
        var random = new Random(7);
        const string Signs = "0123456789-/ T";
        for (var i = 0; i < 20_000; i++)
        {
            var text = DateOnly.FromDayNumber(random.Next(DateOnly.MaxValue.DayNumber)).ToString(DateFieldType.Pattern, CultureInfo.InvariantCulture)
                .ToCharArray();
            text[random.Next(text.Length)] = Signs[random.Next(Signs.Length)];
            Assert.Equal(
                (DateOnly.TryParseExact(text, DateFieldType.Pattern, CultureInfo.InvariantCulture, DateTimeStyles.None, out var expected), expected),
                (DateFieldType.TryParse(text, out var read), read));
        }
    }
}
