using FriendCity.Records;

namespace FriendCity.RecordsApi.Exports;

/// <summary>All records of a type as one file.</summary>
internal sealed class ExportFunctions(RecordTypes types, RecordReads reads, Unmatched unmatched)
{
    [Function("Exports")]
    public Task<IResult> Export([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/exports/{type}")] HttpRequest request,
        string type, CancellationToken cancellationToken) => types.Find(type) is { } known
            ? reads.ExportAsync(known, request, cancellationToken) : Task.FromResult(unmatched.Answer(request));
}
