using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;

namespace FriendCity.Storage.Rest;

/// <summary>One service of the account: makes its requests, sends them within the bounds, and turns every silence into a <see cref="StorageException"/>.</summary>
internal sealed class StorageWire(Uri endpoint, HttpPipeline pipeline, StorageOptions options)
{
    /// <param name="path">Escaped already.</param>
    public Uri Address(string path) => new($"{endpoint}{path}");

    public HttpMessage Request(RequestMethod method, string path, params ReadOnlySpan<(string Name, string? Value)> query)
    {
        var message = pipeline.CreateMessage();
        message.Request.Method = method;
        message.Request.Uri.Reset(Address(path));
        foreach (var (name, value) in query)
        {
            if (value is not null)
                message.Request.Uri.AppendQuery(name, value, escapeValue: true);
        }

        return message;
    }

    public async Task<Response> SendAsync(HttpMessage message, CancellationToken cancellation)
    {
        // Read before sending: the address must not be asked of a message whose answer is broken.
        var what = $"{message.Request.Method} {message.Request.Uri.ToUri().AbsolutePath}";
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        bound.CancelAfter(options.RequestTimeout);
        try
        {
            await pipeline.SendAsync(message, bound.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or RequestFailedException or HttpRequestException or IOException
            or AggregateException or AuthenticationFailedException)
        {
            // The retries wrap a cancellation among earlier failures, and end a try of their own by the same exception.
            throw cancellation.IsCancellationRequested
                ? new OperationCanceledException(e.Message, e, cancellation)
                : new StorageException($"Storage did not answer {what}.", e);
        }

        if (message.Response.Status is 408 or 429 or >= 500)
            throw StorageFault.Of(message.Response).Exception(what);
        return message.Response;
    }
}
