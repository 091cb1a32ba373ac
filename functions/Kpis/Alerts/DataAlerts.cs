using System.Runtime.InteropServices;
using FriendCity.Records;
using FriendCity.Registry;

namespace FriendCity.Kpis;

/// <summary>Where the records themselves need a hand before anyone can rely on them.</summary>
internal static class DataAlerts
{
    private static readonly Dictionary<string, Text> Lacks = new()
    {
        ["source"] = new("rest on illustrative facts", "仅有示例来源"),
        ["dayPrecision"] = new("have a date that is not exact to the day", "日期未精确到日"),
        ["value"] = new("have no value", "缺少金额"),
        ["noOpenConflict"] = new("have sources in conflict", "存在未决来源冲突"),
    };

    public static readonly AlertRule Reported = new("reported_differs", "K43", new("Published and computed differ", "公布数与登记数不一致"), context =>
        from figure in WorldKpis.Difference.Figures(context)
        where figure.Value is not (null or 0)
        let row = figure.Rows[0]
        let reported = (ReportedFigure)row.Record
        select new Alert(Severity.Warning, reported.Date,
            new($"{reported.Value} {figure.Dimension?.Value} were published on {AlertRules.Day(reported.Date!.Value)}; the registry counts {reported.Value - (decimal)figure.Value!.Value}.",
                $"{AlertRules.Day(reported.Date.Value)} 公布{(figure.Dimension?.Value == "cities" ? "城市" : "国家")}数 {reported.Value},登记计算为 {reported.Value - (decimal)figure.Value.Value}。"), [row]));

    public static readonly AlertRule Dangling = new("dangling_reference", null, new("Reference to a missing record", "引用的记录不存在"), context =>
        from found in Unmet(context)
        let at = $"{found.Type.Name}/{found.Record.Id}"
        let missing = $"{found.Reference.Type}/{found.Reference.Id}"
        select new Alert(Severity.Critical, null, new($"{at} refers to {missing}, which does not exist.", $"{at} 引用的 {missing} 不存在。"),
            [new FigureRow(found.Type.Name, found.Record, found.Record.Source, [found.Reference.Pointer.TrimStart('/')])]));

    public static readonly AlertRule Quality = new("data_quality_gap", "K40", new("Data quality gap", "数据质量缺口"), context =>
        from figure in QualityKpis.Quality.Figures(context)
        where figure.Dimension is not null && figure.Measure is not null && Lacks.ContainsKey(figure.Measure) && figure.Numerator < figure.Denominator
        let lack = Lacks[figure.Measure!]
        let type = RegistryTypes.All.Find(figure.Dimension!.Value.Value)!
        let missing = figure.Denominator - figure.Numerator
        select new Alert(Severity.Info, null,
            new($"{missing} of {figure.Denominator} {type.Name} {lack.En}.", $"{type.Label.Zh} {figure.Denominator} 条中有 {missing} 条{lack.Zh}。"), QualityKpis.Lacking(context, type.Name, figure.Measure!)));

    /// <summary>References of records that count to such as do not exist.</summary>
    private static IEnumerable<(RecordType Type, Record Record, Reference Reference)> Unmet(KpiContext context)
    {
        // A hundred thousand projects refer to a few dozen records: each of those is looked for once.
        var known = new Dictionary<(string Type, string Id), bool>();
        foreach (var type in RegistryTypes.All.All)
        {
            var set = context.View.Of(type.Name);
            for (var i = 0; i < set.Count; i++)
                if (set[i] is { Deleted: false } record && context.Counts(record))
                    foreach (var reference in type.References(record))
                        if (!Exists(context.View, known, reference))
                            yield return (type, record, reference);
        }
    }

    private static bool Exists(View view, Dictionary<(string Type, string Id), bool> known, Reference reference)
    {
        ref var exists = ref CollectionsMarshal.GetValueRefOrAddDefault(known, (reference.Type, reference.Id), out var isKnown);
        return isKnown ? exists : exists = view.Of(reference.Type).Find(reference.Id) is { Deleted: false };
    }
}
