using System.Globalization;
using System.Threading.RateLimiting;
using FriendCity.Http.Errors;

namespace FriendCity.Access.Limits;

/// <param name="RequestsPerMinute">Of one caller at one instance: so many at once, and as many again spread over each minute.</param>
internal sealed record RateOptions(int RequestsPerMinute)
{
    /// <summary>More than an instance of the smallest plan answers: it binds nobody until an office sets less.</summary>
    public static RateOptions Default { get; } = new(600_000);
}

/// <summary>
/// How much each caller may ask of an instance: a token bucket for each, so that a program in a loop is refused and others are not.
/// Headers: https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers.
/// </summary>
internal sealed class RateLimits : IDisposable
{
    private const int Window = 60;
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(10);

    private readonly int _quota;
    private readonly string _policy;
    private readonly PartitionedRateLimiter<string> _requests;
    private readonly PartitionedRateLimiter<string> _lines;
    private readonly ILogger<RateLimits> _log;

    public RateLimits(RateOptions options, ILogger<RateLimits> log)
    {
        (_quota, _log) = (options.RequestsPerMinute, log);
        _policy = string.Create(CultureInfo.InvariantCulture, $"\"caller\";q={_quota};w={Window}");
        var tokens = Math.Max(1, _quota / Window);
        var bucket = new TokenBucketRateLimiterOptions
        {
            TokenLimit = _quota,
            TokensPerPeriod = tokens,
            ReplenishmentPeriod = TimeSpan.FromSeconds(Window) * tokens / _quota,
            QueueLimit = 0,
            AutoReplenishment = false, // by one timer for all
        };
        // Buckets that are full again are let go.
        _requests = PartitionedRateLimiter.Create<string, string>(
            caller => RateLimitPartition.Get<string>(caller, _ => new TokenBucketRateLimiter(bucket)), StringComparer.Ordinal);
        _lines = PartitionedRateLimiter.Create<string, string>(caller => RateLimitPartition.GetFixedWindowLimiter(caller,
            _ => new FixedWindowRateLimiterOptions { PermitLimit = 1, Window = LineEvery, QueueLimit = 0 }), StringComparer.Ordinal);
    }

    /// <summary>Counts a request and tells its caller what is left; null when it may go on.</summary>
    public Problem? Take(HttpContext http, Caller caller)
    {
        using var lease = _requests.AttemptAcquire(caller.Name);
        var left = _requests.GetStatistics(caller.Name)?.CurrentAvailablePermits ?? 0;
        var headers = http.Response.Headers;
        headers["RateLimit-Policy"] = _policy;
        // After so many seconds the whole quota is there again.
        var again = (((_quota - left) * Window) + _quota - 1) / _quota;
        headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"caller\";r={left};t={again}");
        return lease.IsAcquired ? null : Refusal(http, caller, lease);
    }

    public void Dispose()
    {
        _requests.Dispose();
        _lines.Dispose();
    }

    private Problem Refusal(HttpContext http, Caller caller, RateLimitLease lease)
    {
        using var line = _lines.AttemptAcquire(caller.Name);
        if (line.IsAcquired)
            _log.LogWarning("{Caller} asks more than {Quota} times a minute: {Method} {Path} is refused (told once in {Seconds} s)", caller.Name,
                _quota, http.Request.Method, http.Request.Path.ToUriComponent(), LineEvery.TotalSeconds);
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
        return new Problem(Problems.RateLimited, new(
            $"Requests of one caller a minute: at most {_quota}.", $"每个调用方每分钟最多请求 {_quota} 次。"))
        {
            RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)),
        };
    }
}
