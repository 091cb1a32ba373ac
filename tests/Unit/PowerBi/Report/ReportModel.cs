using System.Text.RegularExpressions;
using FriendCity.Tests.Unit.PowerBi.Model;

namespace FriendCity.Tests.Unit.PowerBi.Report;

/// <summary>What the report asks of the semantic model: its fields, and which KPIs its measures tell.</summary>
internal sealed partial class ReportModel(ModelFiles model)
{
    private readonly Dictionary<string, string> _measures = model.Measures.ToDictionary(measure => measure.Name, measure => measure.Value ?? "");

    public static ReportModel Shipped { get; } = new(ModelFiles.Load());

    public bool Has(FieldUse field) =>
        model.Table(field.Table)?.Of(field.Kind == "Measure" ? "measure" : "column").Any(each => each.Name == field.Name) == true;

    /// <summary>Whether a table holds its rows once for each view, and mostly for each day: only a measure can tell which are meant.</summary>
    public bool IsToldByView(string table) => table != "View" && model.Column(table, "View Id") is not null;

    /// <summary>Whether a measure counts what happened on the dates in the filter.</summary>
    public bool IsOfEvents(FieldUse measure) => FilterReach.From(model, "Date").Contains(measure.Table)
        || _measures[measure.Name].Contains("USERELATIONSHIP", StringComparison.Ordinal);

    /// <summary>Whether a figure is told of all that is in scope, and not of one city.</summary>
    public bool IsWholeFigure(FieldUse field) => field is { Kind: "Measure", Table: "KPI Daily" } && _measures.TryGetValue(field.Name, out var dax)
        && !dax.Contains("'KPI Daily'[Dimension] = \"city\"", StringComparison.Ordinal);

    /// <summary>What a measure says that is a text in the language that is shown: the Chinese one and the English one.</summary>
    public (string Chinese, string English)? Texts(FieldUse field) =>
        _measures.TryGetValue(field.Name, out var dax) && Spoken().Match(dax) is { Success: true } said
            ? (said.Groups["zh"].Value, said.Groups["en"].Value) : null;

    /// <summary>The measures that say a text.</summary>
    public IEnumerable<string> AllTexts => _measures.Where(measure => Spoken().IsMatch(measure.Value)).Select(measure => measure.Key);

    /// <summary>Whether the language of texts is the reader's own, as Power BI tells it, until somebody chooses one.</summary>
    public bool SpeaksTheReadersLanguage => _measures["Shown Language"].Contains("USERCULTURE ()", StringComparison.Ordinal);

    /// <summary>Whether a measure tells the row of one figure, with which an earlier one can be compared.</summary>
    public bool IsComparable(FieldUse measure) => _measures[measure.Name].Contains("CALCULATE ( [Figure],", StringComparison.Ordinal);

    /// <summary>Whether what reached a later stage is counted at the earlier ones.</summary>
    public bool IsCumulative(FieldUse measure) => _measures[measure.Name].Contains("[Stage Order] >= Reached", StringComparison.Ordinal);

    /// <summary>A slicer that has to choose one takes the first when nobody has chosen.</summary>
    public bool IsSortedWithDefaultFirst(FieldUse column) =>
        (model.Column(column.Table, column.Name)?["sortByColumn"], model.Table(column.Table)!.Of("partition").Single()["source"]!) switch
        {
            ("'View Order'", var query) => query.Contains("\"view_order\", each if [is_default] then 0 else [position]", StringComparison.Ordinal),
            ("'Language Order'", var query) => query.Contains("\"auto\", 0}", StringComparison.Ordinal),
            _ => false,
        };

    /// <summary>The KPIs that a measure tells, also through the measures it is made of.</summary>
    public IEnumerable<string> Kpis(string measure) => _measures.TryGetValue(measure, out var dax)
        ? DaxCheck.Literals(dax).Where(text => Kpi().IsMatch(text))
            .Concat(Reference().Matches(dax).Select(match => match.Groups["name"].Value).Where(name => name != measure).SelectMany(Kpis)).Distinct()
        : [];

    [GeneratedRegex(@"\[(?<name>[^\]]+)\]", RegexOptions.None, 1000)]
    private static partial Regex Reference();

    [GeneratedRegex("""^IF \( \[Shown Language\] = "zh-CN", "(?<zh>[^"]*)", "(?<en>[^"]*)" \)$""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Spoken();

    [GeneratedRegex(@"^K\d\d$", RegexOptions.None, 1000)]
    private static partial Regex Kpi();
}
