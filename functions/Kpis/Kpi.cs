using System.Collections.Frozen;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FriendCity.Records;

namespace FriendCity.Kpis;

/// <summary>A definition: what a KPI is called and how it is computed. Changing the computation raises <paramref name="Version"/>.</summary>
/// <param name="Id">K01 to K45.</param>
/// <param name="Unit">What is counted, such as <c>cities</c>; <c>ratio</c> is a fraction (2.25 = 225 %).</param>
/// <param name="Paragraph">Where the article speaks of it.</param>
internal sealed record Kpi(string Id, Text Name, Text Formula, string Unit, string Paragraph, int Version, Func<KpiContext, IEnumerable<Figure>> Compute)
{
    /// <summary>One value for each combination of dimensions.</summary>
    public IEnumerable<KpiValue> Values(KpiContext context) => Compute(context).Select(figure => new KpiValue(this, figure));
}

/// <summary>A record behind a figure, and the weakest source it rests on.</summary>
internal readonly record struct FigureRow(string Type, Record Record, string Source);

/// <summary>What a computation yields, before it carries its definition. A value that is not known is null and has a reason, never 0.</summary>
internal sealed record Figure(double? Value, IReadOnlyList<FigureRow> Rows)
{
    public (string Name, string Value)? Dimension { get; init; }

    public IReadOnlyList<string>? Items { get; init; }

    public double? Numerator { get; init; }

    public double? Denominator { get; init; }

    public string? Unit { get; init; }

    public Text? Reason { get; init; }

    public static Figure Count(IReadOnlyList<FigureRow> rows) => new(rows.Count, rows);

    /// <summary>A fraction; null with the reason when there is nothing to divide by.</summary>
    public static Figure Ratio(double numerator, double denominator, IReadOnlyList<FigureRow> rows, Text whenZero) => new(denominator == 0 ? null : numerator / denominator, rows)
    {
        Numerator = numerator,
        Denominator = denominator,
        Reason = denominator == 0 ? whenZero : null,
    };

    public Figure By(string dimension, string value) => this with { Dimension = (dimension, value) };
}

/// <summary>A figure with its definition and the trace to its rows.</summary>
internal sealed record KpiValue(Kpi Kpi, Figure Figure)
{
    public string Unit => Figure.Unit ?? Kpi.Unit;

    /// <summary>SHA-256 over <c>type/id@version</c> of the rows in order: the same rows give the same hash.</summary>
    public string RowsHash { get; } = Hash(Figure.Rows);

    /// <summary>How many rows rest on each source.</summary>
    public IReadOnlyDictionary<string, int> Evidence { get; } = Provenance.Sources.ToFrozenDictionary(source => source, source => Figure.Rows.Count(row => row.Source == source));

    private static string Hash(IReadOnlyList<FigureRow> rows)
    {
        var lines = rows.Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.Type}/{row.Record.Id}@{row.Record.Version}\n")).Order(StringComparer.Ordinal);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines))));
    }
}
