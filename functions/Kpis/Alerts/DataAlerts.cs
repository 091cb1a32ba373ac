using System.Runtime.InteropServices;
using FriendCity.Kpis.Definitions;
using FriendCity.Kpis.Facts;
using FriendCity.Kpis.Model;
using FriendCity.Messages;
using FriendCity.Records;
using FriendCity.Records.Schemas;
using FriendCity.Registry;

namespace FriendCity.Kpis.Alerts;

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
        from figure in GlobalKpis.Difference.Figures(context)
        where figure.Value is not (null or 0)
        let row = figure.Rows[0]
        let reported = (ReportedFigure)row.Record
        select new Alert(Severity.Warning, reported.Date,
            new($"Number of {figure.Dimension?.Value} published on {AlertRules.Day(reported.Date!.Value)}: {reported.Value}; the registry counts "
                + $"{reported.Value - (decimal)figure.Value!.Value}.",
                $"{AlertRules.Day(reported.Date.Value)} 公布{(figure.Dimension?.Value == "cities" ? "城市" : "国家")}数 {reported.Value}，登记计算为 "
                    + $"{reported.Value - (decimal)figure.Value.Value}。"), [row]));

    public static readonly AlertRule Dangling = new("dangling_reference", null, new("Reference to a missing record", "引用的记录不存在"), context =>
        from found in Unmet(context)
        let at = $"{found.Type.Name}/{found.Record.Id}"
        let missing = $"{found.Reference.Type}/{found.Reference.Id}"
        select new Alert(Severity.Critical, null, new($"{at} refers to {missing}, which does not exist.", $"{at} 引用的 {missing} 不存在。"),
            [new FigureRow(found.Type.Name, found.Record, found.Record.Source, [found.Reference.Pointer.TrimStart('/')])]));

    public static readonly AlertRule Implausible = new("implausible_date", null, new("Implausible date", "日期不合理"), context =>
        from type in context.Registry.Types.All
        from record in context.Of(type)
        let found = type.Implausible(record).ToList()
        where found.Count > 0
        let dates = string.Join(", ", found.Select(each => $"{each.Pointer.TrimStart('/')} {AlertRules.Day(each.Day)}"))
        select new Alert(Severity.Warning, null,
            new($"{type.Name}/{record.Id} has dates outside {Days.First.Year} to {Days.Last.Year}: {dates}. An open end is left empty.",
                $"{type.Name}/{record.Id} 的日期超出 {Days.First.Year} 至 {Days.Last.Year} 年：{dates}。没有期限请留空。"),
            [new FigureRow(type.Name, record, record.Source, [.. found.Select(each => each.Pointer.TrimStart('/'))])]));

    public static readonly AlertRule Future = new("stage_in_future", "K03", new("Stage dated in the future", "阶段日期在未来"), context =>
        from relationship in context.Of(Relationship.Type)
        from at in relationship.Stages.Index()
        where context.Counts(at.Item) && at.Item.Day > context.AsOf && at.Item.Day > Known(context)
        select new Alert(Severity.Info, null,
            new($"relationships/{relationship.Id} has the stage {at.Item.Stage} on {AlertRules.Day(at.Item.Day)}, which has not come yet: it counts "
                + $"from that day on.",
                $"relationships/{relationship.Id} 的阶段 {at.Item.Stage} 日期为 {AlertRules.Day(at.Item.Day)}，尚未到来：自该日起计入。"),
            [new FigureRow("relationships", relationship, Sources.Weakest(relationship.Source, at.Item.Source), CityRelationship.Places(at.Index))]));

    public static readonly AlertRule Quality = new("data_quality_gap", "K40", new("Data quality gap", "数据质量缺口"), context =>
        from figure in QualityKpis.Quality.Figures(context)
        where figure.Dimension is not null && figure.Measure is not null && Lacks.ContainsKey(figure.Measure) && figure.Numerator < figure.Denominator
        let lack = Lacks[figure.Measure!]
        let type = context.Registry.Types.Find(figure.Dimension!.Value.Value)!
        let missing = figure.Denominator - figure.Numerator
        select new Alert(Severity.Info, null,
            new($"{type.Label.En} that {lack.En}: {missing} of {figure.Denominator}.",
                $"{type.Label.Zh} {figure.Denominator} 条中有 {missing} 条{lack.Zh}。"),
            QualityKpis.Lacking(context, type.Name, figure.Measure!)));

    /// <summary>References of records that count to such as do not exist.</summary>
    private static IEnumerable<(RecordType Type, Record Record, Reference Reference)> Unmet(KpiContext context)
    {
        // A hundred thousand projects refer to a few dozen records: each of those is looked for once.
        var known = new Dictionary<(string Type, string Id), bool>();
        foreach (var type in context.Registry.Types.All)
            foreach (var record in context.Of(type))
                foreach (var reference in type.References(record))
                    if (!Exists(context.Registry, known, reference))
                        yield return (type, record, reference);
    }

    /// <summary>The latest day that had begun anywhere on earth when the records were known like this.</summary>
    private static DateOnly Known(KpiContext context) => DateOnly.FromDateTime(context.Registry.AsOf.UtcDateTime).PlusDays(1);

    private static bool Exists(RegistrySnapshot registry, Dictionary<(string Type, string Id), bool> known, Reference reference)
    {
        ref var exists = ref CollectionsMarshal.GetValueRefOrAddDefault(known, (reference.Type, reference.Id), out var isKnown);
        return isKnown ? exists : exists = registry.Of(reference.Type).Find(reference.Id) is { Deleted: false };
    }
}
