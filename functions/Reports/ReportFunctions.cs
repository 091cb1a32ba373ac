namespace FriendCity.Reports;

public sealed class ReportFunctions(ReportApi api)
{
    [Function("Report")]
    public Task<IResult> Report([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/reports/{name}")] HttpRequest request,
        string name, CancellationToken cancellation) =>
        api.Report(request, name, cancellation);
}
