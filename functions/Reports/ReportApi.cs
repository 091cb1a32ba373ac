using System.Text;
using FriendCity.Http;
using FriendCity.Http.Errors;
using FriendCity.Kpis.Api;
using FriendCity.Kpis.Model;
using FriendCity.Messages;

namespace FriendCity.Reports;

/// <summary><c>api/v1/reports/briefing</c>: what the office prints, in a language and a format.</summary>
public sealed class ReportApi
{
    private static readonly string[] Formats = ["json", "md", "html", "docx"];

    private readonly KpiReads _reads;
    private readonly OfficeCalendar _calendar;
    private readonly KpiPreset _standard;
    private readonly ILogger _log;

    internal ReportApi(KpiReads reads, OfficeCalendar calendar, KpiPreset standard, ILogger<ReportApi> log) =>
        (_reads, _calendar, _standard, _log) = (reads, calendar, standard, log);

    internal Task<IResult> Report(HttpRequest request, string name, CancellationToken cancellationToken) =>
        ExceptionMapper.RunAsync(request, _log, async () =>
    {
        if (name != "briefing")
            return new Problem(Problems.NotFound, new($"There is no report '{name}'; there is 'briefing'.", $"没有报告“{name}”;可用 briefing。")).ToResult();
        var (asked, malformed) = KpiRequest.Read(request, _standard, _calendar, "asOf", Languages.Parameter, "format");
        if (asked is null)
            return malformed!.ToResult();
        if (Languages.Read(request, out var language) is { } noLanguage)
            return noLanguage.ToResult();
        var format = Parameters.Text(request, "format") ?? Formats[0];
        if (!Formats.Contains(format))
            return Problems.Parameter("format", $"one of {string.Join(", ", Formats)}.", $"可选:{string.Join("、", Formats)}。").ToResult();
        return await _reads.AnswerAsync(request, asked, context => Answer(context, asked, language, format), cancellationToken);
    });

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
