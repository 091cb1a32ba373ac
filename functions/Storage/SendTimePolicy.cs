using Azure.Core;
using Azure.Core.Pipeline;

namespace FriendCity.Storage;

/// <summary>
/// A try has its time to be answered, and more where it has much to send: the file of a million records is on its way for longer than any
/// answer may take. One that hangs meanwhile is ended by its <see cref="CallBound"/>.
/// </summary>
internal sealed class SendTimePolicy(TimeSpan tryTimeout) : HttpPipelineSynchronousPolicy
{
    /// <summary>A slower way to storage is taken for none.</summary>
    private const double BytesPerSecond = 1024 * 1024;

    public override void OnSendingRequest(HttpMessage message) => message.NetworkTimeout = Of(
        message.Request.Content is { } content && content.TryComputeLength(out var length) ? length : 0);

    /// <summary>For a request with so many bytes to send.</summary>
    public TimeSpan Of(long bytes) => tryTimeout + TimeSpan.FromSeconds(bytes / BytesPerSecond);
}
