using FriendCity.Messages;
using FriendCity.Records;

namespace FriendCity.Kpis.Model;

/// <summary>A figure on one of many days, without the records behind it: those are asked for by the day.</summary>
/// <param name="Illustrative">How many of the rows rest on illustrative facts.</param>
internal sealed record KpiPoint(DateOnly Day, double? Value, double? Numerator, double? Denominator, int Rows, int Illustrative, Text? Reason)
{
    public static KpiPoint Of(DateOnly day, Figure figure) =>
        new(day, figure.Value, figure.Numerator, figure.Denominator, figure.EvidenceRows.Count,
            figure.Behind.Count(row => row.Source == Provenance.Illustrative), figure.Reason);
}

/// <summary>A figure's course: one breakdown of it, with a point for each day on which it occurs.</summary>
/// <param name="Figure">Which figure: one of them, without rows.</param>
internal sealed record KpiSeriesLine(Figure Figure, IReadOnlyList<KpiPoint> Points);

/// <summary>One KPI on many days, computed on each as if it were asked for that day alone.</summary>
internal static class KpiSeries
{
    public static IReadOnlyList<KpiSeriesLine> Of(Kpi kpi, KpiContext context, IReadOnlyList<DateOnly> days, CancellationToken cancellationToken)
    {
        var points = new List<(Figure Figure, KpiPoint Point)>[days.Count];
        var options = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, days.Count, options, i =>
            points[i] = [.. kpi.Figures(context.On(days[i]))
                .Select(figure => (figure with { Rows = [], Inputs = [], Places = [], Scope = [] }, KpiPoint.Of(days[i], figure)))]);
        return [.. points.SelectMany(day => day).GroupBy(each => (each.Figure.Dimension, each.Figure.Measure))
            .Select(course => new KpiSeriesLine(course.First().Figure, [.. course.Select(each => each.Point)]))];
    }
}
