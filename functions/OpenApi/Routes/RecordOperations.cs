using System.Text.Json.Nodes;
using FriendCity.Http.Errors;
using FriendCity.OpenApi.Building;
using FriendCity.Records;
using FriendCity.RecordsApi;
using FriendCity.RecordsApi.Exports;
using FriendCity.RecordsApi.Files;
using FriendCity.RecordsApi.Lists;
using Microsoft.OpenApi;

namespace FriendCity.OpenApi.Routes;

/// <summary>What can be asked of each record type: the same for all, with the bodies of its own.</summary>
internal sealed class RecordOperations(RecordSchemas schemas, CommonParameters parameters, Examples examples)
{
    /// <summary>What comes of an Idempotency-Key.</summary>
    internal static readonly ProblemCode[] Keyed =
        [Problems.BadParameter, Problems.IdempotencyInFlight, Problems.IdempotencyKeyReused, Problems.UnreadableRow];

    /// <summary>The parts of a write's refusals that all writes share.</summary>
    private static readonly ProblemCode[] Written = [.. Keyed, Problems.NotAcceptable, Problems.OutcomeUnknown, Problems.TooLarge];

    private static readonly ProblemCode[] Bodies = [Problems.MalformedJson, Problems.BadRequest, Problems.UnsupportedMediaType, Problems.Invalid];

    private static readonly ProblemCode[] Conditions =
        [Problems.NotFound, Problems.Gone, Problems.Stale, Problems.AlreadyExists, Problems.PreconditionRequired];

    private static readonly ProblemCode[] Reading = [Problems.BadParameter, Problems.NotAcceptable, Problems.NotFound, Problems.UnreadableRow];

    /// <summary>How a change of a record in part is refused.</summary>
    internal static readonly ProblemCode[] Changes = [.. Written, .. Bodies, .. Conditions, Problems.Duplicate];

    internal const string Replayed = Http.IdempotencyKey.Replayed;

    private static readonly ApiAnswer Minimal = new(204, new("Done; with Prefer: return=minimal", "已完成；仅在 Prefer: return=minimal 时"), [],
        "ETag", "Location", "Preference-Applied", Replayed);

    /// <summary>What a change of a record in part takes besides its body.</summary>
    internal IReadOnlyList<IOpenApiParameter> Changing(RecordType type) =>
        [parameters.IfMatch(), parameters.WritePreference(), parameters.IdempotencyKey(), .. parameters.Duplicates(type)];

    internal IReadOnlyList<ApiAnswer> Changed(RecordType type) =>
        [ApiAnswer.Of(schemas.Record(type), new("As it is stored now", "当前保存的内容"), 200, "ETag", "Preference-Applied", Replayed), Minimal];

    public IEnumerable<ApiOperation> Of(RecordType type) => [List(type), Create(type), .. Item(type), .. Parts(type), .. Files(type)];

    private ApiOperation List(RecordType type) => new("XRecords", "GET", $"/api/v1/{type.Name}", $"list{Plural(type)}", type.Name,
        new($"List {Lower(type.Label.En)}", $"{type.Label.Zh}列表"))
    {
        Parameters =
        [
            .. Questions(type),
            parameters.Query("$count", SchemaKit.Flag(), new(
                "true adds how many there are on all pages; with format json", "true 表示同时返回合计条数；仅适用于 json 格式")),
            parameters.Top(ListRequest.StandardPage, ListRequest.LargestPage),
            parameters.After(),
            .. ExportOperations.Form(FileFormat.OfLists),
            parameters.Language(),
            parameters.Prefer(),
        ],
        Answers =
        [
            new(200, new("A page", "一页"), [(ApiAnswer.Json, schemas.List(type)), .. FileFormat.Files.Select(each => (each.MediaType,
                (IOpenApiSchema?)null))], "Age", "Preference-Applied", "Changes-Cursor", "Link"),
        ],
        Problems = [Problems.BadParameter, Problems.CursorInvalid, Problems.NotAcceptable, .. ExportOperations.Refusals],
    };

    /// <summary>Which records, in which order and how much of each.</summary>
    internal IEnumerable<IOpenApiParameter> Questions(RecordType type) =>
    [
        CommonParameters.Own("$filter", SchemaKit.String(), new("Conditions (docs/lists.md)", "筛选条件（docs/lists.md）"), examples.Filter(type)),
        parameters.Query("$search", SchemaKit.String(), new(
            "Words that all stand in a name or title, in any language", "名称或标题中须全部包含的词，语言不限")),
        CommonParameters.Own("$orderby", SchemaKit.String(), new(
            "Up to four fields, each with asc or desc; ties go by id", "至多四个字段，各可加 asc 或 desc；相同时按编号"), "id desc"),
        CommonParameters.Own("$select", SchemaKit.String(), new(
            $"Fields to show: {string.Join(", ", type.Members.Select(field => field.Name))}, version, changedAt, actor; id always is",
            "要返回的字段；始终包含 id"), type.Members[0].Name),
        parameters.KnownAt(),
    ];

    private ApiOperation Create(RecordType type) => new("XRecords", "POST", $"/api/v1/{type.Name}", $"create{type.EntityName}", type.Name,
        new($"Create one of {Lower(type.Label.En)}", $"新建{type.Label.Zh}"))
    {
        Parameters = [parameters.WritePreference(), parameters.IdempotencyKey(), .. parameters.Duplicates(type)],
        Body = Body(schemas.Input(type), ApiAnswer.Json, examples.Create(type)),
        Answers = [ApiAnswer.Of(schemas.Record(type), new("Made", "已新建"), 201, "ETag", "Location", "Preference-Applied", Replayed), Minimal],
        Problems = [.. Written, .. Bodies, Problems.Exists, Problems.Duplicate],
    };

    private IEnumerable<ApiOperation> Item(RecordType type)
    {
        var (path, name) = ($"/api/v1/{type.Name}/{{id}}", type.EntityName);
        var stored = ApiAnswer.Of(schemas.Record(type), new("As it is stored now", "当前保存的内容"), 200, "ETag", Replayed);
        yield return new("XRecord", "GET", path, $"get{name}", type.Name, new($"Read one of {Lower(type.Label.En)}", $"读取{type.Label.Zh}"))
        {
            Parameters = [Id(type), parameters.KnownAt(), parameters.IfNoneMatch(), parameters.Prefer()],
            Answers =
            [
                ApiAnswer.Of(schemas.Record(type), new("The record", "记录"), 200, "ETag", "Age", "Preference-Applied"), ApiAnswer.NotModified,
            ],
            Problems = [.. Reading, Problems.Gone, Problems.Stale],
        };
        yield return new("XRecord", "PUT", path, $"put{name}", type.Name,
            new($"Make or replace one of {Lower(type.Label.En)}", $"新建或替换{type.Label.Zh}"))
        {
            Parameters =
            [
                Id(type), parameters.IfMatchWhereThere(), parameters.NothingThere(), parameters.WritePreference(), parameters.IdempotencyKey(),
                .. parameters.Duplicates(type),
            ],
            Body = Body(schemas.Input(type), ApiAnswer.Json, examples.Create(type)),
            Answers = [stored, ApiAnswer.Of(schemas.Record(type), new("Made", "已新建"), 201, "ETag", "Location", Replayed), Minimal],
            Problems = [.. Written, .. Bodies, .. Conditions, Problems.Duplicate],
        };
        yield return new("XRecord", "PATCH", path, $"patch{name}", type.Name,
            new($"Change fields of one of {Lower(type.Label.En)}", $"修改{type.Label.Zh}的字段"))
        {
            About = new("A merge patch (RFC 7396): null empties a field, a list replaces the list.", "合并补丁（RFC 7396）：null 清空字段，列表整体替换。"),
            Parameters = [Id(type), .. Changing(type)],
            Body = Body(schemas.Patch(type), MergePatch.MediaType, examples.Patch(type)),
            Answers = [stored, Minimal],
            Problems = Changes,
        };
        yield return new("XRecord", "DELETE", path, $"delete{name}", type.Name,
            new($"Delete one of {Lower(type.Label.En)}", $"删除{type.Label.Zh}"))
        {
            About = new("It can be restored, and its history remains.", "可恢复，历史仍保留。"),
            Parameters = [Id(type), parameters.IfMatch(), parameters.WritePreference(), parameters.IdempotencyKey()],
            Answers = [new(204, new("Deleted", "已删除"), [], "ETag", "Preference-Applied", Replayed)],
            Problems = [.. Written, .. Conditions, Problems.Referenced],
        };
    }

    private IEnumerable<ApiOperation> Parts(RecordType type)
    {
        var (path, name) = ($"/api/v1/{type.Name}/{{id}}", type.EntityName);
        yield return new("XRecordHistory", "GET", $"{path}/history", $"list{name}History", type.Name,
            new($"Every version of one of {Lower(type.Label.En)}", $"{type.Label.Zh}的全部版本"))
        {
            Parameters = [Id(type)],
            Answers = [ApiAnswer.Of(schemas.History(type), new("The versions", "各版本"))],
            Problems = Reading,
        };
        yield return new("XRecordRestore", "POST", $"{path}/restore", $"restore{name}", type.Name,
            new($"Undo the deletion of one of {Lower(type.Label.En)}", $"恢复已删除的{type.Label.Zh}"))
        {
            Parameters = [Id(type), .. Changing(type)],
            Answers = [ApiAnswer.Of(schemas.Record(type), new("The record lives", "记录已恢复"), 200, "ETag", Replayed), Minimal],
            Problems =
            [
                .. Written, Problems.NotFound, Problems.Stale, Problems.AlreadyExists, Problems.PreconditionRequired, Problems.Invalid,
                Problems.Duplicate,
            ],
        };
        yield return new("XRecordRevert", "POST", $"{path}/revert", $"revert{name}", type.Name,
            new($"Give one of {Lower(type.Label.En)} the fields of an older version", $"将{type.Label.Zh}恢复为旧版本的内容"))
        {
            About = new("As a new version, by today's rules; its files stay as they are.", "作为新版本写入，按现行规则检查；附件保持不变。"),
            Parameters =
            [
                Id(type), CommonParameters.Own("version", SchemaKit.Count(), new("Which version", "版本"), required: true), .. Changing(type),
            ],
            Answers = Changed(type),
            Problems = [.. Written, .. Conditions, Problems.Invalid, Problems.Duplicate],
        };
        yield return new("XRecordAttachments", "GET", $"{path}/attachments", $"list{name}Attachments", type.Name,
            new($"The files of one of {Lower(type.Label.En)}", $"{type.Label.Zh}的附件列表"))
        {
            Parameters = [Id(type), parameters.Prefer()],
            Answers = [ApiAnswer.Of(schemas.Attachments(), new("The files", "附件"), 200, "Age", "Preference-Applied")],
            Problems = [.. Reading, Problems.Gone],
        };
    }

    private IEnumerable<ApiOperation> Files(RecordType type)
    {
        var (path, name) = ($"/api/v1/{type.Name}/{{id}}/attachments/{{name}}", type.EntityName);
        string[] types = AttachmentRules.MediaTypes.Split(", ");
        IOpenApiParameter[] place =
        [
            Id(type), CommonParameters.Path("name", SchemaKit.String(), new("File name", "文件名"), "letter.pdf"),
        ];
        yield return new("XRecordAttachment", "GET", path, $"get{name}Attachment", type.Name, new("Download a file", "下载附件"))
        {
            Parameters = [.. place, parameters.IfNoneMatch()],
            Answers = [new(200, new("The file", "附件"), [.. types.Select(each => (each, (IOpenApiSchema?)null))], "ETag"), ApiAnswer.NotModified],
            Problems = [Problems.BadParameter, Problems.NotFound, Problems.Gone, Problems.Stale],
        };
        yield return new("XRecordAttachment", "PUT", path, $"put{name}Attachment", type.Name, new("Store a file", "上传附件"))
        {
            About = new($"At most {AttachmentRules.MaxBytes} bytes, and {AttachmentRules.MaxFiles} files a record.",
                $"单个附件最大 {AttachmentRules.MaxBytes} 字节，每条记录最多 {AttachmentRules.MaxFiles} 个附件。"),
            Parameters = [.. place, parameters.IfMatch(), parameters.WritePreference(), parameters.IdempotencyKey()],
            Body = new OpenApiRequestBody
            {
                Required = true,
                Content = types.ToDictionary(each => each, _ => (IOpenApiMediaType)new OpenApiMediaType()),
            },
            Answers = [ApiAnswer.Of(schemas.Record(type), new("The record with the file", "包含该附件的记录"), 200, "ETag", Replayed), Minimal],
            Problems =
            [
                .. Keyed, Problems.BadRequest, Problems.OutcomeUnknown, .. Conditions, Problems.TooLarge,
                Problems.UnsupportedMediaType, Problems.Invalid, Problems.NoRoom,
            ],
        };
        yield return new("XRecordAttachment", "DELETE", path, $"delete{name}Attachment", type.Name, new("Drop a file", "移除附件"))
        {
            Parameters = [.. place, parameters.IfMatch(), parameters.WritePreference(), parameters.IdempotencyKey()],
            Answers = [ApiAnswer.Of(schemas.Record(type), new("The record without the file", "移除附件后的记录"), 200, "ETag", Replayed), Minimal],
            Problems = [.. Keyed, Problems.OutcomeUnknown, .. Conditions],
        };
    }

    internal OpenApiParameter Id(RecordType type) => CommonParameters.Path(
        "id", FieldSchemas.Id(nullable: false, SchemaKit.Both(new("Id of the record", "记录编号"))), new("Id of the record", "记录编号"), examples.Id(type));

    internal static OpenApiRequestBody Body(IOpenApiSchema schema, string mediaType, JsonNode? example)
    {
        var content = new Dictionary<string, IOpenApiMediaType> { [mediaType] = new OpenApiMediaType { Schema = schema, Example = example } };
        // A plain JSON body is taken for a patch, too.
        content.TryAdd(ApiAnswer.Json, new OpenApiMediaType { Schema = schema });
        return new OpenApiRequestBody { Required = true, Content = content };
    }

    internal static string Plural(RecordType type) =>
        string.Concat(type.Name.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    internal static string Lower(string label) =>
        label.Length > 1 && char.IsUpper(label[1]) ? label : char.ToLowerInvariant(label[0]) + label[1..];
}
