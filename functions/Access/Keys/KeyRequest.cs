using FriendCity.Http;
using FriendCity.Http.Errors;
using FriendCity.Messages;
using FriendCity.Records.Query;
using FriendCity.Records.Schemas;
using FriendCity.Serialization;
using Newtonsoft.Json.Linq;

namespace FriendCity.Access.Keys;

/// <summary>Reads what is asked for of a key, from a body or a command line by the same rules; every fault is told with its place.</summary>
internal static class KeyRequest
{
    public const int MaxOwner = 64;
    public const int MaxContact = 200;
    public const int MaxOverlapHours = 90 * 24;
    public const int StandardOverlapHours = 7 * 24;

    /// <summary>The query parameter that says how long the old key stays good.</summary>
    public const string Overlap = "overlapHours";

    private static readonly string[] Members = ["owner", "contact", "scopes", "expires"];

    public static Text Missing(string id) => new($"There is no key {id}.", $"没有密钥 {id}。");

    /// <summary>Why a key cannot be rotated.</summary>
    public static Text Ended(KeyRecord key) => key.ReplacedBy is { } next
        ? new($"The key {next} takes its place already.", $"已由密钥 {next} 接替。")
        : new("It has expired or been revoked: make a new one.", "该密钥已过期或已吊销，请新建。");

    /// <exception cref="ProblemException">Names every fault.</exception>
    public static KeyDraft Read(JObject body, DateTimeOffset now)
    {
        var validation = new ValidationContext();
        foreach (var property in body.Properties().Where(property => !Members.Contains(property.Name)))
            validation.Refuse($"/{Json.Escape(property.Name)}", "unknown_field", $"There is no field '{property.Name}'.",
                $"没有“{property.Name}”这个字段。");
        var draft = new KeyDraft(Word(body, "owner", MaxOwner, required: true, validation) ?? "",
            Word(body, "contact", MaxContact, required: false, validation), ReadScopes(body["scopes"], validation),
            ReadEnd(body["expires"], now, validation));
        return validation.Failed ? throw new ProblemException(new(Problems.Invalid, Errors: validation.Violations)) : draft;
    }

    /// <summary>How long a rotated key stays good.</summary>
    /// <exception cref="ProblemException">It is no number of hours within bounds.</exception>
    public static TimeSpan ReadOverlap(HttpRequest request) =>
        TimeSpan.FromHours(Parameters.Integer(request, Overlap, StandardOverlapHours, 0, MaxOverlapHours));

    private static string? Word(JObject body, string name, int max, bool required, ValidationContext validation)
    {
        if (body[name] is not { Type: not JTokenType.Null } token)
        {
            if (required)
                validation.Refuse($"/{name}", "required", "This is required.", "必填。");
            return null;
        }

        if (Json.TextOf(token) is not { } text)
            validation.Refuse($"/{name}", "wrong_type", "Expected text.", "应为文本。");
        else if (Unicode.IsBlank(text))
            validation.Refuse($"/{name}", "blank", "There is nothing to be seen in it.", "文本为空白。");
        else if (text.Length > max)
            validation.Refuse($"/{name}", "too_long", $"The text has {text.Length} characters; at most {max} fit.",
                $"文本共 {text.Length} 个字符，最多 {max} 个。");
        // It stands in history and in logs, where it must keep to its line.
        else if (Unicode.FirstUnfit(text) is not null || text.AsSpan().IndexOfAny("\t\n\u2028\u2029") >= 0)
            validation.Refuse($"/{name}", "bad_character", "It holds a control character or half of one.", "包含控制字符或不完整的字符。");
        else
            return text;
        return null;
    }

    private static Scopes ReadScopes(JToken? token, ValidationContext validation)
    {
        if (token is JArray { Count: > 0 } names && names.All(each => Json.TextOf(each) is not null)
            && ScopeNames.TryParse(string.Join(',', names.Select(each => (string?)each)), out var scopes))
            return scopes;
        validation.Refuse("/scopes", token is null ? "required" : "bad_scopes", $"A list of some of {ScopeNames.All}.",
            $"应为列表，取值：{ScopeNames.All}。");
        return Scopes.None;
    }

    private static DateTimeOffset? ReadEnd(JToken? token, DateTimeOffset now, ValidationContext validation)
    {
        if (token is not { Type: not JTokenType.Null })
            return null;
        if (Json.TextOf(token) is { } text && Instants.Parse(text) is { } instant && instant.Value > now)
            return instant.Value.ToUniversalTime();
        validation.Refuse("/expires", "bad_instant", "An instant to come, such as 2030-01-31T08:00:00Z.", "应为将来的时刻，例如 2030-01-31T08:00:00Z。");
        return null;
    }
}
