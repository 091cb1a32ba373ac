namespace FriendCity.Reports;

public sealed class ReportFunctions(ReportApi api)
{
    [Function("Report")]
    public Task<IResult> Report([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/reports/{name}")] HttpRequest request,
        string name, CancellationToken cancellationToken) =>
        api.Report(request, name, cancellationToken);
}
