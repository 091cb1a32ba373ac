using FriendCity.Http;
using FriendCity.Records;
using FriendCity.RecordsApi.Exports;
using FriendCity.Serialization;
using Newtonsoft.Json.Linq;

namespace FriendCity.ExportApi;

/// <summary>What was asked for: the input of the operation.</summary>
/// <param name="Query">Of the address, with all that its headers said; without the caller's key, which may stand there.</param>
internal sealed record ExportOrder(string Type, string Query)
{
    private static readonly string[] Settled = [Parameters.Code, FileFormat.Parameter, Languages.Parameter];

    public static ExportOrder Of(RecordType type, HttpRequest request, FileForm form) => new(type.Name, QueryString.Create(
    [
        .. request.Query.Where(each => !Settled.Contains(each.Key)).Select(each => KeyValuePair.Create(each.Key, (string?)each.Value.ToString())),
        KeyValuePair.Create(FileFormat.Parameter, (string?)form.Format.Name),
        .. form.Language is { } language ? [KeyValuePair.Create(Languages.Parameter, (string?)Languages.Tag(language))]
            : Array.Empty<KeyValuePair<string, string?>>(),
    ]).Value!);

    public string Write() => Json.Text(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("type", Type);
        writer.WriteString("query", Query);
        writer.WriteEndObject();
    });

    /// <exception cref="FormatException">It is not what this service wrote.</exception>
    public static ExportOrder Read(string text) =>
        Json.Parse(text) is JObject json && Json.TextOf(json["type"]) is { } type && Json.TextOf(json["query"]) is { } query
            ? new(type, query) : throw new FormatException("What was asked for cannot be read.");
}
