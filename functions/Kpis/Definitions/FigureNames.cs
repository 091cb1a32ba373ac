using FriendCity.Kpis.Model;
using FriendCity.Messages;
using FriendCity.Records;
using FriendCity.Records.Schemas;
using FriendCity.Registry;

namespace FriendCity.Kpis.Definitions;

/// <summary>What the codes and ids in figures are called, so that nobody who shows a figure needs a list of names of their own.</summary>
internal static class FigureNames
{
    public static readonly CodeList Dimensions = new(
        ("basis", "Basis", "依据"), ("centre", "Centre", "中心"), ("channel", "Opening channel", "开启渠道"), ("city", "City", "城市"),
        ("entity", "Type of record", "记录类型"), ("mechanism", "Mechanism", "机制与品牌"), ("mode", "Mode of transport", "交通方式"),
        ("network", "Network", "网络"), ("of", "Published figure", "公布数字"), ("platform", "Platform", "平台"), ("stage", "Stage", "阶段"),
        ("target", "Target", "目标"), ("tie", "Kind of tie", "关系口径"), ("year", "Year", "年份"));

    public static readonly CodeList Measures = new(
        ("attainment", "Attainment", "达成率"), ("closedOnTime", "Closed on time", "按期办结率"), ("completed", "Completed", "已完成"),
        ("completeness", "Completeness of the data", "数据完整度"), ("conversion", "Conversion", "转化率"), ("count", "Number", "数量"),
        ("culture", "Culture", "文化"), ("dayPrecision", "Dates exact to the day", "日期精确到日"), ("due", "Due, all together", "应复审合计"),
        ("in", "Incoming", "来访"), ("industry", "Industry", "产业"), ("inspections", "Inspections", "调研次数"), ("logistics", "Logistics", "物流"),
        ("longestGap", "Longest gap", "最长间隔"), ("missing", "Without a term", "未定期限"), ("noOpenConflict", "No open conflict", "无未决冲突"),
        ("open", "Open", "未办结"), ("openConflicts", "Open conflicts", "未决冲突"), ("out", "Outgoing", "出访"), ("overdue", "Overdue", "已逾期"),
        ("pace", "Pace", "进度"), ("platforms", "Platforms", "平台"), ("potential", "Potential", "潜力"), ("reciprocity", "Reciprocity", "对等度"),
        ("regularity", "Regularity", "规律性"), ("relationships", "Relationships", "关系数"), ("score", "Score", "得分"),
        ("signed", "Signed", "已签约"), ("signedIn12Months", "Signed in 12 months", "近 12 个月签约"), ("soon", "Due soon", "即将到期"),
        ("source", "Real source", "来源真实"), ("started", "Started", "已启动"), ("startedShare", "Share started", "启动率"),
        ("trackRecord", "Track record", "合作基础"), ("value", "Value", "金额"), ("visits", "Visits", "互访"),
        ("withoutCentre", "Without a centre", "未归属中心"), ("withoutValue", "Without a value", "未填金额"));

    public static readonly CodeList Units = new(
        ("activities", "Activities", "次活动"), ("activities per city", "Activities per city", "次/城市"), ("agreements", "Agreements", "份协议"),
        ("cities", "Cities", "个城市"), ("CNY", "CNY", "人民币元"), ("CNY 100 m", "CNY 100 million", "亿元人民币"), ("conflicts", "Conflicts", "处冲突"),
        ("countries", "Countries", "个国家"), ("days", "Days", "天"), ("elements", "Elements", "个元素"), ("inspections", "Inspections", "次调研"),
        ("items", "Items", "项"), ("nodes", "Nodes", "个节点"), ("platforms", "Platforms", "个平台"), ("points", "Points", "分"),
        ("projects", "Projects", "个项目"), ("ratio", "Ratio", "比率"), ("relationships", "Relationships", "对关系"),
        ("sectors", "Sectors", "个领域"), ("visits", "Visits", "次互访"));

    private static readonly CodeList Views = new(("article", "Article", "文章口径"), (KpiPresets.NowName, "Today", "当前"));

    private static readonly CodeList Scopes = new(
        ("members", "SCO members", "上合组织成员国"), ("partners", "SCO observers and partners", "上合组织观察员国与伙伴国"),
        ("family", "SCO family", "上合组织大家庭"), ("world", "World", "全球"));

    /// <summary>The parts of the dimensions whose parts are codes.</summary>
    private static readonly Dictionary<string, CodeList> Parts = new()
    {
        ["basis"] = new(("computed", "Computed", "登记计算"), ("reported", "Reported", "公布")),
        ["channel"] = new([.. from code in Relationship.Channels let label = Relationship.Channels.Label(code)! select (code, label.En, label.Zh),
            ("unknown", "Unknown", "未知")]),
        ["mode"] = TransportLink.Modes,
        ["of"] = new(("cities", "Cities", "城市"), ("countries", "Countries", "国家")),
        ["stage"] = StageEvent.Stages,
        ["tie"] = new(("broad", "Broad", "广义"), ("formal", "Formal", "正式")),
    };

    /// <summary>The record types whose records are the parts of the other dimensions.</summary>
    private static readonly Dictionary<string, RecordType> Records = new()
    {
        ["centre"] = Centre.Type,
        ["city"] = City.Type,
        ["mechanism"] = Mechanism.Type,
        ["network"] = Network.Type,
        ["platform"] = Platform.Type,
    };

    /// <summary>What a view is called, with its day where it has one of its own; an office's own views have the names that it gave them.</summary>
    public static Text View(KpiPreset view)
    {
        var name = Views.Called(view.Name);
        return view.AsOf is { } day ? new($"{name.En}, {day.Iso()}", $"{name.Zh}（{day.Iso()}）") : name;
    }

    /// <summary>What a scope is called: the record's name, or what the word means.</summary>
    public static Text ScopeName(RegistrySnapshot registry, string id) => Named(registry, Scope.Type, id) ?? Scopes.Label(id)
        ?? (id.Split(':') is [_, var part] ? Named(registry, Country.Type, part) ?? new(part, part) : new Text(id, id));

    /// <summary>What a part of a breakdown is called; null when nobody knows, such as a city that was deleted.</summary>
    public static Text? Part(RegistrySnapshot registry, string dimension, string value) => dimension switch
    {
        "year" => new(value, value),
        "entity" => RegistryTypes.All.Find(value)?.Label,
        "target" => registry.Of(Target.Type).Get(value) is { } target && KpiCatalogue.Find(target.KpiId)?.Name is { } kpi
            ? new($"{kpi.En}, by {target.PeriodEnd!.Value.Iso()}", $"{kpi.Zh}（至 {target.PeriodEnd.Value.Iso()}）") : null,
        _ => Parts.TryGetValue(dimension, out var codes) ? codes.Label(value)
            : Records.TryGetValue(dimension, out var type) ? Named(registry, type, value) : null,
    };

    /// <summary>What a figure names, as texts for people; an item that nobody knows by name stands as it is.</summary>
    public static Text? Items(RegistrySnapshot registry, KpiValue value) =>
        Together(value.Figure.Items, item => Item(registry, value.Kpi.Id, item));

    /// <summary>The names of several records, as a text for people.</summary>
    public static Text? Named(RegistrySnapshot registry, RecordType type, IReadOnlyList<string> ids) =>
        Together(ids, id => Named(registry, type, id));

    /// <summary>A record's name or title; null where there is none.</summary>
    public static Text? Named(RegistrySnapshot registry, RecordType type, string? id)
    {
        if (id is null || registry.Of(type.Name).Find(id) is not { Deleted: false } record)
            return null;
        return record is Relationship tie ? Named(registry, City.Type, tie.CityId)
            : type.NameOf(record) is ({ } en, { } zh) ? new(en, zh) : null;
    }

    /// <summary>The names of several as one text for people; what has no name stands as it is.</summary>
    public static Text? Together(IReadOnlyList<string>? ids, Func<string, Text?> name)
    {
        var names = ids?.Select(id => name(id) ?? new Text(id, id)).ToList();
        return names is { Count: > 0 }
            ? new(string.Join("; ", names.Select(each => each.En)), string.Join("、", names.Select(each => each.Zh))) : null;
    }

    private static Text? Item(RegistrySnapshot registry, string kpi, string id) => kpi switch
    {
        "K02" or "K04" or "K11" or "K36" => Named(registry, Country.Type, id),
        "K19" => Named(registry, Project.Type, id),
        "K30" => Named(registry, Sector.Type, id),
        "K39" => Named(registry, Agreement.Type, id),
        "K40" => registry.Of(SourceConflict.Type).Get(id) is { } conflict ? About(registry, conflict) : null,
        "K41" => KpiCatalogue.Find(id)?.Name,
        _ => Named(registry, City.Type, id),
    };

    /// <summary>A conflict has no name but that of the record about which sources differ.</summary>
    private static Text? About(RegistrySnapshot registry, SourceConflict conflict) =>
        RegistryTypes.All.Find(conflict.RecordType) is { } type && Named(registry, type, conflict.RecordId) is { } name
            ? new($"{type.Label.En}: {name.En}", $"{type.Label.Zh}：{name.Zh}") : null;
}
