using System.Text.Json.Nodes;
using FriendCity.Http.Errors;
using FriendCity.Messages;
using Microsoft.OpenApi;

namespace FriendCity.OpenApi.Building;

/// <summary>The named parts of the document: each is written once and referred to by name.</summary>
internal sealed class Components(OpenApiDocument document)
{
    private const string Problem = "Problem";

    /// <summary>A reference to the schema of that name, which is made when it is asked for first.</summary>
    public IOpenApiSchema Schema(string name, Func<OpenApiSchema> make)
    {
        var schemas = document.Components!.Schemas!;
        if (!schemas.ContainsKey(name))
        {
            schemas[name] = new OpenApiSchema(); // what refers to itself finds its name taken
            schemas[name] = make();
        }

        return new OpenApiSchemaReference(name, document);
    }

    public IOpenApiParameter Parameter(string name, Func<OpenApiParameter> make)
    {
        document.Components!.Parameters!.TryAdd(name, make());
        return new OpenApiParameterReference(name, document);
    }

    public void Header(string name, OpenApiSchema schema, Text about) =>
        document.Components!.Headers!.Add(name, new OpenApiHeader { Description = SchemaKit.Both(about), Schema = schema });

    public IOpenApiHeader Header(string name) => new OpenApiHeaderReference(name, document);

    /// <summary>The response of one status for those codes, all of that status: named by them, so that each is written once.</summary>
    public IOpenApiResponse Refusal(IReadOnlyList<ProblemCode> codes, bool feed)
    {
        var name = (feed ? "Feed_" : "") + string.Join('_', codes.Select(code => code.Name));
        document.Components!.Responses!.TryAdd(name, Response(codes, feed));
        return new OpenApiResponseReference(name, document);
    }

    /// <summary>RFC 9457.</summary>
    public IOpenApiSchema ProblemSchema() => Schema(Problem, () => SchemaKit.Object(
        new("Why a request is refused (RFC 9457). Titles and details are in the language of Accept-Language, codes are the same in all.",
            "请求被拒绝的原因（RFC 9457）。标题与说明按 Accept-Language 的语言给出，代码在各语言中相同。"),
        ("type", SchemaKit.String(new("Where the code is explained", "代码说明的地址"), "uri-reference")),
        ("title", SchemaKit.String(new("What the code means", "代码含义"))),
        ("status", SchemaKit.Integer(400, 599, 400, new("HTTP status", "HTTP 状态码"))),
        ("code", SchemaKit.Word(Problems.All.Select(code => code.Name), new("Stable code", "稳定的错误代码"))
            .With("x-enumDescriptions", Labels(Problems.All))),
        // Kiota's clients say it in the exception.
        ("detail?", SchemaKit.String(new("What is wrong with this request", "本次请求的问题")).With("x-ms-primary-error-message", true)),
        ("instance", SchemaKit.String(new("The address that was asked", "请求的地址"), "uri-reference")),
        ("traceId", SchemaKit.String(new("To be named when asking for help", "求助时请提供"))),
        ("line?", SchemaKit.Count(new("Where the body is no JSON, from 1", "正文 JSON 语法错误所在的行，自 1 起"))),
        ("column?", SchemaKit.Count(new("Where in the line, from 1", "所在的列，自 1 起"))),
        ("errors?", SchemaKit.List(Schema("Violation", () => SchemaKit.Object(null,
            ("pointer", SchemaKit.String(new("The place: an RFC 6901 JSON pointer into the body", "位置：正文中的 JSON 指针（RFC 6901）"))),
            ("rule", SchemaKit.String(new("Stable name of the rule that is broken", "所违反规则的稳定名称"))),
            ("detail", SchemaKit.String(new("The fault in words", "问题说明"))))),
            new("Every fault of a refused record", "被拒绝记录的全部问题")))));

    private OpenApiResponse Response(IReadOnlyList<ProblemCode> codes, bool feed)
    {
        var response = new OpenApiResponse
        {
            Description = string.Join("\n\n", codes.Select(code => $"`{code.Name}`: {SchemaKit.Both(code.Title)}")),
            Content = new Dictionary<string, IOpenApiMediaType>
            {
                ["application/problem+json"] = new OpenApiMediaType { Schema = ProblemSchema() },
            },
        };
        if (feed)
            response.Content[ApiAnswer.Json] = new OpenApiMediaType { Schema = FeedError() };
        if (codes.Any(code => code.Status is StatusCodes.Status503ServiceUnavailable or StatusCodes.Status429TooManyRequests))
            response.Headers = new Dictionary<string, IOpenApiHeader> { ["Retry-After"] = Header("Retry-After") };
        return response.With("x-problem-codes", new JsonArray([.. codes.Select(code => (JsonNode)code.Name)]));
    }

    private IOpenApiSchema FeedError() => Schema("FeedError", () => SchemaKit.Object(
        new("A refusal of the OData feed", "OData 数据源的错误"), ("error", SchemaKit.Object(null,
            ("code", SchemaKit.String(new("Stable code", "稳定的错误代码"))),
            ("message", SchemaKit.String(new("What is wrong", "错误说明"))),
            ("target?", SchemaKit.String(new("The query option at fault", "出错的查询选项")))))));

    private static JsonObject Labels(IEnumerable<ProblemCode> codes) =>
        new(codes.Select(code => KeyValuePair.Create(code.Name, (JsonNode?)$"{code.Status} {SchemaKit.Both(code.Title)}")));
}
