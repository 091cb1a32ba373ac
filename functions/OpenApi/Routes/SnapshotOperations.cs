using FriendCity.ExportApi;
using FriendCity.Http.Errors;
using FriendCity.ImportApi;
using FriendCity.OpenApi.Building;
using FriendCity.Snapshots;
using FriendCity.Snapshots.Contracts;
using Microsoft.OpenApi;

namespace FriendCity.OpenApi.Routes;

/// <summary>What can be asked of snapshots, and of the operations that make them.</summary>
internal sealed class SnapshotOperations(Components components, CommonParameters parameters)
{
    private const string Tag = "snapshots";
    private const string Followed = "operations";

    private static readonly string[] ColumnTypes = [.. Enum.GetNames<ColumnType>().Select(name => name.ToLowerInvariant())];

    private static readonly ProblemCode[] Found = [Problems.BadParameter, Problems.NotFound];

    private static readonly ProblemCode[] Bytes = [.. Found, Problems.Stale, Problems.RangeNotSatisfiable];

    public static IReadOnlyList<(string MediaType, IOpenApiSchema? Schema)> FileTypes { get; } =
        [.. SnapshotFormat.All.Concat(SnapshotFormat.Recent).Select(format => format.ContentType.Split(';')[0]).Distinct()
            .Select(type => (type, (IOpenApiSchema?)null))];

    public IEnumerable<ApiOperation> All() => [.. Made(), .. Read(), .. Operations()];

    public IOpenApiSchema Published() => components.Schema("PublishedSnapshot", () => SchemaKit.Object(new("A published snapshot", "已发布的快照"),
        ("id", SchemaKit.String()), ("snapshotDate", SchemaKit.Day()), ("provisional", SchemaKit.Flag(new("Its day was not over", "当日尚未结束"))),
        ("publishedAt", SchemaKit.Instant()), ("operation", SchemaKit.String(nullable: true)), ("supersededBy", SchemaKit.String(nullable: true)),
        ("supersededAt", SchemaKit.Instant(nullable: true))));

    private IEnumerable<ApiOperation> Made()
    {
        yield return new("Snapshots", "GET", "/api/v1/snapshots", "listSnapshots", Tag, new("List the snapshots", "快照列表"))
        {
            Answers =
            [
                ApiAnswer.Of(components.Schema("SnapshotList", () => SchemaKit.Object(
                    null, ("value", SchemaKit.List(Published())), ("nextLink", RecordSchemas.NextLink()))), new("The newest first", "最新的在前")),
            ],
            Problems = [Problems.BadParameter],
        };
        yield return new("Snapshots", "POST", "/api/v1/snapshots", "makeSnapshot", Tag, new("Make a snapshot, or back-fill days", "生成快照或回填"))
        {
            Parameters =
            [
                CommonParameters.Own("date", SchemaKit.Day(), new("The day; today's, provisional, where nothing is said", "日期；默认为当日（临时）")),
                CommonParameters.Own("from", SchemaKit.Day(), new("First day of a back-fill", "回填的首日")),
                CommonParameters.Own("to", SchemaKit.Day(), new("Its last day; yesterday where nothing is said", "回填的末日；默认为昨日")),
                CommonParameters.Own("step", SchemaKit.Word(["month", "day"]), new("Each month's end, or each day", "按月末或按日")),
                parameters.IdempotencyKey(),
            ],
            Answers = [Accepted("Location")],
            Problems = RecordOperations.Keyed,
        };
        yield return new("SnapshotVerify", "POST", "/api/v1/snapshots/{id}/verify", "verifySnapshot", Tag, new("Verify a snapshot", "校验快照"))
        {
            Parameters = [Id("id"), parameters.IdempotencyKey()],
            Answers = [Accepted("Location")],
            Problems = [.. Found, .. RecordOperations.Keyed],
        };
    }

    private IEnumerable<ApiOperation> Read()
    {
        yield return new("Snapshot", "GET", "/api/v1/snapshots/{id}", "getSnapshot", Tag, new("The manifest of a snapshot", "快照清单"))
        {
            Parameters = [Id("id"), parameters.IfNoneMatch(), parameters.Range()],
            Answers = Whole((ApiAnswer.Json, components.Schema("SnapshotManifest", Manifest))),
            Problems = Bytes,
        };
        yield return new("SnapshotFile", "GET", "/api/v1/snapshots/{id}/files/{name}", "getSnapshotFile", Tag, new("A file of a snapshot", "快照文件"))
        {
            Parameters =
            [
                Id("id"), CommonParameters.Path("name", SchemaKit.String(), new("As the manifest names it", "清单中的文件名"), "kpi_daily.parquet"),
                parameters.IfNoneMatch(), parameters.Range(),
            ],
            Answers = Whole([.. FileTypes]),
            Problems = Bytes,
        };
        yield return new("SnapshotCompare", "GET", "/api/v1/snapshots/{a}/compare/{b}", "compareSnapshots", Tag,
            new("What differs between two snapshots", "比较两个快照"))
        {
            Parameters =
            [
                Id("a"), Id("b"), CommonParameters.Own("top", SchemaKit.Integer(0, 10_000, 100), new("Differences shown a table", "每表列出的差异数")),
            ],
            Answers = [ApiAnswer.Of(components.Schema("SnapshotComparison", Comparison), new("The differences", "差异"))],
            Problems = Found,
        };
    }

    private IEnumerable<ApiOperation> Operations()
    {
        IOpenApiParameter[] place = [Id("id"), parameters.Language()];
        yield return new("Operation", "GET", "/api/v1/operations/{id}", "getOperation", Followed, new("How far an operation is", "查询操作进度"))
        {
            Parameters = place,
            Answers = [ApiAnswer.Of(Operation(), new("Its state", "操作状态"))],
            Problems = Found,
        };
        yield return new("Operation", "DELETE", "/api/v1/operations/{id}", "cancelOperation", Followed, new("Ask an operation to end", "取消操作"))
        {
            Parameters = place,
            Answers = [ApiAnswer.Of(Operation(), new("Its state", "操作状态"))],
            Problems = Found,
        };
    }

    /// <summary>A file whole, in part, or not at all to who has it already.</summary>
    public static IReadOnlyList<ApiAnswer> Whole(params (string MediaType, IOpenApiSchema? Schema)[] content) =>
    [
        new(200, new("The whole", "全部内容"), content, "ETag"),
        new(206, new("The range that was asked for", "所请求的范围"), [.. content.Select(each => (each.MediaType, (IOpenApiSchema?)null))], "ETag"),
        ApiAnswer.NotModified,
    ];

    /// <param name="headers">Besides those of all answers.</param>
    public ApiAnswer Accepted(params string[] headers) => ApiAnswer.Of(
        Operation(), new("Begun; Location says where to follow it", "已开始；进度地址见 Location"), 202, [.. headers, RecordOperations.Replayed]);

    private IOpenApiSchema Operation() => components.Schema("Operation", () => SchemaKit.Object(new("Work that takes longer than a request", "长时间操作"),
        ("id", SchemaKit.String()),
        ("kind", SchemaKit.Word([SnapshotJobs.Snapshot, SnapshotJobs.Backfill, SnapshotJobs.Verify, ImportJobs.Import, ExportJobs.Export, ""])),
        ("state", SchemaKit.Word(["queued", "running", "succeeded", "failed", "cancelled"])),
        ("done", SchemaKit.Count(new("Steps done", "已完成的步骤"))), ("total", SchemaKit.Count(new("Steps in all; 0 before it is known", "步骤总数；未知时为 0"))),
        ("cancelRequested", SchemaKit.Flag()), ("actor", SchemaKit.String()), ("createdAt", SchemaKit.Instant()), ("updatedAt", SchemaKit.Instant()),
        ("snapshot", SchemaKit.String(nullable: true)), ("current", SchemaKit.Flag(nullable: true)),
        ("import", SchemaKit.OrNull(SchemaKit.Object(new("What became of an import's rows", "导入各行的结果"),
            ("type", SchemaKit.String()), ("dryRun", SchemaKit.Flag()), ("inserted", SchemaKit.Count()), ("updated", SchemaKit.Count()),
            ("unchanged", SchemaKit.Count()), ("skippedDiffers", SchemaKit.Count()), ("skippedDeleted", SchemaKit.Count()),
            ("refused", SchemaKit.Count())))),
        ("file", SchemaKit.String(new("The address of the file it made", "所生成文件的地址"), nullable: true)),
        ("note", SchemaKit.String(nullable: true)),
        ("error", SchemaKit.OrNull(SchemaKit.Object(null,
            ("code", SchemaKit.String()), ("title", SchemaKit.String()), ("detail", SchemaKit.String(nullable: true)))))));

    // Manifests of earlier versions lack some members.
    private static OpenApiSchema Manifest() => SchemaKit.Object(new("What a snapshot holds", "快照内容清单"),
        ("id", SchemaKit.String()), ("snapshotDate", SchemaKit.Day()), ("provisional", SchemaKit.Flag()), ("createdAt", SchemaKit.Instant()),
        ("schemaMajor", SchemaKit.Count()), ("appVersion", SchemaKit.String()), ("watermark", SchemaKit.Instant()),
        ("historyFrom", SchemaKit.String(nullable: true)), ("operation", SchemaKit.String(nullable: true)), ("days", SchemaKit.List(SchemaKit.Day())),
        ("quarantined", SchemaKit.Object(null, ("rows", SchemaKit.Count()), ("first", SchemaKit.List(SchemaKit.Object(null,
            ("type", SchemaKit.String()), ("id", SchemaKit.String()), ("reason", SchemaKit.String())))))),
        ("missingVersions?", SchemaKit.Object(null, ("records", SchemaKit.Count()), ("first", SchemaKit.List(SchemaKit.Object(null,
            ("type", SchemaKit.String()), ("id", SchemaKit.String()), ("versions", SchemaKit.String())))))),
        ("damaged?", SchemaKit.List(SchemaKit.String())),
        ("views?", SchemaKit.List(SchemaKit.Object(new("The office's views when it was made", "生成时的视图设置"),
            ("name", SchemaKit.String()), ("asOf", SchemaKit.OrNull(SchemaKit.Day())), ("scope", SchemaKit.String()),
            ("scenarios", SchemaKit.List(SchemaKit.String())), ("baseline", SchemaKit.OrNull(SchemaKit.Day()))))),
        ("files", Files()), ("tables", Tables()),
        ("majors?", SchemaKit.Map(SchemaKit.Object(new("What another contract has otherwise", "另一契约的不同之处"),
            ("files", Files()), ("tables", Tables())))),
        ("checks", SchemaKit.List(SchemaKit.Object(null, ("name", SchemaKit.String()), ("checked", SchemaKit.Count())))));

    private static OpenApiSchema Files() => SchemaKit.List(SchemaKit.Object(null,
        ("name", SchemaKit.String()), ("table", SchemaKit.String()),
        ("format", SchemaKit.Word(SnapshotFormat.All.Concat(SnapshotFormat.Recent).Select(format => format.Name))),
        ("rows", SchemaKit.Count()), ("bytes", SchemaKit.Count()), ("sha256", SchemaKit.String()),
        ("from?", SchemaKit.Day())));

    private static OpenApiSchema Tables() => SchemaKit.Map(SchemaKit.Object(null,
        ("rows", SchemaKit.Count()), ("leftOut", SchemaKit.Count()), ("key", SchemaKit.List(SchemaKit.String())),
        ("columns", SchemaKit.List(SchemaKit.Object(null,
            ("name", SchemaKit.String()), ("type", SchemaKit.Word(ColumnTypes)), ("nullable", SchemaKit.Flag()),
            ("unit", SchemaKit.String(nullable: true)),
                ("description", SchemaKit.Object(null, ("en", SchemaKit.String()), ("zh", SchemaKit.String()))))))));

    private static OpenApiSchema Comparison() => SchemaKit.Object(null,
        ("from", SchemaKit.String()), ("to", SchemaKit.String()),
        ("tables", SchemaKit.Map(SchemaKit.Object(null,
            ("added", SchemaKit.Count()), ("removed", SchemaKit.Count()), ("changed", SchemaKit.Count()),
            ("differences", SchemaKit.List(SchemaKit.Object(null,
                ("change", SchemaKit.Word(["added", "removed", "changed"])), ("key", SchemaKit.Map(null)),
                ("columns", SchemaKit.Map(SchemaKit.Object(null, ("from", new OpenApiSchema()), ("to", new OpenApiSchema())))))))))));

    public static OpenApiParameter Id(string name) =>
        CommonParameters.Path(name, SchemaKit.String(), new("Its id", "编号"));
}
