namespace FriendCity.Access;

/// <summary>
/// Behind the Functions host timers arrive as <c>POST /{function}</c> on loopback, with the host's invocation header. The host forwards
/// only addresses that it routes, so none of these can be reached from outside; stand-alone none is open.
/// </summary>
internal sealed record OpenTimers(IReadOnlyCollection<string> Functions)
{
    public bool Allow(HttpRequest request) =>
        Functions.Count > 0
        && HttpMethods.IsPost(request.Method)
        && request.Headers.ContainsKey("X-Azure-Functions-InvocationId")
        && request.Path.Value is { Length: > 1 } path
        && Functions.Contains(path[1..]);
}
