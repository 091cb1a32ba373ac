extern alias schemas;
using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using FriendCity.OpenApi;
using FriendCity.Records;
using FriendCity.Tests.Support;
using schemas::Json.Schema;

namespace FriendCity.Tests.Integration.OpenApi;

/// <summary>
/// The OpenAPI document of a service as a judge of its answers: an address and method that it names answer only with a status, media type,
/// body and problem code that it names, too.
/// </summary>
internal sealed class Contract
{
    private static readonly ConcurrentDictionary<RecordTypes, Lazy<Contract>> Known = new();

    /// <summary>Routes do not mind the case of <c>api/v1</c>; record types have exact names.</summary>
    private const int Prefix = 2;

    private const StringComparison AnyCase = StringComparison.OrdinalIgnoreCase;

    private const string Definitions = "#/components/schemas/";

    private readonly JsonObject _document;
    private readonly JsonObject _definitions;
    private readonly List<(string[] Segments, JsonObject Item)> _paths;
    private readonly ConcurrentDictionary<JsonNode, JsonSchema> _schemas = new();
    private readonly ConcurrentDictionary<string, Lazy<JsonSchema>> _sameText = new();

    private Contract(RecordTypes types)
    {
        _document = JsonNode.Parse(new ApiDocument(types, Sample.Views).Json.Content)!.AsObject();
        _definitions = Closed(_document["components"]!["schemas"]!).AsObject();
        _paths = [.. _document["paths"]!.AsObject().Select(path => (path.Key.Trim('/').Split('/'), path.Value!.AsObject()))];
    }

    public JsonObject Document => _document;

    /// <summary>The document rests on the record types alone, so it is made and read once, however many services have it.</summary>
    public static Contract Of(RecordTypes types) => Known.GetOrAdd(types, each => new(() => new Contract(each))).Value;

    /// <summary>The operation of an address; null where the document names none that takes it.</summary>
    public JsonObject? Find(string method, string path)
    {
        var asked = path.Trim('/').Split('/').Select(Uri.UnescapeDataString).ToArray();
        var item = _paths.Where(each => Fits(each.Segments, asked)).OrderByDescending(each => Literals(each.Segments)).Select(each => each.Item)
            .FirstOrDefault();
        return item?[method is "HEAD" ? "get" : method.ToLowerInvariant()] as JsonObject;
    }

    /// <summary>The address is one of the document's, whatever is asked of it.</summary>
    public bool Names(string path) =>
        path.Trim('/').Split('/').Select(Uri.UnescapeDataString).ToArray() is var asked && _paths.Exists(each => Fits(each.Segments, asked));

    /// <summary>What of an answer's head the document does not allow; null when it does.</summary>
    /// <param name="mediaType">Null for an answer without a body.</param>
    public string? Fault(JsonObject operation, string method, int status, string? mediaType)
    {
        if (Response(operation, status) is not { } response)
            return $"the document has no status {status}";
        var content = response["content"] as JsonObject;
        if (mediaType is null)
            return content is null || method == "HEAD" ? null : $"the answer has no body, and the document says {Types(content)}";
        return content?.ContainsKey(mediaType) == true ? null : $"the document has no {mediaType} for {status}, but {Types(content)}";
    }

    /// <summary>What is wrong with a body; null when nothing is.</summary>
    public string? Fault(JsonObject operation, int status, string mediaType, ReadOnlySpan<byte> body)
    {
        if (Response(operation, status) is not { } response || response["content"]?[mediaType] is not JsonObject content)
            return null;
        if (!mediaType.EndsWith("json", StringComparison.Ordinal) || content["schema"] is not { } schema)
            return null;
        using var json = JsonDocument.Parse(body.ToArray());
        if (Fault(schema, json.RootElement) is { } fault)
            return fault;
        var code = json.RootElement.ValueKind != JsonValueKind.Object ? null
            : json.RootElement.TryGetProperty("code", out var own) ? own.GetString()
            : json.RootElement.TryGetProperty("error",
                out var error) && error.ValueKind == JsonValueKind.Object ? error.GetProperty("code").GetString() : null;
        return response["x-problem-codes"] is JsonArray codes && codes.All(each => (string?)each != code)
            ? $"the document has no code '{code}' for {status}" : null;
    }

    /// <summary>What is wrong with a body that the service took.</summary>
    public string? RequestFault(JsonObject operation, string mediaType, ReadOnlySpan<byte> body)
    {
        if (operation["requestBody"]?["content"] is not JsonObject content)
            return "the document has no body";
        if (content[mediaType] is not JsonObject type)
            return $"the document takes no {mediaType}, but {Types(content)}";
        if (type["schema"] is not { } schema)
            return null;
        using var json = JsonDocument.Parse(body.ToArray());
        return Fault(schema, json.RootElement);
    }

    private string? Fault(JsonNode schema, JsonElement value)
    {
        var result = Schema(schema).Evaluate(value, new EvaluationOptions { OutputFormat = OutputFormat.Flag });
        if (result.IsValid)
            return null;
        result = Schema(schema).Evaluate(value, new EvaluationOptions { OutputFormat = OutputFormat.List });
        return string.Join("; ", result.Details!.Where(detail => !detail.IsValid && detail.Errors is not null).Take(5)
            .Select(detail => $"{detail.InstanceLocation}: {string.Join(", ", detail.Errors!.Values)}"));
    }

    private JsonSchema Schema(JsonNode schema) =>
        _schemas.GetOrAdd(schema, node => _sameText.GetOrAdd(node.ToJsonString(), text => new(() => Compiled(text))).Value);

    private JsonSchema Compiled(string text)
    {
        var whole = Closed(JsonNode.Parse(text)!).AsObject();
        var needed = new JsonObject();
        Collect(whole, needed);
        whole["$defs"] = needed;
        return JsonSchema.FromText(whole.ToJsonString().Replace(Definitions, "#/$defs/", StringComparison.Ordinal));
    }

    /// <summary>The definitions that a schema rests on, and those that they rest on.</summary>
    private void Collect(JsonNode? node, JsonObject needed)
    {
        if (node is JsonObject members && members["$ref"] is JsonValue reference && (string)reference! is var target
            && target.StartsWith(Definitions, StringComparison.Ordinal) && !needed.ContainsKey(target[Definitions.Length..]))
        {
            var definition = _definitions[target[Definitions.Length..]]!.DeepClone();
            needed[target[Definitions.Length..]] = definition;
            Collect(definition, needed);
        }

        foreach (var each in node is JsonArray array ? [.. array] : node is JsonObject all ? all.Select(member => member.Value).ToList() : [])
            Collect(each, needed);
    }

    private JsonObject? Response(JsonObject operation, int status)
    {
        var response = operation["responses"]?[$"{status}"] as JsonObject;
        return (string?)response?["$ref"] is { } reference ? _document["components"]!["responses"]![reference.Split('/')[^1]]!.AsObject() : response;
    }

    /// <summary>
    /// Objects have no members that the document does not name: it promises readers only that more may come, and an answer of today has none
    /// that is not written down. Objects that are made of others are one object for that.
    /// </summary>
    private JsonNode Closed(JsonNode node)
    {
        if (node is JsonArray array)
            return new JsonArray([.. array.Select(each => each is null ? null : Closed(each))]);
        if (node is not JsonObject members)
            return node.DeepClone();
        if (members["allOf"] is JsonArray parts)
            return Closed(Merged(parts));
        var closed = new JsonObject(members.Where(each => !each.Key.StartsWith("x-", StringComparison.Ordinal))
            .Select(each => KeyValuePair.Create(each.Key, each.Value is null ? null : Closed(each.Value))));
        if (closed["properties"] is JsonObject && members["type"]?.ToString().Contains("object", StringComparison.Ordinal) == true && !closed.ContainsKey("additionalProperties"))
            closed["additionalProperties"] = false;
        return closed;
    }

    private JsonObject Merged(JsonArray parts)
    {
        var (properties, required) = (new JsonObject(), new JsonArray());
        foreach (var part in parts.Select(part => (string?)part!["$ref"] is { } name
            ? _document["components"]!["schemas"]![name.Split('/')[^1]]!.AsObject() : part!.AsObject()))
        {
            foreach (var (name, schema) in part["properties"]!.AsObject())
                properties[name] = schema!.DeepClone();
            foreach (var name in part["required"]?.AsArray() ?? [])
                required.Add(name!.DeepClone());
        }

        return new JsonObject { ["type"] = "object", ["properties"] = properties, ["required"] = required };
    }

    private static bool Fits(string[] pattern, string[] asked)
    {
        // The one segment that stands for several.
        if (pattern[^1] == "{path}" ? asked.Length < pattern.Length : asked.Length != pattern.Length)
            return false;
        for (var i = 0; i < pattern.Length; i++)
            if (!(pattern[i].StartsWith('{') ? asked[i].Length > 0 : pattern[i].Equals(asked[i], i < Prefix ? AnyCase : StringComparison.Ordinal)))
                return false;
        return true;
    }

    private static int Literals(string[] pattern) => pattern.Count(segment => !segment.StartsWith('{'));

    private static string Types(JsonObject? content) => content is null ? "no body" : string.Join(", ", content.Select(each => each.Key));
}
