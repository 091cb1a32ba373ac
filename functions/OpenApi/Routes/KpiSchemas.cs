using FriendCity.Kpis.Definitions;
using FriendCity.Kpis.Model;
using FriendCity.Messages;
using FriendCity.OpenApi.Building;
using FriendCity.Records;
using Microsoft.OpenApi;

namespace FriendCity.OpenApi.Routes;

/// <summary>The answers about figures.</summary>
internal sealed class KpiSchemas(Components components, KpiPresets presets)
{
    private static readonly string[] MatchParts = ["industry", "culture", "logistics", "trackRecord", "platforms"];

    private static readonly string[] MatchFlags =
        ["sharedFestival", "languageOrSchoolTie", "youthProgramme", "tourismLink", "onHubNetwork", "directRail", "directAirOrSea"];

    private static readonly string[] MatchCounts = ["signedIn36Months", "activitiesIn12Months", "platformsWithElement"];

    public static OpenApiSchema Kpi(Text? about = null, bool nullable = false) =>
        SchemaKit.Word(KpiCatalogue.All.Concat(KpiCatalogue.Panels).Select(kpi => kpi.Id), about, nullable);

    public IOpenApiSchema Values() => components.Schema("KpiValues", () => SchemaKit.Object(new("Figures of a day", "某日的指标"),
        [("asOf", SchemaKit.Day()), .. Question(), ("values", SchemaKit.List(Value()))]));

    public IOpenApiSchema Value() => components.Schema("KpiValue", () => SchemaKit.Object(new("One value of a figure", "一个指标值"),
        ("kpi", Kpi()),
        ("dimensions", Dimensions()),
        ("value", SchemaKit.Number(new("Null where it cannot be told; reason says why", "无法得出时为 null，原因见 reason"), nullable: true)),
        ("items", SchemaKit.OrNull(SchemaKit.List(SchemaKit.String(), new("Ids, of figures that are lists", "列表类指标的编号")))),
        ("unit", SchemaKit.String()),
        ("numerator", SchemaKit.Number(nullable: true)),
        ("denominator", SchemaKit.Number(nullable: true)),
        ("rows", SchemaKit.Count(new("Records it rests on", "所依据的记录数"))),
        ("rowsHash", SchemaKit.String(new("SHA-256 over those records", "这些记录的 SHA-256"))),
        ("evidence", SchemaKit.Object(new("Those records by source", "按来源统计的记录数"),
            [.. Provenance.Sources.Select(source => (source, (IOpenApiSchema)SchemaKit.Count(Provenance.Sources.Label(source))))])),
        ("definitionVersion", SchemaKit.Count()),
        ("reason", SchemaKit.String(new("Why there is no value", "没有数值的原因"), nullable: true))));

    public IOpenApiSchema Catalogue() => components.Schema("KpiCatalogue", () => SchemaKit.Object(new("What the figures are", "指标定义"),
        ("value", SchemaKit.List(SchemaKit.Object(null,
            ("kpi", Kpi()), ("name", Words()), ("formula", Words()), ("unit", SchemaKit.String()),
            ("grain", SchemaKit.List(SchemaKit.String())), ("better", SchemaKit.Word(["higher", "lower", "neutral"])),
            ("paragraphs", SchemaKit.List(SchemaKit.String(), new("Of the article", "文章段落"))),
            ("definitionVersion", SchemaKit.Count()),
            ("inputs", SchemaKit.List(SchemaKit.String(), new("Record types and fields", "所用记录类型与字段"))))))));

    public IOpenApiSchema Series() => components.Schema("KpiSeries", () => SchemaKit.Object(new("A figure through time", "指标时间序列"),
    [
        ("kpi", Kpi()), ("definitionVersion", SchemaKit.Count()), ("from", SchemaKit.Day()), ("to", SchemaKit.Day()), .. Question(),
        ("series", SchemaKit.List(SchemaKit.Object(null,
            ("dimensions", Dimensions()), ("unit", SchemaKit.String()),
            ("points", SchemaKit.List(SchemaKit.Object(null,
                ("asOf", SchemaKit.Day()), ("value", SchemaKit.Number(nullable: true)), ("numerator", SchemaKit.Number(nullable: true)),
                ("denominator", SchemaKit.Number(nullable: true)), ("rows", SchemaKit.Count()), ("illustrative", SchemaKit.Count()),
                ("reason", SchemaKit.String(nullable: true)))))))),
    ]));

    public IOpenApiSchema Rows() => components.Schema("KpiRows", () => SchemaKit.Object(new("The records behind a figure", "指标所依据的记录"),
    [
        ("kpi", Kpi()), ("asOf", SchemaKit.Day()), .. Question(), ("count", SchemaKit.Count()),
        ("value", SchemaKit.List(SchemaKit.Object(null, [("dimensions", Dimensions()), .. Row()]))),
        ("reference", SchemaKit.List(SchemaKit.Object(null, Row()), new("Rates and weights it rests on", "所依据的汇率与权重"))),
        ("nextLink", RecordSchemas.NextLink()),
    ]));

    public IOpenApiSchema Compare() => components.Schema("KpiComparison", () => SchemaKit.Object(new("What moved the figures", "指标变动原因"),
    [
        ("from", Moment()), ("to", Moment()), .. Question(), ("unchanged", SchemaKit.Count()),
        ("value", SchemaKit.List(SchemaKit.Object(null,
            ("kpi", Kpi()), ("dimensions", Dimensions()), ("unit", SchemaKit.String()), ("from", Side()), ("to", Side()),
            ("change", SchemaKit.Number(nullable: true)), ("by", SchemaKit.Word(["rows", "items", "ratio", "list"])),
            ("accounted", SchemaKit.Number(nullable: true)), ("numeratorEffect?", SchemaKit.Number()), ("denominatorEffect?", SchemaKit.Number()),
            ("itemsEntered", SchemaKit.List(SchemaKit.String())), ("itemsLeft", SchemaKit.List(SchemaKit.String())),
            ("rows", SchemaKit.List(Effect())), ("reference", SchemaKit.List(Effect()))))),
    ]));

    /// <param name="lists">Members that are lists of objects.</param>
    /// <param name="objects">Members that are objects; a name that ends in <c>?</c> may be missing.</param>
    public IOpenApiSchema Page(IEnumerable<string> lists, IEnumerable<string> objects) => components.Schema("DashboardPage", () =>
        SchemaKit.Object(new("The page's data, a member for each panel", "页面数据，每个面板一项"),
        [
            ("view", SchemaKit.Word(presets.Names)), ("language", SchemaKit.Word(["en", "zh-CN"])),
            ("asOf", SchemaKit.Day()), ("today", SchemaKit.Day()), .. Question(), ("scopeName", SchemaKit.String()), ("scopeSize", SchemaKit.Count()),
            .. lists.Select(name => (name, (IOpenApiSchema)SchemaKit.List(SchemaKit.Map(null)))),
            .. objects.Select(name => (name, (IOpenApiSchema)SchemaKit.Map(null))),
        ]));

    public IOpenApiSchema Alerts() => components.Schema("Alerts", () => SchemaKit.Object(new("What somebody should look at", "警示"),
    [
        ("asOf", SchemaKit.Day()), .. Question(),
        ("counts", SchemaKit.Object(null, ("critical", SchemaKit.Count()), ("warning", SchemaKit.Count()), ("info", SchemaKit.Count()))),
        ("value", SchemaKit.List(SchemaKit.Object(null,
            ("code", SchemaKit.String(new("Stable", "稳定代码"))), ("severity", SchemaKit.Word(["critical", "warning", "info"])),
            ("since", SchemaKit.Day(nullable: true)), ("kpi", Kpi(nullable: true)), ("titleEn", SchemaKit.String()), ("titleZh", SchemaKit.String()),
            ("messageEn", SchemaKit.String()), ("messageZh", SchemaKit.String()), ("records", SchemaKit.List(SchemaKit.Object(null, Row())))))),
    ]));

    public IOpenApiSchema Anniversaries() => components.Schema("Anniversaries", () => SchemaKit.Object(new("Days that are coming", "临近的周年"),
    [
        ("from", SchemaKit.Day()), ("to", SchemaKit.Day()), .. Question(),
        ("value", SchemaKit.List(SchemaKit.Object(null,
        [
            ("date", SchemaKit.Day()), ("years", SchemaKit.Count()), ("round", SchemaKit.Flag(new("A multiple of five", "逢五逢十"))),
            ("first", SchemaKit.Day()), ("datePrecision", SchemaKit.Word(Provenance.Precisions, nullable: true)),
            ("kind", SchemaKit.Word(["milestone", "tie", "agreement"])), ("titleEn", SchemaKit.String()), ("titleZh", SchemaKit.String()), .. Row(),
        ]))),
    ]));

    public IOpenApiSchema Briefing() => components.Schema("Briefing", () => SchemaKit.Object(new("The office's sentences", "工作简报"),
    [
        ("title", SchemaKit.String()), ("language", SchemaKit.Word(["en", "zh-CN"])), ("asOf", SchemaKit.Day()), .. Question(),
        ("warning", SchemaKit.String(nullable: true)),
        ("sections", SchemaKit.List(SchemaKit.Object(null, ("title", SchemaKit.String()),
            ("sentences", SchemaKit.List(SchemaKit.Object(null,
                ("id", SchemaKit.String()), ("text", SchemaKit.String()), ("note", SchemaKit.String(nullable: true)),
                    ("illustrative", SchemaKit.Count()),
                ("figures", SchemaKit.List(Value())))))))),
    ]));

    public IOpenApiSchema WhatIfQuestion() => components.Schema("WhatIfQuestion", () =>
    {
        var question = SchemaKit.Object(new("Other weights, or other inputs of one city", "其他权重，或某一城市的其他输入"),
            ("weights?", SchemaKit.Object(new("All five; they add up to 1", "五项权重之和须为 1"),
                [.. MatchParts.Select(part => (part, (IOpenApiSchema)Share()))])),
            ("inputs?", SchemaKit.Object(null, [("cityId", SchemaKit.String()), .. Inputs()])));
        question.AdditionalPropertiesAllowed = false;
        return question;
    });

    public IOpenApiSchema WhatIfAnswer() => components.Schema("WhatIfAnswer", () =>
        SchemaKit.Object(new("Scores as they are and as they would be", "现有得分与假设得分"),
    [
        ("asOf", SchemaKit.Day()), .. Question(), ("weights",
            SchemaKit.Object(null, [.. MatchParts.Select(part => (part, (IOpenApiSchema)Share()))])),
        ("cities", SchemaKit.List(SchemaKit.Object(null,
            ("cityId", SchemaKit.String()), ("isProspect", SchemaKit.Flag()), ("stored", SchemaKit.OrNull(Score())),
                ("whatIf", SchemaKit.OrNull(Score()))))),
    ]));

    private static IEnumerable<(string Name, IOpenApiSchema Schema)> Inputs() =>
    [
        ("isProspect?", SchemaKit.Flag()),
        ("strengths?", SchemaKit.Map(SchemaKit.Integer(0, 3, 0), new("Grades by id of a sector", "按领域编号的等级"))),
        .. MatchFlags.Select(name => ($"{name}?", (IOpenApiSchema)SchemaKit.Flag(nullable: true))),
        .. MatchCounts.Select(name => ($"{name}?", (IOpenApiSchema)SchemaKit.Count())),
    ];

    private static OpenApiSchema Share() => new() { Type = JsonSchemaType.Number, Format = "double", Minimum = "0", Maximum = "1" };

    private IOpenApiSchema Score() => components.Schema("MatchScore", () => SchemaKit.Object(null,
    [
        ("score", SchemaKit.Number(nullable: true)), .. MatchParts.Select(part => (part, (IOpenApiSchema)SchemaKit.Number(nullable: true))),
        ("potential", SchemaKit.Number(nullable: true)), ("completeness", SchemaKit.Number(nullable: true)),
    ]));

    private static IEnumerable<(string Name, IOpenApiSchema Schema)> Question() =>
    [
        ("scope", SchemaKit.String()), ("scenarios", SchemaKit.List(SchemaKit.Word(Provenance.Scenarios))), ("baseline", SchemaKit.Day()),
        ("knownAt", SchemaKit.Instant(nullable: true)), ("window", SchemaKit.Count(new("Months", "月数"))),
    ];

    private static OpenApiSchema Dimensions() =>
        SchemaKit.Map(SchemaKit.String(), new("What the value is broken down by: at most one dimension, and measure", "分解口径：至多一个维度，以及度量"));

    private static (string Name, IOpenApiSchema Schema)[] Row() =>
        [.. Identity(), .. Version(),
            ("href", SchemaKit.String(new("Where to read the record", "记录地址"), "uri"))];

    private static (string Name, IOpenApiSchema Schema)[] Identity() =>
    [
        ("type", SchemaKit.String()), ("id", SchemaKit.String()),
        ("nameEn", SchemaKit.String(new("Name or title of the record", "记录的英文名称或标题"), nullable: true)),
        ("nameZh", SchemaKit.String(new("Chinese name or title of the record", "记录的名称或标题"), nullable: true)),
    ];

    private static (string Name, IOpenApiSchema Schema)[] Version() =>
    [
        ("version", SchemaKit.Count()), ("source", SchemaKit.Word(Provenance.Sources)),
        ("amount", SchemaKit.Number(new("What the record adds to the value", "该记录计入的数量"))),
        ("fields", SchemaKit.Map(null, new("What counted, by its place in the record", "计入的字段及其值"))),
    ];

    private IOpenApiSchema Effect() => components.Schema("KpiEffect", () => SchemaKit.Object(null,
        [("kind", SchemaKit.Word(["entered", "left", "changed"])), ("by", SchemaKit.Number(nullable: true)), .. Identity(),
        ("href", SchemaKit.String(format: "uri")), ("before", SchemaKit.List(SchemaKit.Object(null, Version()))),
        ("after", SchemaKit.List(SchemaKit.Object(null, Version())))]));

    private static OpenApiSchema Side() => SchemaKit.OrNull(SchemaKit.Object(null,
        ("value", SchemaKit.Number(nullable: true)), ("numerator", SchemaKit.Number(nullable: true)),
            ("denominator", SchemaKit.Number(nullable: true)),
        ("rows", SchemaKit.Count()), ("reason", SchemaKit.String(nullable: true))));

    private static OpenApiSchema Moment() =>
        SchemaKit.Object(null, ("asOf", SchemaKit.Day()), ("knownAt", SchemaKit.Instant(nullable: true)));

    private static OpenApiSchema Words() => SchemaKit.Object(null, ("en", SchemaKit.String()), ("zh-CN", SchemaKit.String()));
}
