using System.Text.Json.Nodes;
using FriendCity.ImportApi;
using FriendCity.Kpis.Model;
using FriendCity.Messages;
using FriendCity.OpenApi.Building;
using FriendCity.Records;
using FriendCity.RecordsApi;
using Microsoft.OpenApi;

namespace FriendCity.OpenApi.Routes;

/// <summary>Parameters that several addresses take.</summary>
internal sealed class CommonParameters(Components components, KpiPresets presets)
{
    private const string Cursor = "Where to go on: comes with nextLink, and is good for the same question and caller for 30 days";

    public IOpenApiParameter IfMatch() => Header("IfMatch", "If-Match", new(
        "The ETag of the version that is to be changed. Required; without it 428.", "要修改的版本的 ETag。必填；缺少时返回 428。"), "\"1\"", isTried: true);

    /// <summary>For a PUT, which may also make what is not there yet.</summary>
    public IOpenApiParameter IfMatchWhereThere() => Header("IfMatchWhereThere", "If-Match", new(
        "The ETag of the version that is to be replaced; leave it out to make a record.", "要替换的版本的 ETag；新建记录时省略。"), "\"1\"");

    /// <summary>For whatever changes something and may be sent again.</summary>
    public IOpenApiParameter IdempotencyKey() => Header("IdempotencyKey", Http.IdempotencyKey.Header, new(
        $"A name for this request, 1 to {Http.IdempotencyKey.MaxLength} visible ASCII characters such as a UUID. For 24 hours the same request of "
            + "the same caller has one effect and one answer, however often it is sent.",
        $"本次请求的名称，1 至 {Http.IdempotencyKey.MaxLength} 个可见 ASCII 字符（例如 UUID）。24 小时内，同一调用方重复发送同一请求只生效一次，应答相同。"),
        "3f0d6f0e-5d55-4a4e-9f0a-0d8a4f6f7c11");

    public IOpenApiParameter IfNoneMatch() => Header("IfNoneMatch", "If-None-Match", new(
        "The ETag that the caller holds: 304 when it still is the one.", "调用方持有的 ETag：内容未变时返回 304。"), "\"1\"");

    public IOpenApiParameter NothingThere() => Header("NothingThere", "If-None-Match", new(
        "* makes the record only if there is none.", "* 表示仅在记录不存在时新建。"), "*");

    public IOpenApiParameter Range() => Header("Range", "Range", new("One range of bytes.", "一个字节范围。"), "bytes=0-1023");

    public IOpenApiParameter Language() => Header("AcceptLanguage", "Accept-Language", new(
        "zh for Chinese, else English: of titles, details, reasons and sentences.", "zh 为中文，否则为英文：用于标题、说明、原因与语句。"), "zh-CN");

    public IOpenApiParameter Prefer() => Header("Prefer", "Prefer", new(
        "stale-ok answers from memory at once; stale-ok; max-age=5 when that is at most 5 seconds old.",
        "stale-ok 立即以内存数据应答；stale-ok; max-age=5 则要求数据不超过 5 秒。"), "stale-ok");

    public IOpenApiParameter WritePreference() => Header("WritePreference", "Prefer", new(
        "tx=dry-run checks and answers as the write would, and stores nothing; return=minimal spares the record in the answer; handling=strict "
            + "refuses a preference that cannot be followed.",
        "tx=dry-run 按实际写入检查并应答，但不保存；return=minimal 应答不含记录；handling=strict 拒绝无法采用的偏好。"), "tx=dry-run");

    public IOpenApiParameter ImportPreference() => Header("ImportPreference", "Prefer", new(
        "max-affected=N: when more records would be written, nothing is.", "max-affected=N：受影响的记录超过 N 条时全部不写入。"),
        $"{ImportRequest.MaxAffected}=100");

    /// <summary>Of types whose records may be alike and both be real.</summary>
    public IReadOnlyList<IOpenApiParameter> Duplicates(RecordType type) => type.TakesDuplicates
        ? [Query(RecordWrites.AllowDuplicate, SchemaKit.Flag(), new(
            "true stores a record that is alike another where both may be real.", "true 表示两条相似记录确实并存，仍予保存。"))] : [];

    public IOpenApiParameter KnownAt() => Query("knownAt", SchemaKit.Instant(), new(
        "The answer as the registry would have given it at that instant.", "按登记系统在该时刻所知给出应答。"));

    public IOpenApiParameter After() => Query("cursor", SchemaKit.String(), new(Cursor, "续页位置：随 nextLink 返回，对同一查询和同一调用方 30 天内有效"));

    public IOpenApiParameter Top(int standard, int max) => Query("$top", SchemaKit.Integer(1, max, standard), new(
        $"How many on a page, 1 to {max}", $"每页条数，1 至 {max}"));

    public IOpenApiParameter AsOf() => Query("asOf", SchemaKit.Day(), new(
        "The day of the figures; today's in the office where nothing is said.", "指标日期；默认为本单位当日。"), "2024-03-25");

    public IOpenApiParameter Day(string name, Text about) => Query(name, SchemaKit.Day(), about);

    /// <summary>What all figures take, besides the day.</summary>
    public IReadOnlyList<IOpenApiParameter> Figures() =>
    [
        Query("view", SchemaKit.Word(presets.Names), new(
            "A named choice of day, scope, evidence and baseline; the others override it.", "预设的日期、范围、证据与基线；其他参数优先于它。"), presets.Standard.Name),
        Query("scope", SchemaKit.String(), new(
            $"The countries: {KpiScopes.Offered.En}, or the id of one of /api/v1/scopes", $"国家范围：{KpiScopes.Offered.Zh}，或 /api/v1/scopes 中的编号"),
            "SCO17_ARTICLE"),
        Query("scenarios", SchemaKit.String(), new(
            $"Sets of evidence with commas between: all, or some of {string.Join(", ", Provenance.Scenarios)}",
            $"证据集，以逗号分隔：all，或 {string.Join("、", Provenance.Scenarios)} 中的若干项"), "ARTICLE"),
        Query("baseline", SchemaKit.Day(), new("The day against which growth is told", "计算增幅的基线日期"), "2018-06-09"),
        KnownAt(),
        Query("window", SchemaKit.Integer(1, 120, KpiContext.StandardWindow), new(
            "Months of activity that some figures look back on", "部分指标回溯的月数")),
        Language(),
        Prefer(),
    ];

    public IOpenApiParameter Query(string name, IOpenApiSchema schema, Text about, string? example = null) =>
        components.Parameter(name.TrimStart('$'), () => Plain(name, ParameterLocation.Query, schema, about, example));

    /// <summary>One that has other values at each address, and so no name in the document.</summary>
    public static OpenApiParameter Own(string name, IOpenApiSchema schema, Text about, string? example = null, bool required = false)
    {
        var parameter = Plain(name, ParameterLocation.Query, schema, about, example);
        parameter.Required = required;
        return parameter;
    }

    public static OpenApiParameter Path(string name, IOpenApiSchema schema, Text about, string? example = null)
    {
        var parameter = Plain(name, ParameterLocation.Path, schema, about, example);
        parameter.Required = true;
        return parameter;
    }

    /// <param name="isTried">
    /// Whether the reference sends the example with a request that a reader tries. A preference, a key of one request or a part of the
    /// answer changes what he gets: he chooses it.
    /// </param>
    private IOpenApiParameter Header(string name, string header, Text about, string example, bool isTried = false) => components.Parameter(name, () =>
    {
        var parameter = Plain(header, ParameterLocation.Header, SchemaKit.String(), about, isTried ? example : null);
        if (!isTried)
            parameter.Examples = new Dictionary<string, IOpenApiExample> { ["chosen"] = Chosen(example) };
        return parameter;
    });

    private static OpenApiExample Chosen(string example) => new()
    {
        Value = JsonValue.Create(example),
        Extensions = new Dictionary<string, IOpenApiExtension> { ["x-disabled"] = new JsonNodeExtension(JsonValue.Create(true)) },
    };

    private static OpenApiParameter Plain(string name, ParameterLocation place, IOpenApiSchema schema, Text about, string? example) => new()
    {
        Name = name,
        In = place,
        Schema = schema,
        Description = SchemaKit.Both(about),
        Example = example is null ? null : JsonValue.Create(example),
    };
}
