using System.Globalization;
using Azure.Core;
using Azure.Core.Pipeline;

namespace FriendCity.Storage;

/// <summary>Tells the storage clock each answer's Date, with monotonic stamps around the try that brought it.</summary>
internal sealed class ClockPolicy(StorageClock clock, TimeProvider time) : HttpPipelinePolicy
{
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var sent = time.GetTimestamp();
        ProcessNext(message, pipeline);
        Observe(message, sent);
    }

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var sent = time.GetTimestamp();
        await ProcessNextAsync(message, pipeline);
        Observe(message, sent);
    }

    private void Observe(HttpMessage message, long sent)
    {
        var received = time.GetTimestamp();
        // Without a request id the answer may be a gateway's, whose clock is nobody's business.
        var headers = message.Response.Headers;
        if (headers.Contains("x-ms-request-id") && headers.TryGetValue("Date", out var text)
            && DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
            clock.Observe(date, sent, received);
    }
}
