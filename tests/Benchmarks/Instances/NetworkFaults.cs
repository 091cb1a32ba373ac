namespace FriendCity.Benchmarks.Instances;

/// <summary>
/// The way to storage, on which requests are delayed and answers get lost, as drawn from a seed. A delayed write is on its way
/// whether its sender still waits or not.
/// </summary>
internal sealed class NetworkFaults(int seed) : DelegatingHandler(
    new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false })
{
    private readonly Lock _gate = new();
    private readonly Random _random = new(seed);
    private readonly Dictionary<string, Fate> _doomed = new(StringComparer.Ordinal);
    private bool _begun;
    private TimeSpan _hold;
    private TimeSpan _shift;

    /// <summary>From now on storage tells a time that is so much later, which brings the end of an hour near.</summary>
    public string ShiftDate(TimeSpan by)
    {
        lock (_gate)
            _shift = by;
        return "shift";
    }

    public string Begin()
    {
        lock (_gate)
            _begun = true;
        return "harm";
    }

    /// <summary>From now on commits, but not their pointers, stay so long on their way.</summary>
    public string HoldCommits(TimeSpan time)
    {
        lock (_gate)
            _hold = time;
        return "hold";
    }

    public string End()
    {
        lock (_gate)
            (_begun, _hold) = (false, TimeSpan.Zero);
        return "calm";
    }

    private TimeSpan Shift
    {
        get { lock (_gate) return _shift; }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var copy = await CopyAsync(request, cancellationToken);
        var fate = Draw(copy.Commit, string.Concat(request.Headers.GetValues("x-ms-client-request-id")));
        if (fate.Dropped)
            throw new HttpRequestException("The request is lost.");
        // Reads end with their sender; writes do not.
        var answer = await ForwardAsync(copy.Request, fate.Before, request.Method == HttpMethod.Get ? cancellationToken : CancellationToken.None)
            .WaitAsync(cancellationToken);
        answer.RequestMessage = request;
        if (answer.Headers.Date is { } date)
            answer.Headers.Date = date + Shift;
        if (fate.Lost)
        {
            answer.Dispose();
            throw new HttpRequestException("The answer is lost.");
        }

        await Task.Delay(fate.After, cancellationToken);
        return answer;
    }

    private async Task<HttpResponseMessage> ForwardAsync(HttpRequestMessage request, TimeSpan delay, CancellationToken cancellationToken)
    {
        await Task.Delay(delay, cancellationToken);
        return await base.SendAsync(request, cancellationToken);
    }

    private Fate Draw(bool commit, string request)
    {
        lock (_gate)
        {
            if (!_begun)
                return default;
            var (kind, size) = (_random.NextDouble(), _random.NextDouble());
            if (commit && _hold > TimeSpan.Zero)
                return new Fate(Before: _hold);
            // A doomed commit is lost each time it is tried, and nobody is told whether it was carried out.
            if (commit && kind > 0.985 && !_doomed.ContainsKey(request))
                _doomed[request] = new Fate(Lost: size < 0.5, Dropped: size >= 0.5);
            return _doomed.TryGetValue(request, out var doom) ? doom : kind switch
            {
                < 0.80 => default,
                < 0.88 => new Fate(Before: TimeSpan.FromMilliseconds(30 * size)),
                < 0.96 => new Fate(After: TimeSpan.FromMilliseconds(80 * size)),
                < 0.97 => new Fate(Before: TimeSpan.FromMilliseconds(800 * size)),
                < 0.985 => new Fate(Before: TimeSpan.FromMilliseconds(100 * size), Lost: true),
                _ => default,
            };
        }
    }

    private static async Task<(HttpRequestMessage Request, bool Commit)> CopyAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var copy = new HttpRequestMessage(request.Method, request.RequestUri) { Version = request.Version, VersionPolicy = request.VersionPolicy };
        foreach (var header in request.Headers.NonValidated)
            copy.Headers.TryAddWithoutValidation(header.Key, header.Value.AsEnumerable());
        if (request.Content is null)
            return (copy, false);
        var body = await request.Content.ReadAsByteArrayAsync(cancellationToken);
        copy.Content = new ByteArrayContent(body);
        foreach (var header in request.Content.Headers.NonValidated)
            copy.Content.Headers.TryAddWithoutValidation(header.Key, header.Value.AsEnumerable());
        var batch = request.RequestUri!.AbsolutePath.EndsWith("$batch", StringComparison.Ordinal);
        return (copy, batch && body.AsSpan().IndexOf("/changes("u8) < 0);
    }

    /// <param name="Lost">Carried out, and the answer never comes.</param>
    /// <param name="Dropped">Never carried out, and no answer either.</param>
    private readonly record struct Fate(TimeSpan Before = default, TimeSpan After = default, bool Lost = false, bool Dropped = false);
}
