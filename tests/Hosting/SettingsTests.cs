using Microsoft.Extensions.Configuration;

namespace FriendCity.Tests.Hosting;

/// <summary>Settings that are numbers or days: what is given holds, what is not is the default, and what cannot be is refused by its name.</summary>
public sealed class SettingsTests
{
    [Theory]
    [InlineData(null, 200)]
    [InlineData("", 200)]
    [InlineData("1", 1)]
    [InlineData("10000", 10_000)]
    public void The_polls_of_an_instance_are_bounded_as_set(string? text, int polls) =>
        Assert.Equal(polls, Given(text).ReplicaOptions().PollsPerSecond);

    [Theory]
    [InlineData("0")]
    [InlineData("10001")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("many")]
    public void A_bound_that_is_none_is_refused(string text) =>
        Assert.Contains("'PollsPerSecond'", Assert.Throws<StartUpException>(() => Given(text).ReplicaOptions()).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("2018-06-09", "2018-06-09")]
    public void The_first_snapshot_begins_with_the_months_as_set(string? text, string? day) =>
        Assert.Equal(day is null ? null : DateOnly.Parse(day, null), Given(text, "FiguresFrom").SnapshotOptions().FiguresFrom);

    [Theory]
    [InlineData("2018-06-31")]
    [InlineData("30.06.2018")]
    [InlineData("1018-06-30")]
    public void A_first_day_that_is_none_is_refused(string text) => Assert.Contains("'FiguresFrom'",
        Assert.Throws<StartUpException>(() => Given(text, "FiguresFrom").SnapshotOptions()).Message, StringComparison.Ordinal);

    private static IConfigurationRoot Given(string? text, string setting = "PollsPerSecond") =>
        new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(setting, text)]).Build();
}
