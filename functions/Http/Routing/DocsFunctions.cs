using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using FriendCity.Http.Errors;
using FriendCity.Messages;

namespace FriendCity.Http.Routing;

/// <summary>The page that every problem's <c>type</c> links to.</summary>
internal sealed class DocsFunctions
{
    [Function("Docs")]
    public Task<IResult> Page([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "docs/{page}")] HttpRequest request, string page,
        CancellationToken cancellationToken) =>
        Task.FromResult(page == "problems"
            ? Results.Content(ProblemList(Languages.Of(request)), "text/html; charset=utf-8") : new Problem(Problems.NotFound).ToResult());

    private static string ProblemList(Language language)
    {
        var (title, html) = (language == Language.Chinese ? "错误代码" : "Problem codes", new StringBuilder());
        html.Append(CultureInfo.InvariantCulture,
            $"<!doctype html><html lang=\"{Languages.Tag(language)}\"><meta charset=\"utf-8\"><title>{title}</title><h1>{title}</h1><dl>");
        foreach (var code in Problems.All)
            html.Append(CultureInfo.InvariantCulture,
                $"<dt id=\"{code.Name}\"><code>{code.Name}</code> · "
                    + $"{code.Status}</dt><dd>{HtmlEncoder.Default.Encode(code.Title.In(language))}</dd>");
        return html.Append("</dl></html>").ToString();
    }
}
