using FriendCity.Dashboard;
using FriendCity.Tests.Support;
using Microsoft.Extensions.Configuration;

namespace FriendCity.Tests.Browser.Dashboard;

/// <summary>A person without a key learns whom to ask, by the setting KeyContact.</summary>
public sealed class ContactTests(ChromiumBrowser browser)
{
    [Theory]
    [InlineData("en", "No key? Ask")]
    [InlineData("zh-CN", "没有密钥，请联系：")]
    public async Task Who_has_no_key_or_a_wrong_one_learns_whom_to_ask(string language, string words)
    {
        await using var site = await DashboardSite.StartAsync(contact: "<b>Information</b> office; keys@example.cn; +86 (532) 12345");
        await using var visit = await DashboardVisit.OpenAsync(browser, site, $"?lang={language}");
        Assert.Equal($"{words} <b>Information</b> office keys@example.cn +86 (532) 12345", await visit.TextOfAsync(".contact"));
        Assert.Equal(["mailto:keys@example.cn", "tel:+8653212345"],
            await visit.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('.contact a')].map(link => link.getAttribute('href'))"));

        await visit.SignInAsync("wrong");
        await visit.Page.Locator("#key-message").WaitForAsync();
        Assert.True(await visit.Page.Locator(".contact").IsVisibleAsync());
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Where_nobody_is_named_nothing_is_made_up()
    {
        await using var site = await DashboardSite.StartAsync();
        await using var visit = await DashboardVisit.OpenAsync(browser, site);
        Assert.Equal(0, await visit.Page.Locator(".contact").CountAsync());
    }

    [Theory]
    [InlineData("Office; a@b.cn; 0532-1", "Office", "a@b.cn", "0532-1")]
    [InlineData("Office;;", "Office", "", "")]
    [InlineData("; a@b.cn ;", "", "a@b.cn", "")]
    [InlineData("", "", "", "")]
    public void The_setting_has_three_parts_of_which_some_may_be_empty(string text, string office, string mail, string telephone) =>
        Assert.Equal(new KeyContact(office, mail, telephone), Settings(text).KeyContact());

    [Theory]
    [InlineData("Office")]
    [InlineData("Office; a@b.cn")]
    [InlineData("; ;")]
    [InlineData("Office; not a mail; 1")]
    [InlineData("Office; a@; 1")]
    [InlineData("Office; a@b.cn; call me")]
    public void Another_form_is_refused_by_name_when_the_service_starts(string text) =>
        Assert.Contains("KeyContact", Assert.Throws<StartUpException>(() => Settings(text).KeyContact()).Message, StringComparison.Ordinal);

    private static IConfiguration Settings(string text) => new ConfigurationBuilder().AddInMemoryCollection([new("KeyContact", text)]).Build();
}
