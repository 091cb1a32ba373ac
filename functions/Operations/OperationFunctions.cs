using FriendCity.Http;
using FriendCity.Http.Errors;
using FriendCity.Storage;

namespace FriendCity.Operations;

/// <summary>Puts right what operations rest on, before any is gone on with.</summary>
internal delegate Task OperationRepair(CancellationToken cancellationToken);

/// <summary>Operations over HTTP: how far one is, and its end before its time.</summary>
internal sealed class OperationFunctions(OperationStore store, OperationRunner runner, OperationRepair repair, ILogger<OperationFunctions> log)
{
    [Function("Operation")]
    public async Task<IResult> Item(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "delete", Route = "api/v1/operations/{id}")] HttpRequest request, string id,
        CancellationToken cancellationToken)
    {
        Parameters.Check(request);
        var operation = (request.Method == HttpMethods.Delete ? await runner.CancelAsync(id, cancellationToken)
            : await store.FindAsync(id, cancellationToken))
            ?? throw new ProblemException(new(Problems.NotFound, new($"There is no operation {id}.", $"没有操作 {id}。")));
        return new JsonResult(writer => OperationJson.Write(writer, operation, Languages.Of(request)));
    }

    /// <summary>Puts right what somebody spoilt, and goes on with what a killed process left behind.</summary>
    [Function("ResumeOperations")]
    public async Task Resume([TimerTrigger("30 * * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        try
        {
            await repair(cancellationToken);
        }
        catch (StorageException fault)
        {
            log.LogWarning(fault, "The state that operations depend on could not be checked; it is tried again in a minute");
        }

        await runner.ResumeAsync(cancellationToken);
    }
}
