using FriendCity.Http;
using FriendCity.Http.Errors;
using FriendCity.Messages;
using FriendCity.Serialization;
using Newtonsoft.Json.Linq;

namespace FriendCity.RecordsApi.Batch;

/// <summary>One write of a batch, as it is asked for.</summary>
/// <param name="Id">What its answer is to be called; null where its place is enough.</param>
internal sealed record BatchItem(
    string? Id, string Method, PathString Path, QueryString Query, IReadOnlyList<(string Name, string Value)> Headers, JObject? Body)
{
    public const int Most = 100;
    public const int MaxId = 64;

    public static readonly string[] Methods = [HttpMethods.Post, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete];

    public static readonly string[] TakenHeaders = ["If-Match", "If-None-Match", IdempotencyKey.Header, "Prefer", "Content-Type"];

    private const string Requests = "requests";

    private static readonly string[] Members = ["id", "method", "path", "headers", "body"];

    /// <exception cref="ProblemException">Names every fault of form: then none of the writes is tried.</exception>
    public static IReadOnlyList<BatchItem> Read(JObject body)
    {
        var validation = new ValidationContext();
        CheckMembers(body, [Requests], "", validation);
        var items = new List<BatchItem>();
        if (body[Requests] is not JArray { Count: >= 1 and <= Most } requests)
            validation.Refuse($"/{Requests}", body[Requests] switch { null => "required", JArray { Count: > Most } => "too_long", _ => "wrong_type" },
                $"A list of 1 to {Most} writes.", $"应为 1 至 {Most} 项写入的列表。");
        else
            foreach (var (request, at) in requests.Select((request, at) => (request, $"/{Requests}/{at}")))
                if (request is JObject members)
                    items.Add(Read(members, at, validation));
                else
                    validation.Refuse(at, "wrong_type", "Expected an object.", "应为对象。");
        foreach (var (item, at) in items.Select((item, at) => (item, at)))
            if (item.Id is not null && items.Take(at).Any(other => other.Id == item.Id))
                validation.Refuse($"/{Requests}/{at}/id", "duplicate", "Another write of the batch has this id.", "批次中另有写入使用此 id。");
        return validation.Failed ? throw new ProblemException(new(Problems.Invalid, Errors: validation.Violations)) : items;
    }

    private static BatchItem Read(JObject item, string at, ValidationContext validation)
    {
        CheckMembers(item, Members, at, validation);
        var id = item["id"] is null ? null : Json.TextOf(item["id"]);
        if (item["id"] is not null && id is not { Length: >= 1 and <= MaxId })
            validation.Refuse($"{at}/id", "bad_id", $"Text of 1 to {MaxId} characters.", $"应为 1 至 {MaxId} 个字符的文本。");
        if (Json.TextOf(item["method"]) is not { } method || !Methods.Contains(method))
            validation.Refuse($"{at}/method", item["method"] is null ? "required" : "not_allowed", $"One of {string.Join(", ", Methods)}.",
                $"应为 {string.Join("、", Methods)} 之一。");
        var address = Address(Json.TextOf(item["path"]));
        if (address is null)
            validation.Refuse($"{at}/path", item["path"] is null ? "required" : "bad_path",
                "An address of this service without its host, such as /api/v1/cities/KZALA.", "应为不含主机名的本服务地址，例如 /api/v1/cities/KZALA。");
        if (item["body"] is not (null or JObject))
            validation.Refuse($"{at}/body", "wrong_type", "Expected an object.", "应为对象。");
        return new(id, Json.TextOf(item["method"]) ?? "", address?.Path ?? "/", address?.Query ?? default,
            ReadHeaders(item["headers"], at, validation), item["body"] as JObject);
    }

    private static List<(string Name, string Value)> ReadHeaders(JToken? headers, string at, ValidationContext validation)
    {
        var read = new List<(string Name, string Value)>();
        if (headers is not (null or JObject))
            validation.Refuse($"{at}/headers", "wrong_type", "Expected an object.", "应为对象。");
        foreach (var header in (headers as JObject)?.Properties() ?? [])
        {
            var place = $"{at}/headers/{Json.Escape(header.Name)}";
            if (!TakenHeaders.Contains(header.Name, StringComparer.OrdinalIgnoreCase))
                validation.Refuse(place, "unknown_field", $"A write of a batch takes {string.Join(", ", TakenHeaders)}.",
                    $"批次中的写入可用的请求头：{string.Join("、", TakenHeaders)}。");
            else if (read.Exists(other => other.Name.Equals(header.Name, StringComparison.OrdinalIgnoreCase)))
                validation.Refuse(place, "duplicate", "Give it once.", "只能出现一次。");
            else if (Json.TextOf(header.Value) is { } value && value.All(sign => sign is >= ' ' and <= '~'))
                read.Add((header.Name, value));
            else
                validation.Refuse(place, "wrong_type", "Expected text of visible ASCII characters.", "应为可见 ASCII 字符组成的文本。");
        }

        return read;
    }

    private static void CheckMembers(JObject json, string[] known, string at, ValidationContext validation)
    {
        foreach (var property in json.Properties().Where(property => !known.Contains(property.Name)))
            validation.Refuse($"{at}/{Json.Escape(property.Name)}", "unknown_field", $"There is no member '{property.Name}' here.",
                $"此处没有“{property.Name}”。");
    }

    /// <summary>Resolved as a client resolves the address it sends; null for what is none.</summary>
    private static (PathString Path, QueryString Query)? Address(string? text) =>
        text is ['/', not '/', ..] && !text.Contains('#', StringComparison.Ordinal) && !text.Contains('\\', StringComparison.Ordinal)
            && Uri.TryCreate($"http://host{text}", UriKind.Absolute, out var uri)
            ? (PathString.FromUriComponent(uri), QueryString.FromUriComponent(uri)) : null;
}
