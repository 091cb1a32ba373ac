using FriendCity.Records;

namespace FriendCity.Kpis;

/// <summary>A record behind a figure.</summary>
/// <param name="Source">The weakest source that the figure rests on in this record.</param>
/// <param name="Fields">Which of the record's fields counted, as places in it: <c>valueAmount</c>, <c>stages/2/date</c>.</param>
internal readonly record struct FigureRow(string Type, Record Record, string Source, IReadOnlyList<string> Fields)
{
    /// <summary>What the record adds to a figure that is a sum; 1 where records are counted.</summary>
    public double Amount { get; init; } = 1;
}

/// <summary>What a computation yields, before it carries its definition. A value that is not known is null and has a reason, never 0.</summary>
internal sealed record Figure(double? Value, IReadOnlyList<FigureRow> Rows)
{
    /// <summary>What the figure is broken down by, and which part of that it is; null for the whole.</summary>
    public (string Name, string Value)? Dimension { get; init; }

    /// <summary>Which of several things the KPI tells about the same part, such as <c>signed</c> or <c>value</c>; null when it tells one.</summary>
    public string? Measure { get; init; }

    public IReadOnlyList<string>? Items { get; init; }

    public double? Numerator { get; init; }

    public double? Denominator { get; init; }

    public string? Unit { get; init; }

    public Text? Reason { get; init; }

    /// <summary>The version of what the office decided and the computation follows, such as weights; null when there is nothing like it.</summary>
    public long? Version { get; init; }

    public static Figure Count(IReadOnlyList<FigureRow> rows) => new(rows.Count, rows);

    public static Figure Unknown(Text reason) => new(null, []) { Reason = reason };

    /// <summary>A fraction; null with the reason when there is nothing to divide by.</summary>
    public static Figure Ratio(double numerator, double denominator, IReadOnlyList<FigureRow> rows, Text whenZero) => new(denominator == 0 ? null : numerator / denominator, rows)
    {
        Numerator = numerator,
        Denominator = denominator,
        Reason = denominator == 0 ? whenZero : null,
    };

    public Figure By(string dimension, string value) => this with { Dimension = (dimension, value) };

    /// <summary>The same figure as one of several measures, in its own unit where that is not the KPI's.</summary>
    public Figure As(string measure, string? unit = null) => this with { Measure = measure, Unit = unit ?? Unit };
}
