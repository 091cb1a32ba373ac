using System.Net;

namespace FriendCity.Tests.Integration.OpenApi;

/// <summary>
/// Stands in the way of every request that a test sends to the service: an answer that the service's own document does not allow fails the
/// test. Bodies are judged when they have been read to their end, so nothing is held back.
/// </summary>
internal sealed class ContractHandler(Func<Contract> contract, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private static readonly HttpStatusCode[] Elsewhere =
        [HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed, HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var sent = request.Content is ByteArrayContent content ? await content.ReadAsByteArrayAsync(cancellationToken) : null;
        var response = await base.SendAsync(request, cancellationToken);
        var (method, path) = (request.Method.Method.ToUpperInvariant(), request.RequestUri!.AbsolutePath);
        var judge = contract();
        if (method == "OPTIONS" || !judge.Names(path) || judge.Find(method, path) is not { } operation)
        {
            Assert.True(method == "OPTIONS" || Elsewhere.Contains(response.StatusCode) || !response.IsSuccessStatusCode,
                $"{method} {path} answers {(int)response.StatusCode}, and the document does not name it.");
            return response;
        }

        var status = (int)response.StatusCode;
        var mediaType = response.Content.Headers.ContentType?.MediaType;
        Fail(judge.Fault(operation, method, status, mediaType));
        if (sent is not null && response.IsSuccessStatusCode && request.Content!.Headers.ContentType?.MediaType is { } type)
            Fail(judge.RequestFault(operation, type.ToLowerInvariant(), sent) is { } fault ? $"the body that was taken: {fault}" : null);
        if (mediaType is not null && method != "HEAD" && response.Content.Headers.ContentEncoding.Count == 0)
            response.Content = new JudgedContent(response.Content, body => Fail(judge.Fault(operation, status, mediaType, body)));
        return response;

        void Fail(string? what) => Assert.True(what is null, $"{method} {request.RequestUri!.PathAndQuery} {status}: {what}");
    }

    /// <summary>The same content, judged at its end.</summary>
    private sealed class JudgedContent : HttpContent
    {
        private readonly HttpContent _inner;
        private readonly JudgedStream.Verdict _judge;

        public JudgedContent(HttpContent inner, JudgedStream.Verdict judge)
        {
            (_inner, _judge) = (inner, judge);
            foreach (var (name, values) in inner.Headers)
                Headers.TryAddWithoutValidation(name, values);
        }

        protected override async Task<Stream> CreateContentReadStreamAsync() => new JudgedStream(await _inner.ReadAsStreamAsync(), _judge);

        protected override async Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken) =>
            new JudgedStream(await _inner.ReadAsStreamAsync(cancellationToken), _judge);

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, default);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            await using var source = new JudgedStream(await _inner.ReadAsStreamAsync(cancellationToken), _judge);
            await source.CopyToAsync(stream, cancellationToken);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _inner.Headers.ContentLength ?? -1;
            return length >= 0;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                _inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
