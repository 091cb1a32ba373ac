namespace FriendCity.Kpis;

/// <summary>A figure's course: the figures of one breakdown, each with its day, in the order of days.</summary>
internal sealed record KpiCourse(Figure First, IReadOnlyList<(DateOnly Day, Figure Figure)> Points);

/// <summary>One figure on many days, computed on each as if it were asked for that day alone.</summary>
internal static class KpiSeries
{
    public static IReadOnlyList<KpiCourse> Of(Kpi kpi, KpiContext context, IReadOnlyList<DateOnly> days, CancellationToken cancellation)
    {
        var figures = new List<Figure>[days.Count];
        Parallel.For(0, days.Count, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
            // A course tells values; the records behind one are asked for by its day, so they need not be kept.
            figures[i] = [.. kpi.Compute(new KpiContext(context.View, days[i], context.Scope, context.Scenarios, context.Baseline))]);
        var points = from day in Enumerable.Range(0, days.Count) from figure in figures[day] select (Day: days[day], Figure: figure);
        return [.. points.GroupBy(point => point.Figure.Dimension).Select(course => new KpiCourse(course.First().Figure, [.. course]))];
    }
}
