using System.Text.Json.Nodes;
using FriendCity.Http.Errors;
using FriendCity.OpenApi.Building;
using FriendCity.RecordsApi.Batch;
using Microsoft.OpenApi;

namespace FriendCity.OpenApi.Routes;

/// <summary>Many writes in one request.</summary>
internal sealed class BatchOperation(Components components, CommonParameters parameters)
{
    public IEnumerable<ApiOperation> All()
    {
        yield return new("Batch", "POST", "/api/v1/batch", "postBatch", "batch", new("Several writes at once", "批量写入"))
        {
            About = new(
                $"1 to {BatchItem.Most} writes of records and entries, carried out in their order, each with an outcome of its own. It is no "
                    + "transaction: a write that is refused leaves those before it as they are. Each is what it would be by itself, with the same "
                    + "rules, scopes and problems, and counts as one request; conditions belong to each. The batch's Prefer holds for all of "
                    + "them, and under the batch's Idempotency-Key each has a key of its own.",
                $"1 至 {BatchItem.Most} 项记录或列表项的写入，按顺序执行，各有结果。不是事务：某项未被接受时，此前的写入仍然有效。各项与单独请求的规则、权限、"
                    + "问题代码一致，并各计一次请求；条件须逐项提供。批次的 Prefer 适用于各项；批次带 Idempotency-Key 时各项自有其键。"),
            Parameters =
            [
                CommonParameters.Own(BatchFunctions.OnError, SchemaKit.Word([BatchFunctions.Continue, BatchFunctions.Stop]), new(
                    "stop leaves out the writes behind the first that is refused: 424 batch_stopped; continue, the standard, tries all",
                    "stop 在首个未被接受的写入之后停止，其余为 424 batch_stopped；默认 continue，逐项尝试")),
                parameters.WritePreference(), parameters.IdempotencyKey(), parameters.Language(),
            ],
            Body = Body(),
            Answers = [ApiAnswer.Of(Responses(), new("An outcome for each, in the order of the requests", "各项结果，顺序与请求一致"))],
            Problems =
            [
                Problems.BadParameter, Problems.NotAcceptable, Problems.MalformedJson, Problems.BadRequest, Problems.TooLarge,
                Problems.UnsupportedMediaType, Problems.Invalid,
            ],
        };
    }

    private OpenApiRequestBody Body()
    {
        var requests = SchemaKit.List(SchemaKit.Object(null,
            ("id?", SchemaKit.String(new("What its outcome is to be called", "结果的名称"))),
            ("method", SchemaKit.Word(BatchItem.Methods)),
            ("path", SchemaKit.String(new("Without the host, with its query", "不含主机名，可含查询"))),
            ("headers?", SchemaKit.Object(null, [.. BatchItem.TakenHeaders.Select(name => ($"{name}?", (IOpenApiSchema)SchemaKit.String()))])),
            ("body?", SchemaKit.Map(null, new("As by itself", "与单独请求相同")))));
        (requests.MinItems, requests.MaxItems) = (1, BatchItem.Most);
        return new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, IOpenApiMediaType>
            {
                [ApiAnswer.Json] = new OpenApiMediaType
                {
                    Schema = components.Schema("Batch", () => SchemaKit.Object(new("Several writes", "多项写入"), ("requests", requests))),
                    Example = JsonNode.Parse(
                        """
                        {"requests":[
                          {"id":"tag","method":"PUT","path":"/api/v1/tags/batch-example","body":{"nameEn":"Batch","nameZh":"批量","kind":"theme"}},
                          {"method":"DELETE","path":"/api/v1/tags/batch-example","headers":{"If-Match":"\"1\""}}]}
                        """),
                },
            },
        };
    }

    private IOpenApiSchema Responses() => components.Schema("BatchOutcome", () => SchemaKit.Object(new("What came of a batch", "批次结果"),
        ("responses", SchemaKit.List(SchemaKit.Object(null,
            ("id?", SchemaKit.String()), ("status", SchemaKit.Count(new("As by itself", "与单独请求相同"))),
            ("headers", SchemaKit.Object(null, [.. BatchResult.ShownHeaders.Select(name => ($"{name}?", (IOpenApiSchema)SchemaKit.String()))])),
            ("body?", SchemaKit.Map(null, new("The record, or the problem", "记录或问题"))))))));
}
