using System.Text.Json.Nodes;
using FriendCity.Http.Errors;
using FriendCity.Messages;
using FriendCity.OpenApi.Building;
using Microsoft.OpenApi;

namespace FriendCity.OpenApi.Routes;

/// <summary>What can be asked of figures, alerts and the briefing.</summary>
internal sealed class KpiOperations(KpiSchemas schemas, CommonParameters parameters)
{
    private const int LargestPage = 1000;
    private const int StandardPage = 100;
    private const string Tag = "kpis";
    private const string Reports = "reports";

    private static readonly ProblemCode[] Bad = [Problems.BadParameter];

    public IEnumerable<ApiOperation> All() =>
        [.. Figures(), .. Behind(), WhatIf(), .. Work(), Briefing(), DashboardOperation.Of(schemas, parameters)];

    private IEnumerable<ApiOperation> Figures()
    {
        yield return Read("Kpis", "/api/v1/kpis", "listKpis", Tag, new("All figures", "全部指标"), schemas.Values(), [parameters.AsOf()]);
        yield return Read("KpiItem", "/api/v1/kpis/{id}", "getKpi", Tag, new("One figure", "一个指标"), schemas.Values(), [Id(), parameters.AsOf()],
            Problems.NotFound);
        yield return new("KpiCatalogue", "GET", "/api/v1/kpis/catalogue", "getKpiCatalogue", Tag, new("What the figures are", "指标目录"))
        {
            Answers = [ApiAnswer.Of(schemas.Catalogue(), new("The definitions", "指标定义"))],
            Problems = Bad,
        };
        yield return Read("KpiCompare", "/api/v1/kpis/compare", "compareKpis", Tag, new("What moved the figures between two days", "两日之间指标的变动原因"),
            schemas.Compare(),
            [
                CommonParameters.Own("kpi", KpiSchemas.Kpi(), new("One figure; all where nothing is said", "单个指标；默认全部")),
                parameters.Day("from", new("The first day; the baseline where nothing is said", "起始日期；默认为基线日期")),
                parameters.Day("to", new("The last day", "结束日期")),
                parameters.Query("fromKnownAt", SchemaKit.Instant(), new("What was known of the first day, at that instant", "起始日期所依据的知悉时刻")),
                parameters.Query("toKnownAt", SchemaKit.Instant(), new("Likewise of the last day", "结束日期所依据的知悉时刻")),
            ]);
    }

    private IEnumerable<ApiOperation> Behind()
    {
        yield return Read("KpiSeries", "/api/v1/kpis/{id}/series", "getKpiSeries", Tag, new("One figure through time", "指标时间序列"), schemas.Series(),
            [
                Id(), parameters.Day("from", new("The first day; the baseline where nothing is said", "起始日期；默认为基线日期")),
                parameters.Day("to", new("The last day", "结束日期")),
                CommonParameters.Own("step", SchemaKit.Word(["day", "month", "quarter", "year"]), new("At most 500 points", "至多 500 个点"), "quarter"),
            ], Problems.NotFound);
        yield return Read("KpiRows", "/api/v1/kpis/{id}/rows", "listKpiRows", Tag, new("The records behind a figure", "指标所依据的记录"), schemas.Rows(),
            [
                Id(), parameters.AsOf(),
                CommonParameters.Own("dimension", SchemaKit.String(), new("One value of the figure's dimension", "维度的一个取值")),
                CommonParameters.Own("measure", SchemaKit.String(), new("One measure of the figure", "指标的一个度量")),
                CommonParameters.Own("$top", TopOrAll(), new($"How many on a page, 1 to {LargestPage}; all for every row",
                    $"每页条数，1 至 {LargestPage}；all 表示全部")),
                parameters.After(),
            ], Problems.NotFound, Problems.CursorInvalid);
    }

    private ApiOperation WhatIf() => new("WhatIf", "POST", "/api/v1/kpis/K32/what-if", "askWhatIf", Tag,
        new("The match score under other weights or inputs", "其他权重或输入下的匹配度"))
    {
        About = new("Stores nothing.", "不保存任何内容。"),
        Parameters = [parameters.AsOf(), .. parameters.Figures()],
        Body = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, IOpenApiMediaType>
            {
                [ApiAnswer.Json] = new OpenApiMediaType
                {
                    Schema = schemas.WhatIfQuestion(),
                    Example = JsonNode.Parse(
                        """{"weights":{"industry":0.3,"culture":0.2,"logistics":0.2,"trackRecord":0.2,"platforms":0.1}}"""),
                },
            },
        },
        Answers = [ApiAnswer.Of(schemas.WhatIfAnswer(), new("The scores", "得分"), 200, "Age", "Preference-Applied")],
        Problems =
        [
            Problems.BadParameter, Problems.MalformedJson, Problems.BadRequest, Problems.TooLarge, Problems.UnsupportedMediaType, Problems.Invalid,
        ],
    };

    private IEnumerable<ApiOperation> Work()
    {
        yield return Read("Alerts", "/api/v1/alerts", "listAlerts", "alerts", new("What somebody should look at", "警示列表"), schemas.Alerts(),
            [
                parameters.AsOf(),
                CommonParameters.Own("severity", SchemaKit.String(),
                    new("Some of critical, warning, info, with commas", "critical、warning、info 中的若干项，以逗号分隔"),
                    "critical,warning"),
                CommonParameters.Own("codes", SchemaKit.String(), new("Some codes, with commas", "若干警示代码，以逗号分隔")),
            ]);
        yield return Read("Anniversaries", "/api/v1/anniversaries", "listAnniversaries", "alerts", new("Days that are coming", "临近的周年"),
            schemas.Anniversaries(),
            [
                parameters.AsOf(), CommonParameters.Own("from", SchemaKit.Day(),
                    new("The first day; the day of the figures where nothing is said", "起始日期；默认为指标日期")),
                CommonParameters.Own("to", SchemaKit.Day(), new("The last day; three months later where nothing is said", "结束日期；默认为三个月后")),
            ]);
    }

    private ApiOperation Briefing()
    {
        var read = Read("Report", "/api/v1/reports/{name}", "getReport", Reports, new("The office's sentences with the day's numbers", "工作简报"),
            schemas.Briefing(),
            [
                CommonParameters.Path("name", SchemaKit.Word(["briefing"]), new("Which report", "报告名称"), "briefing"), parameters.AsOf(),
                CommonParameters.Own("lang", SchemaKit.Word(["en", "zh", "zh-CN"]), new("Goes before Accept-Language", "优先于 Accept-Language")),
                CommonParameters.Own("format", SchemaKit.Word(["json", "md", "html", "docx"]), new("The form", "格式"), "json"),
            ], Problems.NotFound);
        return read with
        {
            Answers =
            [
                new(200, new("The briefing", "简报"),
                [
                    (ApiAnswer.Json, schemas.Briefing()), ("text/markdown", SchemaKit.String()), ("text/html", SchemaKit.String()),
                    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", null),
                ], "Age", "Preference-Applied"),
            ],
        };
    }

    private ApiOperation Read(string function, string path, string id, string tag, Text summary, IOpenApiSchema schema,
        IEnumerable<IOpenApiParameter> own, params ProblemCode[] more) => new(function, "GET", path, id, tag, summary)
        {
            Parameters = [.. own, .. parameters.Figures()],
            Answers = [ApiAnswer.Of(schema, summary, 200, "Age", "Preference-Applied")],
            Problems = [.. Bad, .. more],
        };

    private static OpenApiSchema TopOrAll() =>
        new() { AnyOf = [SchemaKit.Integer(1, LargestPage, StandardPage), SchemaKit.Word(["all"])] };

    private static OpenApiParameter Id() => CommonParameters.Path("id", KpiSchemas.Kpi(), new("Which figure", "指标编号"), "K03");
}
