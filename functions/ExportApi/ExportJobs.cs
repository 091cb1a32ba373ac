using FriendCity.Http.Errors;
using FriendCity.Operations;
using FriendCity.Records;
using FriendCity.RecordsApi;
using FriendCity.RecordsApi.Exports;

namespace FriendCity.ExportApi;

/// <summary>
/// The work of an export: what was asked is asked again, and its workbook stored. Begun again after a kill, it makes the file anew.
/// </summary>
internal sealed class ExportJobs(RecordTypes types, RecordReads reads, RecordFiles writer, ExportFiles files)
{
    public const string Export = "export";

    public async Task<OperationEnd> RunAsync(Operation operation, string input, Func<int, int, CancellationToken, Task> progress,
        CancellationToken cancellationToken)
    {
        var order = ExportOrder.Read(input);
        var type = types.Find(order.Type) ?? throw new FormatException($"There is no record type '{order.Type}'.");
        var request = new DefaultHttpContext().Request;
        request.QueryString = new(order.Query);
        try
        {
            var (query, records, form) = await reads.SelectAsync(type, request, cancellationToken);
            await progress(0, records.Count, cancellationToken);
            await using var file = await Task.Run(() => writer.Workbook(type, query, records, form, cancellationToken), cancellationToken);
            await files.PutAsync(operation.Id, type, file, cancellationToken);
            return new(null) { Done = records.Count, File = ExportFiles.Address(operation.Id) };
        }
        catch (ProblemException refusal)
        {
            return new(null, refusal.Problem.Code, refusal.Problem.Detail?.En);
        }
    }
}
