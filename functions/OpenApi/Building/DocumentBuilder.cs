using FriendCity.Access;
using FriendCity.Access.Limits;
using FriendCity.Http;
using FriendCity.Http.Errors;
using FriendCity.Http.Middleware;
using FriendCity.Kpis.Model;
using FriendCity.Messages;
using FriendCity.OpenApi.Routes;
using FriendCity.Records;
using Microsoft.OpenApi;

namespace FriendCity.OpenApi.Building;

/// <summary>Makes the OpenAPI document of this service from its record types, routes, access policy and problems.</summary>
internal static class DocumentBuilder
{
    private static readonly string[] Schemes = ["ApiKey", "Basic", "KeyInQuery", "Account"];

    private static readonly ProblemCode[] ForEverybody = [Problems.Internal, Problems.Overloaded, Problems.StorageUnavailable];

    private static readonly ProblemCode[] ForCallers =
        [.. ForEverybody, Problems.Unauthenticated, Problems.TokenInvalid, Problems.Forbidden, Problems.SignInUnavailable, Problems.RateLimited];

    /// <summary>What every answer tells whose caller is known.</summary>
    private static readonly string[] Rates = ["RateLimit", "RateLimit-Policy"];

    private static readonly (string Name, Text Label)[] Tags =
    [
        ("batch", new("Batches", "批量")), ("changes", new("Changes", "变更")),
        ("kpis", new("Figures", "指标")), ("alerts", new("Alerts and anniversaries", "警示与周年")), ("reports", new("Reports", "简报")),
        ("snapshots", new("Snapshots", "快照")), ("operations", new("Operations", "操作")), ("odata", new("OData feed", "OData 数据源")),
        ("keys", new("Access keys", "访问密钥")), ("agents", new("Agents", "智能体")),
        ("powerbi", new("Power BI", "Power BI")), ("service", new("Pages and probes", "页面与检查")),
    ];

    /// <param name="operations">What the document names, in its order.</param>
    public static OpenApiDocument Build(RecordTypes types, KpiPresets presets, out IReadOnlyList<ApiOperation> operations)
    {
        var document = new OpenApiDocument
        {
            Info = Info(),
            Servers = [new OpenApiServer { Url = "/" }],
            Paths = [],
            Components = new OpenApiComponents
            {
                Schemas = new Dictionary<string, IOpenApiSchema>(),
                Responses = new Dictionary<string, IOpenApiResponse>(),
                Parameters = new Dictionary<string, IOpenApiParameter>(),
                Headers = new Dictionary<string, IOpenApiHeader>(),
                SecuritySchemes = SecuritySchemes(),
            },
            Tags = types.All.Select(type => (type.Name, type.Label)).Concat(Tags)
                .Select(tag => new OpenApiTag { Name = tag.Name, Description = SchemaKit.Both(tag.Label) }
                    .With("x-displayName", SchemaKit.Both(tag.Label))).ToHashSet(),
        };
        var components = new Components(document);
        AddHeaders(components);
        operations = [.. Operations(types, presets, components)];
        foreach (var operation in operations)
            Add(document, components, operation);
        return document;
    }

    private static IEnumerable<ApiOperation> Operations(RecordTypes types, KpiPresets presets, Components components)
    {
        var parameters = new CommonParameters(components, presets);
        var schemas = new RecordSchemas(components, new FieldSchemas(components));
        var records = new RecordOperations(schemas, parameters, new Examples());
        var entries = new EntryOperations(schemas, records);
        var snapshots = new SnapshotOperations(components, parameters);
        var imports = new ImportOperations(components, snapshots, parameters);
        var exports = new ExportOperations(records, snapshots, parameters);
        return
        [
            .. types.All.SelectMany(type => records.Of(type).Concat(entries.Of(type))),
            .. types.All.Select(exports.Of),
            exports.File(),
            .. types.All.SelectMany(imports.Of),
            imports.Report(),
            .. new BatchOperation(components, parameters).All(),
            .. new KpiOperations(new KpiSchemas(components, presets), parameters).All(),
            .. new ChangeOperations(components, parameters).All(),
            .. snapshots.All(),
            .. new KeyOperations(components).All(),
            .. new ServiceOperations(components, parameters).All(),
        ];
    }

    private static void Add(OpenApiDocument document, Components components, ApiOperation operation)
    {
        var needed = AccessPolicy.Needs(operation.Method, operation.Path);
        var made = new OpenApiOperation
        {
            OperationId = operation.Id,
            Tags = new HashSet<OpenApiTagReference> { new(operation.Tag, document) },
            Summary = SchemaKit.Both(operation.Summary),
            Description = Describe(operation, needed),
            Parameters = operation.Parameters.Count > 0 ? [.. operation.Parameters] : null,
            RequestBody = operation.Body,
            Responses = [],
            Security = needed is { } scope ? Security(document, scope) : [],
        };
        foreach (var answer in operation.Answers)
            made.Responses.Add(Status(answer.Status), Answer(components, answer, needed is null ? answer.Headers : [.. answer.Headers, .. Rates]));
        var codes = operation.Problems.Concat(needed is null ? ForEverybody : ForCallers).Distinct();
        foreach (var group in codes.GroupBy(code => code.Status).OrderBy(group => group.Key))
            made.Responses.Add(Status(group.Key), components.Refusal([.. Problems.All.Intersect(group)], operation.IsFeed));
        if (!document.Paths.TryGetValue(operation.Path, out var item))
            document.Paths.Add(operation.Path, item = new OpenApiPathItem());
        ((OpenApiPathItem)item).AddOperation(new HttpMethod(operation.Method), made);
    }

    private static OpenApiResponse Answer(Components components, ApiAnswer answer, string[] headers) => new()
    {
        Description = SchemaKit.Both(answer.About),
        Headers = headers.Length == 0 ? null : headers.ToDictionary(name => name, components.Header),
        Content = answer.Content.Count == 0 ? null : answer.Content.ToDictionary(
            each => each.MediaType, each => (IOpenApiMediaType)new OpenApiMediaType { Schema = each.Schema }),
    };

    private static string Describe(ApiOperation operation, Scopes? needed)
    {
        var scope = needed is { } name ? SchemaKit.Both(new($"Needs the scope {ScopeName(name)}.", $"需要 {ScopeName(name)} 权限。"))
            : SchemaKit.Both(new("Open to all.", "无需密钥。"));
        return operation.About is { } about ? $"{about.En} {about.Zh}\n\n{scope}" : scope;
    }

    private static List<OpenApiSecurityRequirement> Security(OpenApiDocument document, Scopes needed) =>
        [.. Schemes.Select(scheme => new OpenApiSecurityRequirement { [new(scheme, document)] = [ScopeName(needed)] })];

    private static void AddHeaders(Components components)
    {
        components.Header("ETag", SchemaKit.String(), new("Names this version of the content", "内容版本的标识"));
        components.Header("Location", SchemaKit.String(format: "uri"), new("Where it is", "所在地址"));
        components.Header("Age", SchemaKit.Count(), new("Seconds since the records were known to be complete; with stale-ok",
            "数据距最近一次确认完整的秒数；仅 stale-ok"));
        components.Header("Preference-Applied", SchemaKit.String(), new("The preference that was followed", "已采用的偏好"));
        components.Header("Changes-Cursor", SchemaKit.String(), new("Where to follow the changes from: since of /api/v1/changes",
            "变更的起点：用作 /api/v1/changes 的 since"));
        components.Header(IdempotencyKey.Replayed, SchemaKit.Word(["true"]), new("This is the answer of an earlier request with the same key",
            "本应答来自此前使用同一键的请求"));
        components.Header("Link", SchemaKit.String(), new("The next page of a list that is sent as a file, with rel=\"next\"",
            "以文件形式返回的列表的下一页（rel=\"next\"）"));
        components.Header("RateLimit-Policy", SchemaKit.String(), new("How much a caller may ask: q times in w seconds", "每个调用方的配额：w 秒内 q 次"));
        components.Header("RateLimit", SchemaKit.String(), new("What is left: r times, and all again in t seconds", "剩余配额：r 次，t 秒后恢复全部配额"));
        components.Header("Retry-After", SchemaKit.Count(), new("Seconds after which the same request may succeed", "建议重试的秒数"));
    }

    private static Dictionary<string, IOpenApiSecurityScheme> SecuritySchemes() => new()
    {
        ["ApiKey"] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = "X-Api-Key",
            Description = SchemaKit.Both(new("A key of this service (fc_…) with the scopes it was given", "本服务的密钥（fc_…）及其权限")),
        },
        ["Basic"] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "basic",
            Description = SchemaKit.Both(new("Any user name, and the key as password", "用户名任意，密码为密钥")),
        },
        ["KeyInQuery"] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Query,
            Name = Parameters.Code,
            Description = SchemaKit.Both(new("The key, for programs that can send no header (Power BI)", "密钥；用于无法发送请求头的程序（Power BI）")),
        },
        ["Account"] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "JWT",
            Description = SchemaKit.Both(new("A token of the organisation's directory, where it is set up", "组织目录签发的令牌（如已启用）")),
        },
    };

    private static OpenApiInfo Info() => new()
    {
        Title = "FriendCity",
        Version = "1",
        Summary = SchemaKit.Both(new("The registry and figures of a city's friend cities", "友城登记与指标")),
        Description = $"""
            Records of friend cities, ties, projects and activities, and the figures that rest on them.

            - Whatever answers `GET` answers `HEAD` without a body, and `OPTIONS` with the methods in `Allow`.
            - Writes need `If-Match` with the record's ETag. Every refusal is a problem (RFC 9457) with a stable `code`.
            - Scopes are `{ScopeNames.All}`, each granted by itself.
            - Limits: a record's body {JsonBody.MaxBytes} bytes, a query {Parameters.MaxQueryLength} characters, an address 8 KB,
              {Admission.Most} requests at once. One caller may ask {RateOptions.Default.RequestsPerMinute} times a minute and instance, or as often
              as the office has set: `RateLimit-Policy` says it and `RateLimit` what is left; beyond it the answer is 429 with `Retry-After`.

            友城、友好关系、项目与活动的登记，以及由其得出的指标。

            - 凡支持 `GET` 的地址均支持 `HEAD`（无正文）；`OPTIONS` 在 `Allow` 中列出可用方法。
            - 写入须以 `If-Match` 提供记录的 ETag。所有拒绝均为带稳定 `code` 的 RFC 9457 问题。
            - 权限为 `{ScopeNames.All}`，各自独立授予。
            - 限制：单条记录正文 {JsonBody.MaxBytes} 字节，查询 {Parameters.MaxQueryLength} 个字符，地址 8 KB，同时处理 {Admission.Most} 个请求。
              每个调用方对每个实例每分钟最多请求 {RateOptions.Default.RequestsPerMinute} 次，或以本单位设置为准：见 `RateLimit-Policy` 与 `RateLimit`；超出时返回 429 与 `Retry-After`。
            """,
        Contact = new OpenApiContact { Name = "FriendCity" },
    };

    private static string ScopeName(Scopes scope) => scope.ToString().ToLowerInvariant();

    private static string Status(int status) => status.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
