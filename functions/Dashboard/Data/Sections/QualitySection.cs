using FriendCity.Registry;

namespace FriendCity.Dashboard.Data.Sections;

/// <summary>What sources disagree on, and the newest value of each published series with its area and year.</summary>
internal static class QualitySection
{
    public static void Write(SectionWriter writer)
    {
        var context = writer.Context;
        writer.List("conflicts", context.Of(SourceConflict.Type).Where(conflict => conflict.State == SourceConflict.Open), conflict =>
        {
            writer.Json.WriteString("id", conflict.Id);
            writer.Json.WriteString("type", conflict.RecordType);
            writer.Json.WriteString("recordId", conflict.RecordId);
            writer.Json.WriteString("field", conflict.Field);
            writer.List("versions", conflict.Versions, version =>
            {
                writer.Text("text", version.MeaningEn ?? version.Value, version.MeaningZh ?? version.Value);
                writer.Json.WriteBoolean("used", version.Used == true);
            });
        });
        var newest = context.Of(ReportedFigure.Type).Where(figure => figure.Date <= context.AsOf)
            .Select(figure => (Figure: figure, Series: PublishedSeries.Find(figure.Indicator))).Where(each => each.Series is not null)
            .GroupBy(each => each.Series!).Select(series => series.MaxBy(each => each.Figure.Date));
        writer.List("published", newest.OrderBy(each => each.Series!.Indicator, StringComparer.Ordinal), each =>
        {
            writer.Json.WriteString("id", each.Figure.Id);
            writer.Json.WriteString("indicator", each.Series!.Indicator);
            writer.Text("name", each.Series.Name);
            writer.Text("area", each.Series.Area);
            writer.Json.WriteNumber("year", each.Figure.Date!.Value.Year);
            writer.Number("value", (double?)each.Figure.Value);
            writer.Json.WriteString("unit", each.Figure.Unit);
            writer.Json.WriteString("source", each.Figure.SourceRef);
        });
    }
}
