using System.Globalization;

namespace FriendCity.Benchmarks;

/// <summary>One measured figure beside its reference of the same run.</summary>
/// <param name="Reference">Null where the target is a number by itself.</param>
/// <param name="Ratio">Ours / reference.</param>
/// <param name="Target">What is aimed at, in words; null where nothing is.</param>
/// <param name="Holds">Whether it was reached; null where nothing is aimed at.</param>
internal sealed record Line(string Figure, double Ours, double? Reference, double? Ratio, string Unit, string? Target, bool? Holds)
{
    /// <summary>Our figure is at least so many times the reference.</summary>
    public static Line AtLeast(string figure, string unit, double ours, double reference, double ratio, string of) =>
        new(figure, ours, reference, ours / reference, unit, Text($"≥ {ratio} × {of}"), ours >= ratio * reference);

    /// <summary>Our figure is at most so many times the reference.</summary>
    public static Line AtMost(string figure, string unit, double ours, double reference, double ratio, string of) =>
        new(figure, ours, reference, ours / reference, unit, Text($"≤ {ratio} × {of}"), ours <= ratio * reference);

    /// <summary>Our figure is at most so much above the reference.</summary>
    public static Line Above(string figure, string unit, double ours, double reference, double more, string of) =>
        new(figure, ours, reference, ours / reference, unit, Text($"≤ {of} + {more}"), ours <= reference + more);

    public static Line Floor(string figure, string unit, double ours, double least) =>
        new(figure, ours, null, null, unit, Text($"≥ {least}"), ours >= least);

    public static Line Limit(string figure, string unit, double ours, double most) =>
        new(figure, ours, null, null, unit, Text($"≤ {most}"), ours <= most);

    /// <summary>A figure that nothing depends on, for understanding the others.</summary>
    public static Line Note(string figure, string unit, double ours, double? reference = null) =>
        new(figure, ours, reference, reference is null ? null : ours / reference, unit, null, null);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
