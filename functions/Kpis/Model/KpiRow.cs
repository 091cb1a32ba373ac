using System.Globalization;

namespace FriendCity.Kpis.Model;

/// <summary>A record behind a figure, with its place in the order in which all of a KPI's rows are told: by breakdown, then by record.</summary>
/// <param name="Nth">A record may count several times: which time this is.</param>
internal sealed record KpiRow(Figure Figure, FigureRow Row, int Nth)
{
    public IReadOnlyList<string?> Place { get; } =
        [Figure.Dimension?.Name ?? "", Figure.Dimension?.Value ?? "", Figure.Measure ?? "", Row.Type, Row.Record.Id,
            Nth.ToString("D6", CultureInfo.InvariantCulture)];

    /// <param name="behind">Which of a figure's records.</param>
    public static List<KpiRow> Of(IEnumerable<Figure> figures, Func<Figure, IReadOnlyList<FigureRow>> behind)
    {
        var rows = new List<KpiRow>();
        foreach (var figure in figures)
        {
            var times = new Dictionary<(string, string), int>();
            foreach (var row in behind(figure))
            {
                var nth = times.GetValueOrDefault((row.Type, row.Record.Id));
                times[(row.Type, row.Record.Id)] = nth + 1;
                rows.Add(new KpiRow(figure, row, nth));
            }
        }

        rows.Sort((left, right) => Compare(left.Place, right.Place));
        return rows;
    }

    public static int Compare(IReadOnlyList<string?> left, IReadOnlyList<string?> right)
    {
        for (var i = 0; i < left.Count && i < right.Count; i++)
            if (string.CompareOrdinal(left[i], right[i]) is var order and not 0)
                return order;
        return left.Count - right.Count;
    }
}
