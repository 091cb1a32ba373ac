using FriendCity.Messages;
using FriendCity.Records;
using FriendCity.Records.Schemas;
using Microsoft.OpenApi;

namespace FriendCity.OpenApi.Building;

/// <summary>
/// The bodies of a record type, from its definition: the record as it is answered, one of a list (which <c>$select</c> may narrow), one of its
/// versions, what a caller sends, and a merge patch.
/// </summary>
internal sealed class RecordSchemas(Components components, FieldSchemas fields)
{
    /// <summary>What the registry adds may be sent back as it was read.</summary>
    private static readonly Text Added = new("Written by the registry; may be sent back unchanged.", "由系统写入；可原样传回。");

    public IOpenApiSchema Record(RecordType type) => components.Schema(type.EntityName, () => Answer(type, whole: true));

    public IOpenApiSchema ListItem(RecordType type) => components.Schema($"{type.EntityName}ListItem", () => Answer(type, whole: false));

    public IOpenApiSchema List(RecordType type) => components.Schema($"{type.EntityName}List", () => SchemaKit.Object(
        new($"A page of {type.Label.En}", $"{type.Label.Zh}的一页"),
        ("count?", SchemaKit.Count(new("How many there are on all pages; with $count=true", "各页合计条数；仅在 $count=true 时给出"))),
        ("value", SchemaKit.List(ListItem(type))),
        ("nextLink", NextLink())));

    public IOpenApiSchema History(RecordType type) => components.Schema($"{type.EntityName}History", () => SchemaKit.Object(
        new("Every version, the oldest first", "全部版本，最早的在前"), ("value", SchemaKit.List(Version(type))), ("nextLink", NextLink())));

    public IOpenApiSchema Input(RecordType type) => components.Schema($"{type.EntityName}Input", () => Sent(type, whole: true));

    public IOpenApiSchema Patch(RecordType type) => components.Schema($"{type.EntityName}Patch", () => Sent(type, whole: false));

    /// <summary>One entry of a list as it is sent, or what is to change of it.</summary>
    public IOpenApiSchema Entry(ValueDomain.Entry entry, bool whole) => whole ? fields.Entry(entry, Use.Sent) : fields.EntryPatch(entry);

    public IOpenApiSchema Attachments() => components.Schema("AttachmentList", () => SchemaKit.Object(
        null, ("value", SchemaKit.List(Attachment())), ("nextLink", NextLink())));

    public static OpenApiSchema NextLink() =>
        SchemaKit.String(new("Where the next page is; null on the last", "下一页地址；最后一页为 null"), "uri", nullable: true);

    private OpenApiSchema Answer(RecordType type, bool whole)
    {
        var members = new Dictionary<string, IOpenApiSchema> { ["id"] = Id() };
        foreach (var (name, schema) in fields.Of(type.Members, Use.Answer))
            members.Add(name, schema);
        members.Add("attachments", SchemaKit.List(Attachment(), new("The record's files", "记录的附件")));
        foreach (var (name, schema) in System())
            members.Add(name, schema);
        return new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = SchemaKit.Both(type.Label),
            Properties = members,
            Required = whole ? members.Keys.ToHashSet() : ["id"],
        };
    }

    private IOpenApiSchema Version(RecordType type) => components.Schema($"{type.EntityName}Version", () => new OpenApiSchema
    {
        AllOf =
        [
            Record(type),
            SchemaKit.Object(null,
                ("deleted", SchemaKit.Flag(new("The version ended the record", "该版本为删除"))),
                ("operationId", SchemaKit.String(new("The write that made the version", "产生该版本的写操作")))),
        ],
    });

    private OpenApiSchema Sent(RecordType type, bool whole)
    {
        var members = new Dictionary<string, IOpenApiSchema> { ["id"] = Id(nullable: true) };
        foreach (var (name, schema) in fields.Of(type.Members, Use.Sent))
            members.Add(name, schema);
        foreach (var (name, schema) in System().Append(("attachments", SchemaKit.List(Attachment())))
            .Append(("deleted", SchemaKit.Flag())).Append(("operationId", SchemaKit.String())))
        {
            (schema.ReadOnly, schema.Description) = (true, SchemaKit.Both(Added));
            members.Add(name, schema);
        }

        return new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = SchemaKit.Both(whole ? type.Label : new($"What is to change of {type.Label.En}", $"要修改的{type.Label.Zh}内容")),
            Properties = members,
            Required = whole ? type.Members.Where(field => field.Required).Select(field => field.Name).ToHashSet() : null,
            AdditionalPropertiesAllowed = false,
        };
    }

    private static OpenApiSchema Id(bool nullable = false) => FieldSchemas.Id(nullable, SchemaKit.Both(
        nullable ? new("Chosen by the caller, or given by the registry", "由调用方指定，或由系统生成") : new("Id of the record", "记录编号")));

    private static (string Name, OpenApiSchema Schema)[] System() =>
    [
        ("version", SchemaKit.Count(new("1 for the first; in quotes it is the ETag", "首个版本为 1；加引号即为 ETag"))),
        ("changedAt", SchemaKit.Instant(new("When the version was written, in storage time", "该版本的写入时间（以存储时钟为准）"))),
        ("actor", SchemaKit.String(new("Whose key or account wrote the version", "写入该版本的密钥或账号"))),
    ];

    private IOpenApiSchema Attachment() => components.Schema("Attachment", () => SchemaKit.Object(
        new("A file of a record", "记录的附件"),
        ("name", SchemaKit.String(new("File name", "文件名"))),
        ("mediaType", SchemaKit.String(new("Media type", "媒体类型"))),
        ("bytes", SchemaKit.Count(new("Size in bytes", "字节数"))),
        ("sha256", SchemaKit.String(new("SHA-256 of the bytes in lower-case hex; in quotes it is the ETag", "内容的 SHA-256（小写十六进制）；加引号即为 ETag")))));
}
