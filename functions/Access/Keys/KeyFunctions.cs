using FriendCity.Http;
using FriendCity.Http.Errors;

namespace FriendCity.Access.Keys;

/// <summary>Keys over HTTP, for those who may do everything. A key itself is in the answer that makes it and nowhere else.</summary>
internal sealed class KeyFunctions(AccessKeys keys, TimeProvider time, ILogger<KeyFunctions> log)
{
    private const string Path = "api/v1/keys";

    [Function("Keys")]
    public async Task<IResult> Collection([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = Path)] HttpRequest request,
        CancellationToken cancellationToken)
    {
        Negotiation.RequireJson(request);
        Parameters.Check(request);
        if (HttpMethods.IsPost(request.Method))
        {
            RefuseIdempotency(request);
            var draft = KeyRequest.Read(await JsonBody.ReadAsync(request, "application/json", cancellationToken), time.GetUtcNow());
            var made = await keys.AddAsync(draft, Actor(request), cancellationToken);
            log.LogInformation("{Actor} made key {Key} for {Owner}", Actor(request), made.Record.Id, made.Record.Owner);
            return Made(request, made);
        }

        var (all, now) = (await keys.ListAsync(cancellationToken), time.GetUtcNow());
        return JsonResult.List(all, (writer, key) => KeyJson.Write(writer, key, now), null);
    }

    [Function("Key")]
    public async Task<IResult> Item(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "delete", Route = Path + "/{id}")] HttpRequest request, string id,
        CancellationToken cancellationToken)
    {
        Negotiation.RequireJson(request);
        Parameters.Check(request);
        var revoke = request.Method == HttpMethods.Delete;
        var key = revoke ? await keys.RevokeAsync(id, Actor(request), cancellationToken) : await keys.ReadAsync(id, cancellationToken);
        if (revoke && key is not null)
            log.LogInformation("{Actor} revoked key {Key} of {Owner}", Actor(request), key.Id, key.Owner);
        return key is null ? throw Missing(id) : new JsonResult(writer => KeyJson.Write(writer, key, time.GetUtcNow()));
    }

    [Function("KeyRotate")]
    public async Task<IResult> Rotate([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Path + "/{id}/rotate")] HttpRequest request,
        string id, CancellationToken cancellationToken)
    {
        Negotiation.RequireJson(request);
        Parameters.Check(request, KeyRequest.Overlap);
        RefuseIdempotency(request);
        var (made, old) = await keys.RotateAsync(id, KeyRequest.ReadOverlap(request), Actor(request), cancellationToken);
        if (made is null)
            throw old is null ? Missing(id) : new ProblemException(new(Problems.KeyEnded, KeyRequest.Ended(old)));
        log.LogInformation("{Actor} made key {Key} in place of {Old}, which ends at {End}", Actor(request), made.Record.Id, id, old!.Expires);
        return Made(request, made);
    }

    private static string Actor(HttpRequest request) => Caller.Of(request.HttpContext).Name;

    /// <summary>What is replayed has to be kept, and a key is kept nowhere.</summary>
    private static void RefuseIdempotency(HttpRequest request) => IdempotencyKey.Refuse(request,
        "this address takes none, because its answer shows a key, which is kept nowhere. After a lost answer, list the keys and revoke the one "
            + "that nobody has.",
        "该地址不接受此请求头：应答含密钥，而密钥不作任何保存。若应答丢失，请列出密钥并吊销无人持有的一把。");

    private JsonResult Made(HttpRequest request, MadeKey made)
    {
        var now = time.GetUtcNow();
        return new JsonResult(writer => KeyJson.Write(writer, made.Record, now, made.Key), StatusCodes.Status201Created,
            location: PublicAddress.Of(request, $"/{Path}/{made.Record.Id}"), cacheControl: "no-store");
    }

    private static ProblemException Missing(string id) => new(new(Problems.NotFound, KeyRequest.Missing(id)));
}
