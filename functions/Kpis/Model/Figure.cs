using FriendCity.Messages;
using FriendCity.Records;

namespace FriendCity.Kpis.Model;

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
    /// <summary>Records that decide the value without being counted, such as rates, weights and the ties of a denominator. Each adds 0.</summary>
    public IReadOnlyList<FigureRow> Inputs { get; init; } = [];

    /// <summary>
    /// Reference data that says where something is: cities and their like. It decides the value too, and is listed apart so that it does not
    /// swamp the counted rows.
    /// </summary>
    public IReadOnlyList<FigureRow> Places { get; init; } = [];

    /// <summary>The scope with its countries, one list for all figures of a question, listed apart for the same reason.</summary>
    public IReadOnlyList<FigureRow> Scope { get; init; } = [];

    /// <summary>The records that a reader asks for: those counted, and those that decide.</summary>
    public IReadOnlyList<FigureRow> EvidenceRows => Around(Inputs);

    /// <summary>All reference data that the value rests on.</summary>
    public IReadOnlyList<FigureRow> Reference => Scope.Count == 0 ? Places : new ConcatenatedList<FigureRow>(Places, Scope);

    /// <summary>Every record the value rests on: this is what is hashed and counted as evidence.</summary>
    public IReadOnlyList<FigureRow> Behind => Around(Inputs.Concat(Places).Concat(Scope));

    /// <summary>What the figure is broken down by, and which part of that it is; null for the whole.</summary>
    public (string Name, string Value)? Dimension { get; init; }

    /// <summary>Which of several things the KPI tells about the same part, such as <c>signed</c> or <c>value</c>; null when it tells one.</summary>
    public string? Measure { get; init; }

    public IReadOnlyList<string>? Items { get; init; }

    public double? Numerator { get; init; }

    public double? Denominator { get; init; }

    public string? Unit { get; init; }

    public Text? Reason { get; init; }

    /// <summary>Which way it should move, where that is not the KPI's way.</summary>
    public Better? Better { get; init; }

    /// <summary>The version of what the office decided and the computation follows, such as weights; null when there is nothing like it.</summary>
    public long? Version { get; init; }

    public static Figure Count(IReadOnlyList<FigureRow> rows) => new(rows.Count, rows);

    public static Figure Unknown(Text reason) => new(null, []) { Reason = reason };

    /// <summary>A fraction; null with the reason when there is nothing to divide by.</summary>
    public static Figure Ratio(double numerator, double denominator, IReadOnlyList<FigureRow> rows, Text whenZero) =>
        new(denominator == 0 ? null : numerator / denominator, rows)
        {
            Numerator = numerator,
            Denominator = denominator,
            Reason = denominator == 0 ? whenZero : null,
        };

    /// <summary>The figure with more records that decide it; each is told once.</summary>
    public Figure RestingOn(params IEnumerable<FigureRow> rows)
    {
        var added = rows.Select(row => row with { Amount = 0 }).ToLookup(row => row.Type is "cities" or "countries" or "scopes");
        return this with { Inputs = Once(Inputs, added[false]), Places = Once(Places, added[true]) };
    }

    public Figure By(string dimension, string value) => this with { Dimension = (dimension, value) };

    /// <summary>The same figure as one of several measures, in its own unit where that is not the KPI's.</summary>
    public Figure As(string measure, string? unit = null) => this with { Measure = measure, Unit = unit ?? Unit };

    private static IReadOnlyList<FigureRow> Once(IReadOnlyList<FigureRow> rows, IEnumerable<FigureRow> added) =>
        [.. rows.Concat(added).DistinctBy(row => (row.Type, row.Record, string.Join('|', row.Fields)))];

    /// <summary><see cref="Rows"/> are never copied; as far as they are of one type, what comes out is in the order in which it is hashed.</summary>
    private IReadOnlyList<FigureRow> Around(IEnumerable<FigureRow> rows)
    {
        FigureRow[] others = [.. rows.OrderBy(row => row.Type, StringComparer.Ordinal).ThenBy(row => row.Record.Id, StringComparer.Ordinal)];
        if (others.Length == 0)
            return Rows;
        var before = Rows.Count == 0 ? others.Length : others.TakeWhile(row => string.CompareOrdinal(row.Type, Rows[0].Type) < 0).Count();
        return new ConcatenatedList<FigureRow>(others[..before], Rows, others[before..]);
    }
}
