using System.Text.Json.Nodes;
using FriendCity.Access;
using FriendCity.Access.Keys;
using FriendCity.Http.Errors;
using FriendCity.OpenApi.Building;
using Microsoft.OpenApi;

namespace FriendCity.OpenApi.Routes;

/// <summary>Access keys: list, make, rotate, revoke.</summary>
internal sealed class KeyOperations(Components components)
{
    private const string Tag = "keys";
    private const string Collection = "/api/v1/keys";

    private static readonly ProblemCode[] Asked = [Problems.BadParameter, Problems.NotAcceptable];

    private static readonly OpenApiParameter Id = CommonParameters.Path(
        "id", SchemaKit.String(), new("Id of the key: the ten characters behind fc_", "密钥编号：fc_ 之后的十个字符"), "0123456789");

    public IEnumerable<ApiOperation> All()
    {
        yield return new("Keys", "GET", Collection, "listKeys", Tag, new("List access keys", "访问密钥列表"))
        {
            About = new("All of them, those that have ended too; never the keys themselves.", "包括已失效的密钥；不含密钥本身。"),
            Answers =
            [
                ApiAnswer.Of(components.Schema("KeyList", () => SchemaKit.Object(null,
                    ("value", SchemaKit.List(Known())), ("nextLink", SchemaKit.String(new("Always null", "始终为 null"), "uri", nullable: true)))),
                    new("The keys", "密钥")),
            ],
            Problems = Asked,
        };
        yield return new("Keys", "POST", Collection, "createKey", Tag, new("Make an access key", "新建访问密钥"))
        {
            About = new("The answer is the only time the key is seen.", "密钥仅在本次应答中出现。"),
            Body = Draft(),
            Answers = [Made()],
            Problems =
                [.. Asked, Problems.MalformedJson, Problems.BadRequest, Problems.TooLarge, Problems.UnsupportedMediaType, Problems.Invalid],
        };
        yield return new("Key", "GET", $"{Collection}/{{id}}", "getKey", Tag, new("Read what is known of a key", "读取密钥信息"))
        {
            Parameters = [Id],
            Answers = [ApiAnswer.Of(Known(), new("All but the key", "密钥信息"))],
            Problems = [.. Asked, Problems.NotFound],
        };
        yield return new("Key", "DELETE", $"{Collection}/{{id}}", "revokeKey", Tag, new("Revoke a key", "吊销密钥"))
        {
            About = new($"It is refused at every instance within {AccessKeys.RevokedWithin.TotalSeconds} seconds, and stays in the list.",
                $"{AccessKeys.RevokedWithin.TotalSeconds} 秒内在所有实例失效，仍保留在列表中。"),
            Parameters = [Id],
            Answers = [ApiAnswer.Of(Known(), new("As it stays in the list", "吊销后的信息"))],
            Problems = [.. Asked, Problems.NotFound],
        };
        yield return new("KeyRotate", "POST", $"{Collection}/{{id}}/rotate", "rotateKey", Tag, new("Make the key that takes its place", "轮换密钥"))
        {
            About = new("The new key has the same owner, contact, scopes and length of life; the old one ends after the overlap.",
                "新密钥的持有方、联系人、权限与有效期长度不变；旧密钥在重叠期后失效。"),
            Parameters =
            [
                Id, CommonParameters.Own(KeyRequest.Overlap, SchemaKit.Integer(0, KeyRequest.MaxOverlapHours, KeyRequest.StandardOverlapHours),
                    new("Hours for which the old key stays good", "旧密钥继续有效的小时数")),
            ],
            Answers = [Made()],
            Problems = [.. Asked, Problems.NotFound, Problems.KeyEnded],
        };
    }

    private IOpenApiSchema Known() => components.Schema("Key", () => SchemaKit.Object(
        new("What is known of a key", "密钥信息"), [.. Members(made: false)]));

    private ApiAnswer Made() => ApiAnswer.Of(components.Schema("MadeKey", () => SchemaKit.Object(
        new("A key that was just made", "新建的密钥"), [.. Members(made: true)])), new("Made", "已新建"), 201, "Location");

    private static IEnumerable<(string Name, IOpenApiSchema Schema)> Members(bool made)
    {
        yield return ("id", SchemaKit.String(new("Names it in history and logs", "历史与日志中的编号")));
        yield return ("prefix", SchemaKit.String(new("How the key begins", "密钥的开头部分")));
        if (made)
            yield return ("key", SchemaKit.String(new("The key", "密钥")));
        yield return ("owner", Owner());
        yield return ("contact", Contact());
        yield return ("scopes", SchemaKit.List(SchemaKit.Word(ScopeNames.Of((Scopes)int.MaxValue)), new("What it may do", "权限")));
        yield return ("state", SchemaKit.Word(KeyJson.States, new("Whether it lets anybody in", "是否有效")));
        yield return ("createdAt", SchemaKit.Instant(new("When it was made", "创建时刻"), nullable: true));
        yield return ("createdBy", SchemaKit.String(new("By whom; null for a command", "创建者；命令行为 null"), nullable: true));
        yield return ("lastUsedAt", SchemaKit.Instant(new(
            $"When it last let somebody in, to within {KeyUsage.Grain.TotalMinutes} minutes",
            $"最近使用时刻，精确到 {KeyUsage.Grain.TotalMinutes} 分钟"), nullable: true));
        yield return ("expires", SchemaKit.Instant(new("When it ends", "到期时刻"), nullable: true));
        yield return ("replacedBy", SchemaKit.String(new("The id of the key in its place", "接替密钥的编号"), nullable: true));
        yield return ("revokedAt", SchemaKit.Instant(new("When it was revoked", "吊销时刻"), nullable: true));
        yield return ("revokedBy", SchemaKit.String(new("By whom; null for a command", "吊销者；命令行为 null"), nullable: true));
    }

    private static OpenApiSchema Owner() => Bounded(SchemaKit.String(new("The partner who has it", "持有方")), KeyRequest.MaxOwner);

    private static OpenApiSchema Contact() => Bounded(
        SchemaKit.String(new("Whom to ask about it", "联系人"), nullable: true), KeyRequest.MaxContact).With("x-personal-data", JsonValue.Create(true));

    private static OpenApiSchema Bounded(OpenApiSchema schema, int max)
    {
        schema.MaxLength = max;
        return schema;
    }

    private OpenApiRequestBody Draft() => new()
    {
        Required = true,
        Content = new Dictionary<string, IOpenApiMediaType>
        {
            [ApiAnswer.Json] = new OpenApiMediaType
            {
                Schema = components.Schema("KeyInput", () => SchemaKit.Object(new("What is wanted of a key", "新密钥的要求"),
                    ("owner", Owner()), ("contact?", Contact()),
                    ("scopes", SchemaKit.List(SchemaKit.Word(ScopeNames.Of((Scopes)int.MaxValue)), new("What it may do", "权限"))),
                    ("expires?", SchemaKit.Instant(new("When it ends; never where nothing is said", "到期时刻；省略则长期有效"), nullable: true)))),
                Example = JsonNode.Parse(
                    """{"owner":"port-system","contact":"it@port.example","scopes":["read"],"expires":"2099-12-31T00:00:00Z"}"""),
            },
        },
    };
}
