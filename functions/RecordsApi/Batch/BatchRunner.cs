using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FriendCity.Access;
using FriendCity.Access.Limits;
using FriendCity.Http;
using FriendCity.Http.Errors;
using FriendCity.Http.Routing;
using Newtonsoft.Json;

namespace FriendCity.RecordsApi.Batch;

/// <summary>Sends each write of a batch to the function that would get it from outside, past the same policy and limits.</summary>
internal sealed class BatchRunner(HttpRequest batch, RecordFunctions records, Unmatched unmatched, RateLimits limits, ILogger log)
{
    private static readonly Problem Stopped = new(Problems.BatchStopped, new(
        "A write before it was refused, and the batch was to stop there.", "此前有写入未被接受，按要求不再继续。"));

    private static readonly Problem NoWrite = new(Problems.Invalid, Errors: [new("/path", "not_allowed", new(
        "A batch takes writes of records and of entries in their lists; send this by itself.", "批次仅接受记录及其列表项的写入，其他请求请单独发送。"))]);

    private readonly string? _key = IdempotencyKey.Of(batch) is { } key
        ? Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(key))) : null;

    /// <param name="at">Its place in the batch.</param>
    /// <param name="isStopped">It is not to be carried out any more.</param>
    public async Task<(HttpResponse Response, ReadOnlyMemory<byte> Body)> RunAsync(BatchItem item, int at, bool isStopped,
        CancellationToken cancellationToken)
    {
        var body = item.Body is null ? null : Encoding.UTF8.GetBytes(item.Body.ToString(Formatting.None));
        var inner = new InnerRequest(batch, item.Method, item.Path, item.Query, body);
        var headers = inner.Request.Headers;
        if (body is not null)
            headers.ContentType = HttpMethods.IsPatch(item.Method) ? MergePatch.MediaType : "application/json";
        foreach (var (name, value) in item.Headers)
            headers[name] = value;
        // What is preferred of the batch comes first, so a dry run of the whole is one of each.
        if (batch.Headers.TryGetValue("Prefer", out var preferred))
            headers["Prefer"] = string.Join(", ", preferred.Concat(headers["Prefer"]));
        if (_key is not null && !headers.ContainsKey(IdempotencyKey.Header))
            headers[IdempotencyKey.Header] = string.Create(CultureInfo.InvariantCulture, $"{_key}-{at}");
        return (inner.Response, await inner.AnswerAsync(
            request => isStopped ? Task.FromResult(Stopped.ToResult()) : SendAsync(request, cancellationToken), log));
    }

    private Task<IResult> SendAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var caller = Caller.Of(request.HttpContext);
        if (limits.Take(request.HttpContext, caller) is { } limited)
            return Task.FromResult(limited.ToResult());
        if (AccessPolicy.Needs(request.Method, request.Path) is { } needed && AccessPolicy.Refusal(caller, needed) is { } refused)
            return Task.FromResult(refused.ToResult());
        var (route, values) = RouteTable.All.Where(route => route.Methods.Contains(request.Method))
            .Select(route => (route, route.Match(request.Path))).First(each => each.Item2 is not null);
        return route.Name switch
        {
            "XRecords" => records.Collection(request, Of("type"), cancellationToken),
            "XRecord" => records.Item(request, Of("type"), Of("id"), cancellationToken),
            "XRecordRestore" => records.Restore(request, Of("type"), Of("id"), cancellationToken),
            "XRecordRevert" => records.Revert(request, Of("type"), Of("id"), cancellationToken),
            "YEntries" => records.Entries(request, Of("type"), Of("id"), Of("list"), cancellationToken),
            "YEntry" => records.Entry(request, Of("type"), Of("id"), Of("list"), Of("entry"), cancellationToken),
            RouteTable.Fallback => Task.FromResult(unmatched.Answer(request)),
            _ => Task.FromResult(NoWrite.ToResult()),
        };

        string Of(string name) => (string)values![name]!;
    }
}
