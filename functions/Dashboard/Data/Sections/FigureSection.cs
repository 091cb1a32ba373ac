using FriendCity.Kpis.Definitions;
using FriendCity.Kpis.Model;
using FriendCity.Records;
using FriendCity.Reports;

namespace FriendCity.Dashboard.Data.Sections;

/// <summary>
/// The figures of the panels, as <c>/api/v1/kpis</c> gives them but for the hash of their rows; those of the headline on the baseline and a year
/// ago, too; their definitions; and what may be said of them today.
/// </summary>
internal static class FigureSection
{
    private static readonly string[] Shown =
    [
        "K01", "K02", "K03", "K04", "K05", "K06", "K07", "K08", "K09", "K10", "K11", "K12", "K13", "K15", "K16", "K18", "K19", "K20", "K21", "K22",
        "K23", "K24", "K25", "K26", "K27", "K28", "K29", "K33", "K39", "K40", "K41", "K43", "K44", .. KpiCatalogue.Panels.Select(kpi => kpi.Id),
    ];

    private static readonly string[] Headline = ["K03", "K04", "K05", "K06", "K07", "K15"];

    public static void Write(SectionWriter writer)
    {
        var context = writer.Context;
        writer.List("figures", Figures(context, Shown), each => Figure(writer, each));
        writer.List("compared", new[] { ("baseline", context.Baseline), ("lastYear", context.AsOf.PlusYears(-1)) }, each =>
        {
            writer.Json.WriteString("kind", each.Item1);
            writer.Day("day", each.Item2);
            writer.List("figures", Figures(context.On(each.Item2), Headline), figure => Figure(writer, figure));
        });
        writer.List("definitions", Shown.Append("K32").Select(KpiCatalogue.Find).OfType<Kpi>(), kpi =>
        {
            writer.Json.WriteString("kpi", kpi.Id);
            writer.Text("name", kpi.Name);
            writer.Text("formula", kpi.Formula);
            writer.Json.WriteNumber("version", kpi.Version);
        });
        writer.List("sentences", BriefingText.Opening(context), sentence =>
        {
            writer.Text("text", sentence.Text);
            writer.Json.WriteNumber("illustrative", sentence.Illustrative);
        });
    }

    private static IEnumerable<KpiValue> Figures(KpiContext context, IEnumerable<string> ids) =>
        ids.SelectMany(id => KpiCatalogue.Find(id)!.Values(context));

    private static void Figure(SectionWriter writer, KpiValue value)
    {
        var figure = value.Figure;
        writer.Json.WriteString("kpi", value.Kpi.Id);
        if (SentenceTemplate.Part(figure) is { Length: > 0 } part)
            writer.Json.WriteString("part", part);
        writer.Number("value", figure.Value);
        writer.Json.WriteString("unit", value.Unit);
        if (figure.Denominator is not null || figure.Numerator is not null)
        {
            writer.Number("numerator", figure.Numerator);
            writer.Number("denominator", figure.Denominator);
        }

        if (figure.Items is { } items)
            writer.Texts("items", items);
        writer.Json.WriteNumber("rows", figure.EvidenceRows.Count);
        writer.Json.WriteNumber("illustrative", figure.EvidenceRows.Count(row => row.Source == Provenance.Illustrative));
        if (figure.Reason is { } reason)
            writer.Text("reason", reason);
    }
}
