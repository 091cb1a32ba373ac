using FriendCity.Http.Errors;
using FriendCity.Http.Routing;
using FriendCity.Messages;
using FriendCity.OpenApi.Building;
using Microsoft.OpenApi;

namespace FriendCity.OpenApi.Routes;

/// <summary>What can be asked besides records and figures: Power BI's addresses, pages and probes.</summary>
internal sealed class ServiceOperations(Components components, CommonParameters parameters)
{
    private const string PowerBi = "powerbi";
    private const string Service = "service";
    private const string Html = "text/html";

    private static readonly OpenApiSchema Plain = SchemaKit.String();

    private static readonly (string Function, string Name, string Id)[] Connections =
        [("PowerBiConnect", "connect", "getFeedConnection"), ("PowerBiStorage", "storage", "getStorageConnection")];

    public IEnumerable<ApiOperation> All() => [Feed("/odata", "getFeed"), Feed("/odata/{path}", "queryFeed"), Agents(), .. Connect(), .. Pages(),
        .. Documents()];

    private static ApiOperation Agents() => new("Mcp", "POST", "/mcp", "postMcp", "agents", new("For agents", "供智能体使用"))
    {
        About = new("A message of the Model Context Protocol over streamable HTTP, without a session; tools/list tells what can be asked.",
            "Model Context Protocol（streamable HTTP，无会话）的一条消息；tools/list 列出可用工具。"),
        Body = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, IOpenApiMediaType> { [ApiAnswer.Json] = new OpenApiMediaType { Schema = SchemaKit.Map(null) } },
        },
        Answers =
        [
            new(200, new("The answer as an event", "以事件流给出的应答"), [("text/event-stream", Plain)]),
            new(202, new("Taken; there is nothing to answer", "已接收，无需应答"), []),
        ],
        Problems =
        [
            Problems.BadParameter, Problems.MalformedJson, Problems.BadRequest, Problems.TooLarge, Problems.UnsupportedMediaType, Problems.Invalid,
        ],
    };

    private ApiOperation Feed(string path, string id) => new("OData", "GET", path, id, "odata", new("The OData 4.0 feed", "OData 4.0 数据源"))
    {
        About = new(
            "The path may have several segments, such as Cities, Cities('RULED')/Country or Cities/$count; $metadata describes it all. Options are "
                + "$filter, $orderby, $select, $expand, $top, $skip, $count, $search and $format.",
            "path 可含多段，例如 Cities、Cities('RULED')/Country、Cities/$count；$metadata 为完整说明。"
                + "支持 $filter、$orderby、$select、$expand、$top、$skip、$count、$search、$format。"),
        Parameters = path.EndsWith('}') ? [Path("Cities"), parameters.Prefer()] : [],
        Answers =
        [
            new(200, new("Rows, one row, a count, or the description", "数据行、单行、行数或元数据"),
                [(ApiAnswer.Json, SchemaKit.Map(null)), ("application/xml", Plain), ("text/plain", Plain)], "ETag", "Age", "Preference-Applied"),
            new(204, new("The way leads to no row", "没有对应的行"), []),
            ApiAnswer.NotModified,
        ],
        Problems =
        [
            Problems.BadParameter, Problems.BadRequest, Problems.NotFound, Problems.Gone, Problems.NotAcceptable, Problems.CursorInvalid,
            Problems.Stale, Problems.NotImplemented, Problems.UnreadableRow,
        ],
        IsFeed = true,
    };

    private IEnumerable<ApiOperation> Connect()
    {
        var language = Chosen();
        yield return Page("PowerBi", "/powerbi", "getPowerBiGuide", PowerBi, new("How to connect Power BI", "如何连接 Power BI"), Html) with
        {
            Parameters = [language, parameters.Language()],
            Problems = [Problems.BadParameter, Problems.AddressUnknown],
        };
        foreach (var (function, name, id) in Connections)
            yield return new(function, "GET", $"/powerbi/{name}.pbids", id, PowerBi,
                new("A file that opens Power BI Desktop", "打开 Power BI Desktop 的文件"))
            {
                Answers = [ApiAnswer.Of(SchemaKit.Map(null), new("The file", "文件"))],
                Problems = [Problems.BadParameter, Problems.AddressUnknown, Problems.NotFound],
            };
        yield return new("PowerBiProject", "GET", "/powerbi/project.zip", "getPowerBiProject", PowerBi, new("The ready model and report", "现成的模型与报表"))
        {
            Parameters =
            [
                language, parameters.Language(),
                CommonParameters.Own("source", SchemaKit.Word(["http", "blob", "datalake"]),
                    new("What the model reads: this service (http, the standard), or the snapshots' storage account",
                        "模型读取的数据源：本服务（http，默认），或快照所在的存储账户")),
            ],
            Answers = [new(200, new("A Power BI project", "Power BI 项目"), [("application/zip", null)], "ETag"), ApiAnswer.NotModified],
            Problems = [Problems.BadParameter, Problems.AddressUnknown, Problems.NotFound],
        };
        foreach (var (path, id) in new[] { ("/powerbi/data", "listSnapshotData"), ("/powerbi/data/{path}", "getSnapshotData") })
            yield return new("PowerBiData", "GET", path, id, PowerBi, new("The snapshots' container by address", "按地址读取快照容器"))
            {
                About = new("The path may have several segments, such as latest/kpi_daily.parquet; current.json names the current tables.",
                    "path 可含多段，例如 latest/kpi_daily.parquet；current.json 指明当前各表。"),
                Parameters = path.EndsWith('}') ? [Path("current.json"), parameters.IfNoneMatch(), parameters.Range()] : [parameters.Range()],
                Answers = SnapshotOperations.Whole([.. SnapshotOperations.FileTypes]),
                Problems = [Problems.BadParameter, Problems.NotFound, Problems.Stale, Problems.RangeNotSatisfiable],
            };
    }

    private static OpenApiParameter Chosen() =>
        CommonParameters.Own("lang", SchemaKit.Word(["en", "zh", "zh-CN"]), new("Goes before Accept-Language", "优先于 Accept-Language"));

    private IEnumerable<ApiOperation> Pages()
    {
        yield return Page(RouteTable.Fallback, "/", "getStart", Service, new("The start page, or a line for a program", "首页；程序得到一行文字"), Html,
            "text/plain") with
        {
            Parameters = [Chosen(), parameters.Language()],
            Problems = [Problems.BadParameter],
        };
        yield return Page("Dashboard", "/dashboard", "getDashboard", Service, new("The page for leaders", "领导概览页"), Html) with
        {
            Answers = [new(200, new("The page", "网页"), [(Html, Plain)], "ETag"), ApiAnswer.NotModified],
        };
        yield return Page("Dashboard", "/dashboard/{path}", "getDashboardFile", Service, new("A file of that page", "概览页的文件"), Html) with
        {
            Parameters = [Path("app.js")],
            Answers =
            [
                new(200, new("The file", "文件"), [(Html, Plain), ("text/javascript", Plain), ("text/css", Plain), ("image/svg+xml", Plain)], "ETag"),
                ApiAnswer.NotModified,
            ],
            Problems = [Problems.NotFound],
        };
        yield return new("Health", "GET", "/health/{probe}", "getHealth", Service, new("Whether the service lives, or is ready", "存活与就绪检查"))
        {
            Parameters = [CommonParameters.Path("probe", SchemaKit.Word(["live", "ready"]), new("Which", "检查项"), "live")],
            Answers =
            [
                ApiAnswer.Of(components.Schema("Health", () => SchemaKit.Object(null, ("status", SchemaKit.Word(["live", "ready"])))),
                    new("Yes", "正常")),
            ],
            Problems = [Problems.NotFound],
        };
    }

    private IEnumerable<ApiOperation> Documents()
    {
        yield return Page("Docs", "/docs/{page}", "getProblemPage", Service, new("What each problem code means", "错误代码说明"), Html) with
        {
            Parameters = [CommonParameters.Path("page", SchemaKit.Word(["problems"]), new("Which page", "页面"), "problems"), parameters.Language()],
            Problems = [Problems.NotFound],
        };
        yield return Page("Reference", "/docs", "getReference", Service, new("The reference of this API", "接口文档"), Html);
        yield return Page("ReferenceAsset", "/docs/assets/{name}", "getReferenceFile", Service, new("A file of the reference", "接口文档的文件"),
            "text/javascript", "text/css", "image/svg+xml") with
        {
            Parameters = [CommonParameters.Path("name", Plain, new("File name", "文件名"), "start.js")],
            Answers =
            [
                new(200, new("The file", "文件"), [("text/javascript", Plain), ("text/css", Plain), ("image/svg+xml", Plain)], "ETag"),
                ApiAnswer.NotModified,
            ],
            Problems = [Problems.NotFound],
        };
        foreach (var (form, type) in new[] { ("Json", ApiAnswer.Json), ("Yaml", "application/yaml") })
        {
            var schema = form == "Json" ? SchemaKit.Map(null) : Plain;
            yield return new($"OpenApi{form}", "GET", $"/openapi.{form.ToLowerInvariant()}", $"getOpenApi{form}", Service,
                new($"This document as {form.ToUpperInvariant()}", $"本文档（{form.ToUpperInvariant()}）"))
            {
                Parameters = [parameters.IfNoneMatch()],
                Answers = [new(200, new("OpenAPI 3.1", "OpenAPI 3.1"), [(type, schema)], "ETag"), ApiAnswer.NotModified],
                Problems = [Problems.BadParameter, Problems.Stale],
            };
        }
    }

    private static ApiOperation Page(string function, string path, string id, string tag, Text summary, params string[] types) =>
        new(function, "GET", path, id, tag, summary)
        {
            Answers = [new(200, summary, [.. types.Select(type => (type, (IOpenApiSchema?)Plain))])],
        };

    private static OpenApiParameter Path(string example) =>
        CommonParameters.Path("path", SchemaKit.String(), new("What follows in the address", "地址的其余部分"), example);
}
