using FriendCity.Http;
using FriendCity.Http.Errors;
using FriendCity.Operations;
using FriendCity.Records;
using FriendCity.Records.Formats.Xlsx;
using FriendCity.RecordsApi;
using FriendCity.RecordsApi.Exports;

namespace FriendCity.ExportApi;

/// <summary>All records of a type as one file: at once, or, where it is a workbook of many, by an operation.</summary>
internal sealed class ExportFunctions(
    RecordTypes types, RecordReads reads, RecordFiles writer, XlsxLimits limits, ExportFiles files, OperationStart operations, Unmatched unmatched)
{
    [Function("Exports")]
    public async Task<IResult> Export(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/exports/{type}")] HttpRequest request, string type,
        CancellationToken cancellationToken)
    {
        if (types.Find(type) is not { } known)
            return unmatched.Answer(request);
        var (query, records, form) = await reads.SelectAsync(known, request, cancellationToken);
        if (form.Format != FileFormat.Xlsx || records.Count <= limits.AtOnce)
            return await writer.AnswerAsync(known, query, records, form, cancellationToken);
        // Who asks for the head alone begins nothing.
        return HttpMethods.IsHead(request.Method) ? Results.StatusCode(StatusCodes.Status202Accepted)
            : await operations.StartAsync(request, ExportJobs.Export, ExportOrder.Of(known, request, form).Write(), cancellationToken);
    }

    [Function("OperationFile")]
    public async Task<IResult> File(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/operations/{id}/file")] HttpRequest request, string id,
        CancellationToken cancellationToken)
    {
        Parameters.Check(request);
        if (await files.FindAsync(id, cancellationToken) is not var (content, name))
            throw new ProblemException(new(Problems.NotFound, new(
                $"There is no file of operation {id}: it is not made yet, or no longer kept.", $"操作 {id} 没有文件：尚未生成，或已不再保留。")));
        request.HttpContext.Response.Headers.CacheControl = JsonResult.CacheControl;
        return Results.Stream(content, FileFormat.Xlsx.MediaType, name);
    }

    /// <summary>Deletes files that are kept no longer.</summary>
    [Function("SweepExports")]
    public Task Sweep([TimerTrigger("0 50 3 * * *")] TimerInfo timer, CancellationToken cancellationToken) => files.SweepAsync(cancellationToken);
}
