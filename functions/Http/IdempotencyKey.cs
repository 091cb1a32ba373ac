using FriendCity.Http.Errors;

namespace FriendCity.Http;

/// <summary>
/// The header <c>Idempotency-Key</c> (draft-ietf-httpapi-idempotency-key-header): a caller's name for one request, by which its repetition is
/// known. A text in quotes and the same text without them are one key.
/// </summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";

    /// <summary>In an answer: nothing was done for it, it is that of an earlier request with the same key.</summary>
    public const string Replayed = "Idempotency-Replayed";

    public const int MaxLength = 255;

    /// <summary>Null where the caller names none.</summary>
    /// <exception cref="ProblemException">It is no key.</exception>
    public static string? Of(HttpRequest request)
    {
        if (!request.Headers.TryGetValue(Header, out var values))
            return null;
        if (values.Count != 1)
            throw Parameters.Wrong(Header, "give it once.", "只能出现一次。");
        return Read(values.ToString()) is { Length: >= 1 and <= MaxLength } key && key.All(sign => sign is >= '!' and <= '~')
            ? key
            : throw Parameters.Wrong(Header, $"1 to {MaxLength} visible ASCII characters, such as a UUID, perhaps in quotes.",
                $"应为 1 至 {MaxLength} 个可见 ASCII 字符（例如 UUID），可加引号。");
    }

    /// <summary>For addresses that cannot keep their answers.</summary>
    /// <exception cref="ProblemException">The caller names a key.</exception>
    public static void Refuse(HttpRequest request, string en, string zh)
    {
        if (request.Headers.ContainsKey(Header))
            throw Parameters.Wrong(Header, en, zh);
    }

    /// <summary>A string of RFC 9651 3.3.3 without its quotes and escapes; other text as it is; null for quotes that do not close.</summary>
    private static string? Read(string value)
    {
        if (value is not ['"', ..])
            return value;
        var key = new System.Text.StringBuilder();
        for (var i = 1; i < value.Length; i++)
        {
            if (value[i] == '"')
                return i == value.Length - 1 ? key.ToString() : null;
            if (value[i] == '\\' && ++i is var next && (next == value.Length || value[next] is not ('"' or '\\')))
                return null;
            key.Append(value[i]);
        }

        return null;
    }
}
