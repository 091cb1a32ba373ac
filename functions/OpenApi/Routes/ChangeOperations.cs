using FriendCity.Http.Errors;
using FriendCity.OpenApi.Building;
using FriendCity.RecordsApi.Changes;
using Microsoft.OpenApi;

namespace FriendCity.OpenApi.Routes;

/// <summary>What can be asked of the records of all types at once.</summary>
internal sealed class ChangeOperations(Components components, CommonParameters parameters)
{
    private const string Tag = "changes";

    public IEnumerable<ApiOperation> All() => [Changes()];

    private ApiOperation Changes() => new("Changes", "GET", "/api/v1/changes", "listChanges", Tag,
        new("What has changed since, and who changed it", "此后有哪些变更、由谁变更"))
    {
        About = new(
            "Every version is told at least once: keep, of each record, the one with the highest version. Ask again with the cursor of the last "
                + "answer.",
            "每个版本至少给出一次：同一记录以最高版本为准。下次请使用上次应答的 cursor。"),
        Parameters =
        [
            CommonParameters.Own("since", SchemaKit.String(), new(
                "The Changes-Cursor of a list, or the cursor of the last answer", "列表应答头 Changes-Cursor，或上次应答的 cursor")),
            CommonParameters.Own("types", SchemaKit.String(), new("Names of record types with commas between", "以逗号分隔的记录类型名"), "cities,projects"),
            CommonParameters.Own("changedBy", SchemaKit.String(), new("Only what this key or account wrote", "仅限该密钥或账号写入的变更")),
            CommonParameters.Own("from", SchemaKit.Instant(), new("Instead of since: where a span of time begins", "代替 since：时间段的起点"),
                "2026-11-22T00:00:00Z"),
            CommonParameters.Own("to", SchemaKit.Instant(), new("Where the span ends, exclusive; now when left out", "时间段的终点（不含）；省略时为当前")),
            CommonParameters.Own("$top", SchemaKit.Integer(1, ChangeRequest.LargestPage, ChangeRequest.StandardPage), new(
                "After how many a page ends; an import's writes stay together, up to 50 more", "每页条数；同一次导入的写入不拆分，至多再加 50 条")),
            parameters.After(),
            parameters.Prefer(),
        ],
        Answers = [ApiAnswer.Of(Page(), new("A page; it may be empty and yet have a next one", "一页；可能为空但仍有下一页"), 200, "Age", "Preference-Applied")],
        Problems = [Problems.BadParameter, Problems.CursorInvalid, Problems.NotAcceptable, Problems.ChangesExpired],
    };

    private IOpenApiSchema Page() => components.Schema("ChangeList", () => SchemaKit.Object(
        new("A page of changes", "变更的一页"),
        ("value", SchemaKit.List(Change())),
        ("cursor?", SchemaKit.String(new("Where to go on, now or later; with since", "继续读取的位置；仅在使用 since 时给出"))),
        ("nextLink", SchemaKit.String(new("Where more is at hand; null when there is none now", "后续内容的地址；暂无更多时为 null"), "uri", nullable: true))));

    private IOpenApiSchema Change() => components.Schema("Change", () => SchemaKit.Object(
        new("A version of a record", "记录的一个版本"),
        ("type", SchemaKit.String(new("Record type", "记录类型"))),
        ("id", SchemaKit.String(new("Id of the record", "记录编号"))),
        ("version", SchemaKit.Count(new("Its number: of each record the highest counts", "版本号：同一记录以最高者为准"))),
        ("deleted", SchemaKit.Flag(new("The version ended the record", "该版本为删除"))),
        ("changedAt", SchemaKit.Instant(new("When it was written, in storage time", "写入时间（以存储时钟为准）"))),
        ("actor", SchemaKit.String(new("Whose key or account wrote it", "写入该版本的密钥或账号"))),
        ("operationId", SchemaKit.String(new("The write that made it", "产生该版本的写操作"))),
        ("fields", Fields()),
        ("record", Record())));

    private OpenApiSchema Fields() => SchemaKit.OrNull(SchemaKit.List(components.Schema("ChangedField", () => SchemaKit.Object(
        new("A field that the version made different; null when the version before cannot be read", "该版本改变的字段；前一版本无法读取时为 null"),
        ("name", SchemaKit.String(new("Name of the field", "字段名"))),
        ("before", new OpenApiSchema { Description = SchemaKit.Both(new("Its value before", "原值")) }),
        ("after", new OpenApiSchema { Description = SchemaKit.Both(new("Its value after", "新值")) })))));

    private static OpenApiSchema Record()
    {
        var record = SchemaKit.Map(null, new("The whole record as of that version, as its own address answers it; null when it was deleted",
            "该版本的完整记录，与记录地址的应答相同；已删除时为 null"));
        record.Type |= JsonSchemaType.Null;
        return record;
    }
}
