using FriendCity.Tests.Support;
using Microsoft.Extensions.Configuration;

namespace FriendCity.Tests.Unit.Hosting;

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

    [Theory]
    [InlineData(null, 1, 2)]
    [InlineData("", 1, 2)]
    [InlineData("1,2", 1, 2)]
    [InlineData("2, 1", 1, 2)]
    [InlineData("2", 2)]
    [InlineData("1", 1)]
    public void Snapshots_are_published_under_the_contracts_as_set(string? text, params int[] majors) =>
        Assert.Equal(majors, Given(text, "SnapshotMajors").SnapshotOptions().Majors);

    [Theory]
    [InlineData("3")]
    [InlineData("1,3")]
    [InlineData("2,2")]
    [InlineData("v2")]
    [InlineData("1;2")]
    [InlineData(",")]
    public void A_contract_that_is_none_is_refused(string text) => Assert.Contains("'SnapshotMajors' is one or more of 1, 2",
        Assert.Throws<StartUpException>(() => Given(text, "SnapshotMajors").SnapshotOptions()).Message, StringComparison.Ordinal);

    [Fact]
    public void An_office_that_has_set_nothing_sees_today_and_the_whole_world_against_last_year()
    {
        var views = Given(null, "Views").Views();
        Assert.Equal("now", Assert.Single(views.Names));
        Assert.Equal(("now", "world"), (views.Standard.Name, views.Now.ScopeId));
        Assert.Equal((new DateOnly(2026, 11, 29), new DateOnly(2025, 11, 29)),
            (views.Now.AsOfOn(new(2026, 11, 29)), views.Now.BaselineOf(new(2026, 11, 29))));
    }

    [Fact]
    public void The_sample_s_views_are_what_its_settings_say()
    {
        var settings = Sample.Settings.Select(each => KeyValuePair.Create(each.Key, (string?)each.Value));
        var views = new ConfigurationBuilder().AddInMemoryCollection(settings).Build().Views();
        var (article, summit) = (views.Find("article")!, new DateOnly(2018, 6, 9));
        Assert.Equal(["article", "now"], views.Names);
        Assert.Same(article, views.Standard);
        Assert.Equal((new DateOnly(2024, 3, 25), "SCO17_ARTICLE", "ARTICLE", summit),
            (article.AsOf, article.ScopeId, string.Join(',', article.Scenarios), article.Baseline));
        Assert.Equal((null, "SCO_LIVE", "ARTICLE,PUBLIC_UPDATE,OFFICE", summit),
            (views.Now.AsOf, views.Now.ScopeId, string.Join(',', views.Now.Scenarios), views.Now.Baseline));
    }

    [Theory]
    [InlineData("now", "has no scope")]
    [InlineData("now?scope=", "'Views' is NAME?")]
    [InlineData("now?scope=members&asOf=2024-03-25", "takes no asOf")]
    [InlineData("now?scope=members;now?scope=family", "twice")]
    [InlineData("old one?scope=members", "'Views' is NAME?")]
    [InlineData("old?scope=members&colour=red", "'Views' is NAME?")]
    [InlineData("old?scope=members&scope=family", "'Views' is NAME?")]
    [InlineData("old?scope=members&asOf=2024-02-30", "'asOf'")]
    [InlineData("old?scope=members&baseline=1066-01-01", "'baseline'")]
    [InlineData("old?scope=members&scenarios=ARTICLE,RUMOUR", "'RUMOUR'")]
    public void A_view_that_cannot_be_understood_is_refused_with_its_place(string text, string words) =>
        Assert.Contains(words, Assert.Throws<StartUpException>(() => Given(text, "Views").Views()).Message, StringComparison.Ordinal);

    [Fact]
    public void A_default_view_that_the_office_does_not_have_is_refused_by_name() =>
        Assert.Equal("The setting 'DefaultView' is one of now, not 'artcle'.",
            Assert.Throws<StartUpException>(() => Given("artcle", "DefaultView").Views()).Message);

    private static IConfigurationRoot Given(string? text, string setting = "PollsPerSecond") =>
        new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(setting, text)]).Build();
}
