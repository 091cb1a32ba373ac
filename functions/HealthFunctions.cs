using FriendCity.Http;
using FriendCity.Http.Errors;
using FriendCity.Records.Replication;

namespace FriendCity;

/// <summary><c>live</c>: the process answers. <c>ready</c>: the records are loaded and storage answers.</summary>
public sealed class HealthFunctions(HealthApi api)
{
    [Function("Health")]
    public Task<IResult> Health([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "health/{probe}")] HttpRequest request,
        string probe, CancellationToken cancellationToken) =>
        api.Probe(request, probe, cancellationToken);
}

public sealed class HealthApi
{
    private readonly Func<Replica> _replica;
    private readonly ILogger _log;

    /// <param name="replica">Made only when it is asked for: a sign of life needs none.</param>
    internal HealthApi(Func<Replica> replica, ILogger<HealthApi> log) => (_replica, _log) = (replica, log);

    internal Task<IResult> Probe(HttpRequest request, string probe, CancellationToken cancellationToken) =>
        ExceptionMapper.RunAsync(request, _log, async () => probe switch
    {
        "live" => Status("live"),
        "ready" when await _replica().ReadAsync(cancellationToken) is not null => Status("ready"),
        _ => new Problem(Problems.NotFound).ToResult(),
    });

    private static JsonResult Status(string status) => new(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("status", status);
        writer.WriteEndObject();
    });
}
