using FriendCity.Http;

namespace FriendCity.PowerBi;

/// <summary>Files that lead Power BI Desktop to this service. They carry addresses and no records, so they are open to all.</summary>
public sealed class PowerBiFunctions
{
    [Function("PowerBi")]
    public Task<IResult> File(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "powerbi/{*path}")] HttpRequest request,
        string? path,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellation.ThrowIfCancellationRequested();
        var answer = path != ConnectionFile.Name
            ? new Problem(Problems.NotFound, new($"The file is /powerbi/{ConnectionFile.Name}.", $"文件地址为 /powerbi/{ConnectionFile.Name}。")).Answer()
            : Parameters.Check(request) is { } unknown ? unknown.Answer() : new ConnectionFile(PublicAddress.Of(request, "/odata"));
        return Task.FromResult(answer);
    }
}
