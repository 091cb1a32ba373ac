using FriendCity.Access.Limits;
using FriendCity.Http;

namespace FriendCity.RecordsApi.Batch;

/// <summary>Many writes of records in one request, each with an outcome of its own: no more than a way to send them together.</summary>
internal sealed class BatchFunctions(IServiceProvider services, Unmatched unmatched, RateLimits limits, ILogger<BatchFunctions> log)
{
    /// <summary>What becomes of the writes behind one that is refused.</summary>
    public const string OnError = "onError";

    public const string Continue = "continue";
    public const string Stop = "stop";

    [Function("Batch")]
    public async Task<IResult> Post([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/batch")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        Negotiation.RequireJson(request);
        Parameters.Check(request, OnError);
        var onError = Parameters.Choice(request, OnError, Continue, Stop);
        foreach (var header in new[] { "If-Match", "If-None-Match" })
            if (request.Headers.ContainsKey(header))
                throw Parameters.Wrong(header, "give it to each write of the batch.", "请在批次的各项写入中分别提供。");
        var items = BatchItem.Read(await JsonBody.ReadAsync(request, "application/json", cancellationToken));
        var runner = new BatchRunner(request, ActivatorUtilities.CreateInstance<RecordFunctions>(services), unmatched, limits, log);
        return new BatchResult(items, runner, onError == Stop);
    }
}
