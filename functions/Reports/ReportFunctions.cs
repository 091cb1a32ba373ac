using System.Text;
using FriendCity.Http;
using FriendCity.Http.Errors;
using FriendCity.Kpis.Api;
using FriendCity.Kpis.Model;
using FriendCity.Messages;
using FriendCity.Reports.Word;

namespace FriendCity.Reports;

/// <summary>What the office prints, in a language and a format.</summary>
internal sealed class ReportFunctions(KpiReads reads)
{
    private static readonly string[] Formats = ["json", "md", "html", "docx"];

    [Function("Report")]
    public async Task<IResult> Report([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/reports/{name}")] HttpRequest request,
        string name, CancellationToken cancellationToken)
    {
        if (name != "briefing")
            throw new ProblemException(
                new(Problems.NotFound, new($"There is no report '{name}'; there is 'briefing'.", $"没有报告“{name}”；可用 briefing。")));
        var asked = reads.Read(request, "asOf", Languages.Parameter, "format");
        var language = Languages.Asked(request);
        var format = Parameters.Text(request, "format") ?? Formats[0];
        if (!Formats.Contains(format))
            throw Parameters.Wrong("format", $"one of {string.Join(", ", Formats)}.", $"可选：{string.Join("、", Formats)}。");
        return await reads.AnswerAsync(request, asked, context => Answer(context, asked, language, format), cancellationToken);
    }

    private static IResult Answer(KpiContext context, KpiRequest asked, Language language, string format)
    {
        var briefing = BriefingText.Write(context);
        var tag = Languages.Tag(language);
        return format switch
        {
            "html" => new DocumentResult(Encoding.UTF8.GetBytes(BriefingHtml.Write(briefing, language)), "text/html; charset=utf-8", tag,
                BriefingHtml.Policy),
            "md" => new DocumentResult(Encoding.UTF8.GetBytes(BriefingMarkdown.Write(briefing, language)), "text/markdown; charset=utf-8", tag),
            "docx" => new DocumentResult(BriefingDocx.Write(briefing, language),
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document", tag, fileName: $"briefing-{Words.Day(asked.AsOf)}.docx"),
            _ => new JsonResult(writer => BriefingJson.Write(writer, briefing, asked, language)),
        };
    }
}
