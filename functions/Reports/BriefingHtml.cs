using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using FriendCity.Http;
using FriendCity.Messages;

namespace FriendCity.Reports;

/// <summary>The briefing as a page to read and print. Nothing in it runs, and nothing is loaded from elsewhere.</summary>
internal static class BriefingHtml
{
    private const string Style = """
        body{font-family:"Noto Sans CJK SC","Microsoft YaHei","PingFang SC",system-ui,sans-serif;
          max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1c2430;line-height:1.65}
        h1{font-size:1.6rem;margin:0 0 .2rem}h2{font-size:1.15rem;margin:2rem 0 .4rem;border-bottom:2px solid #1f5fa8;padding-bottom:.2rem}
        .basis,.note{color:#596575;font-size:.85rem}.note{margin:.1rem 0 0}
        .warning{background:#fff4e0;border-left:4px solid #b35900;padding:.5rem .8rem;margin:1rem 0}
        p.s{margin:.9rem 0 0}
        table{border-collapse:collapse;width:100%;font-size:.9rem}th,td{text-align:left;padding:.2rem .6rem .2rem 0;border-bottom:1px solid #d5dae0}
        dl{font-size:.85rem;color:#3a4452}dt{font-weight:600;margin-top:.4rem}dd{margin:0 0 0 1rem}
        @media print{body{margin:0;max-width:none}h2{break-after:avoid}p.s,tr{break-inside:avoid}}
        """;

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>Only this style, by its hash.</summary>
    public static string Policy { get; } =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style.ReplaceLineEndings("\n"))))}'; "
            + $"base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static string Write(Briefing briefing, Language language)
    {
        string Safe(string text) => Encoder.Encode(text);
        var page = new StringBuilder();
        var title = Safe(briefing.Title.In(language));
        page.Append("<!doctype html>\n<html lang=\"").Append(Languages.Tag(language))
            .Append("\">\n<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>").Append(title)
            .Append("</title>\n<style>").Append(Style.ReplaceLineEndings("\n")).Append("</style></head>\n<body>\n<h1>").Append(title)
                .Append("</h1>\n<p class=\"basis\">").Append(Safe(briefing.Basis.In(language))).Append("</p>\n");
        if (briefing.Warning is { } warning)
            page.Append("<p class=\"warning\">").Append(Safe(warning.In(language))).Append("</p>\n");
        foreach (var section in briefing.Sections)
        {
            page.Append("<h2>").Append(Safe(section.Title.In(language))).Append("</h2>\n");
            foreach (var sentence in section.Sentences)
                page.Append("<p class=\"s\" id=\"").Append(Safe(sentence.Id)).Append("\">").Append(Safe(sentence.Text.In(language))).Append("</p>\n");
        }

        var cities = CityTable.Of(briefing, language);
        page.Append("<h2>").Append(Safe(Briefing.CitiesTitle.In(language))).Append("</h2>\n<table>\n<thead><tr>");
        foreach (var head in cities.Heads)
            page.Append("<th scope=\"col\">").Append(Safe(head)).Append("</th>");
        page.Append("</tr></thead>\n<tbody>\n");
        foreach (var row in cities.Rows)
            page.Append("<tr>").AppendJoin("", row.Select(cell => $"<td>{Safe(cell)}</td>")).Append("</tr>\n");
        page.Append("</tbody></table>\n");
        if (cities.Note is { } asterisk)
            page.Append("<p class=\"note\">").Append(Safe(asterisk)).Append("</p>\n");
        page.Append("<h2>").Append(Safe(Briefing.NotesTitle.In(language))).Append("</h2>\n<dl>\n");
        foreach (var (place, note) in briefing.Notes(language))
            page.Append("<dt>").Append(Safe(place)).Append("</dt><dd>").Append(Safe(note)).Append("</dd>\n");
        foreach (var (name, formula) in briefing.Definitions.Select(each => Briefing.Definition(each, language)))
            page.Append("<dt>").Append(Safe(name)).Append("</dt><dd>").Append(Safe(formula)).Append("</dd>\n");
        return page.Append("</dl>\n</body>\n</html>\n").ToString();
    }
}
