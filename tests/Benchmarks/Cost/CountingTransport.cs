namespace FriendCity.Benchmarks.Cost;

/// <summary>
/// Counts every request that reaches storage, where it is billed: below the adapters and their retries. A transaction of a hundred
/// rows is one request. The keys, read every 8 s while requests come, are left out: they follow the clock, not what is done.
/// </summary>
internal sealed class CountingTransport() : DelegatingHandler(
    new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false })
{
    private readonly Lock _gate = new();
    private Bill _bill = Bill.None;

    /// <summary>What was sent since the last time this was asked.</summary>
    public Bill Take()
    {
        lock (_gate)
        {
            var taken = _bill;
            _bill = Bill.None;
            return taken;
        }
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var (path, query) = (request.RequestUri!.AbsolutePath, request.RequestUri.Query);
        if (!path.Contains("/access(", StringComparison.Ordinal))
            lock (_gate)
                _bill += request.Headers.Contains("DataServiceVersion") ? Bill.None with { Tables = 1 } : Blob(request.Method.Method, query);
        return base.SendAsync(request, cancellationToken);
    }

    private static Bill Blob(string verb, string query) => verb switch
    {
        "GET" when query.Contains("comp=list", StringComparison.Ordinal) => Bill.None with { BlobLists = 1 },
        "PUT" when query.Contains("restype=container", StringComparison.Ordinal) => Bill.None with { BlobLists = 1 },
        "PUT" when query.Contains("comp=lease", StringComparison.Ordinal) => Bill.None with { BlobOthers = 1 },
        "PUT" => Bill.None with { BlobWrites = 1 },
        "DELETE" => Bill.None,
        _ => Bill.None with { BlobReads = 1 },
    };
}
