using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using FriendCity.Access;
using FriendCity.Http.Errors;

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
        var http = new DefaultHttpContext { RequestServices = outer.HttpContext.RequestServices, RequestAborted = outer.HttpContext.RequestAborted };
        http.Features.Set(Caller.Of(outer.HttpContext));
        (http.Request.Method, http.Request.Scheme, http.Request.Host, http.Request.Path) = (HttpMethods.Get, outer.Scheme, outer.Host, path);
        http.Request.QueryString = QueryString.Create(arguments.Where(each => takes.Contains(each.Key))
            .Select(each => KeyValuePair.Create(Spelt.GetValueOrDefault(each.Key, each.Key), (string?)each.Value)));
        http.Request.Headers.AcceptLanguage = outer.Headers.AcceptLanguage;
        using var body = new MemoryStream();
        http.Response.Body = body;
        try
        {
            await (await answer(http.Request)).ExecuteAsync(http);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            await ExceptionMapper.ProblemOf(fault, http.Request, log).ToResult().ExecuteAsync(http);
        }

        await http.Response.CompleteAsync();
        return (http.Response.StatusCode, JsonNode.Parse(body.ToArray()));
    }
}
