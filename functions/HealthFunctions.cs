using FriendCity.Http;
using FriendCity.Http.Errors;
using FriendCity.Records.Replication;

namespace FriendCity;

/// <summary><c>live</c>: the process answers. <c>ready</c>: the records are loaded and storage answers.</summary>
/// <param name="replica">Made only when it is asked for: a sign of life needs none.</param>
internal sealed class HealthFunctions(Lazy<Replica> replica)
{
    [Function("Health")]
    public async Task<IResult> Health([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "health/{probe}")] HttpRequest request,
        string probe, CancellationToken cancellationToken) => probe switch
        {
            "live" => Status("live"),
            "ready" when await replica.Value.ReadAsync(cancellationToken) is not null => Status("ready"),
            _ => throw new ProblemException(new(Problems.NotFound)),
        };

    private static JsonResult Status(string status) => new(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("status", status);
        writer.WriteEndObject();
    });
}
