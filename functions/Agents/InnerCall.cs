using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using FriendCity.Access;

namespace FriendCity.Agents;

/// <summary>Asks a function of the API on behalf of the caller of another, with parameters by name.</summary>
internal sealed class InnerCall(HttpRequest outer, IReadOnlyDictionary<string, string> arguments, ILogger<InnerCall> log)
{
    public static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What agents call these parameters, as models may not use the sign.</summary>
    private static readonly Dictionary<string, string> Spelt = new(StringComparer.Ordinal)
    {
        ["filter"] = "$filter",
        ["search"] = "$search",
        ["orderby"] = "$orderby",
        ["top"] = "$top",
    };

    /// <param name="takes">Which of the arguments the address takes.</param>
    public async Task<(int Status, JsonNode? Json)> GetAsync(string path, string[] takes, Func<HttpRequest, Task<IResult>> answer)
    {
        var inner = new InnerRequest(outer, HttpMethods.Get, path, QueryString.Create(arguments.Where(each => takes.Contains(each.Key))
            .Select(each => KeyValuePair.Create(Spelt.GetValueOrDefault(each.Key, each.Key), (string?)each.Value))));
        var body = await inner.AnswerAsync(answer, log);
        return (inner.Response.StatusCode, JsonNode.Parse(body.Span));
    }
}
