using System.Globalization;
using System.Text;
using FriendCity.Http;
using FriendCity.Messages;

namespace FriendCity.PowerBi.Guide;

/// <summary>
/// The page that says how to connect: every way with its addresses, what to choose where Power BI asks, and what to do when it fails.
/// </summary>
internal static class GuidePage
{
    private static readonly Text Title = new("Connect Power BI", "连接 Power BI");
    private static readonly Text Subtitle = new("FriendCity: addresses, sign-in, and what to do when it fails", "FriendCity：地址、登录方式与故障处理");
    private static readonly Text Trouble = new("When it fails", "出错时");
    private static readonly Text AtSignIn = new("Codes of the service", "服务返回的代码");
    private static readonly Text InModel = new("Errors of the model's queries", "模型查询的错误");
    private static readonly Text Help = new(
        "The query Setup Check in the model runs the same steps one by one and says which of them fails.", "模型中的 Setup Check 查询会逐步执行检查，并指出失败的步骤。");

    public static string Write(GuideContext context, Language language)
    {
        string Safe(Text text) => HtmlPage.Encoder.Encode(text.In(language));
        var page = new StringBuilder();
        foreach (var guide in ConnectionGuides.Of(context, language))
            Append(page, guide, Safe);
        page.Append(CultureInfo.InvariantCulture, $"    <section class=\"card\" id=\"errors\"><h2>{Safe(Trouble)}</h2>\n    <p>{Safe(Help)}</p>\n");
        Append(page, AtSignIn, NamedErrors.SignIn, Safe);
        Append(page, InModel, NamedErrors.Model, Safe);
        return HtmlPage.Frame(Title, Subtitle, language, page.Append("    </section>\n").ToString());
    }

    private static void Append(StringBuilder page, ConnectionGuide guide, Func<Text, string> safe)
    {
        page.Append(CultureInfo.InvariantCulture,
            $"    <section class=\"card\" id=\"{guide.Id}\"><h2>{safe(guide.Title)}</h2>\n    <p class=\"when\">{safe(guide.When)}</p>\n");
        if (guide.File is { } file)
            page.Append(CultureInfo.InvariantCulture,
                $"    <p><a class=\"primary\" href=\"{HtmlPage.Encoder.Encode(file.Href)}\" download>{safe(file.Label)}</a></p>\n");
        foreach (var (label, value) in guide.Copy)
            page.Append(CultureInfo.InvariantCulture,
                $"    <div class=\"copy\"><span>{safe(label)}</span><code>{HtmlPage.Encoder.Encode(value)}</code></div>\n");
        page.Append("    <ol>");
        foreach (var step in guide.Steps)
            page.Append(CultureInfo.InvariantCulture, $"<li>{safe(step)}</li>");
        page.Append("</ol>\n    </section>\n");
    }

    private static void Append(StringBuilder page, Text title, IReadOnlyList<NamedError> errors, Func<Text, string> safe)
    {
        page.Append(CultureInfo.InvariantCulture, $"    <h3>{safe(title)}</h3>\n    <dl>\n");
        foreach (var error in errors)
            page.Append(CultureInfo.InvariantCulture,
                $"      <dt id=\"{error.Name}\"><code>{error.Name}</code></dt><dd>{safe(error.Means)} <b>{safe(error.Do)}</b></dd>\n");
        page.Append("    </dl>\n");
    }
}
