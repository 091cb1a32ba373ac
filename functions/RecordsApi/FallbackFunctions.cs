using FriendCity.Http.Errors;
using FriendCity.Http.Routing;
using FriendCity.Records;
using Microsoft.AspNetCore.Routing;

namespace FriendCity.RecordsApi;

/// <summary>
/// What no other function takes: its name sorts last, so the Functions host tries it last. Without it an unknown address, or a method that
/// an address does not take, gets the host's own empty 404.
/// </summary>
internal sealed class FallbackFunctions(Unmatched unmatched)
{
    [Function(RouteTable.Fallback)]
    public Task<IResult> Answer(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", "put", "patch", "delete", "options",
            Route = "{*path}")] HttpRequest request,
        string? path, CancellationToken cancellationToken) => Task.FromResult(string.IsNullOrEmpty(path)
            ? Unmatched.Root(request) : unmatched.Answer(request));
}

/// <summary>Says of an address which methods it takes, or that there is nothing.</summary>
internal sealed class Unmatched(RecordTypes types)
{
    private static readonly string[] RootMethods = [HttpMethods.Get, HttpMethods.Head];

    public IResult Answer(HttpRequest request) => Answer(request, MethodsOf(request.Path));

    /// <summary>The start page.</summary>
    public static IResult Root(HttpRequest request) =>
        RootMethods.Contains(request.Method) ? StartPage.Answer(request) : Answer(request, RootMethods);

    /// <param name="methods">Those the address takes; none when there is nothing.</param>
    public static IResult Answer(HttpRequest request, IReadOnlyCollection<string> methods)
    {
        if (methods.Count == 0)
            return new Problem(Problems.NotFound).ToResult();
        request.HttpContext.Response.Headers.Allow = string.Join(", ", methods.Append(HttpMethods.Options));
        return HttpMethods.IsOptions(request.Method) ? Results.NoContent() : new Problem(Problems.MethodNotAllowed).ToResult();
    }

    /// <summary>Of all functions whose route fits; what is no record type, or no list of it, fits no route of records.</summary>
    private string[] MethodsOf(PathString path) =>
    [
        .. from route in RouteTable.All
           where route.Name != RouteTable.Fallback
           let values = route.Match(path)
           where values is not null && IsOfRecords(values)
           from method in route.Methods
           group method by method into each
           select each.Key,
    ];

    private bool IsOfRecords(RouteValueDictionary values) => !values.TryGetValue("type", out var type)
        || (types.Find((string)type!) is { } known && (!values.TryGetValue("list", out var list) || known.EntryList((string)list!) is not null));
}
