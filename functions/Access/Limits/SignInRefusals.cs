using System.Net;
using System.Threading.RateLimiting;
using FriendCity.Http.Errors;

namespace FriendCity.Access.Limits;

/// <param name="Burst">Refused at full speed; what comes beyond waits.</param>
/// <param name="PerMinute">How fast the burst fills up again.</param>
/// <param name="Delay">How long those beyond wait for their refusal.</param>
/// <param name="MaxWaiting">Each holds a connection and nothing else; more are told to come again.</param>
internal sealed record SignInOptions(int Burst, int PerMinute, TimeSpan Delay, int MaxWaiting)
{
    public static SignInOptions Default { get; } = new(20, 60, TimeSpan.FromSeconds(1), 32);
}

/// <summary>Says that an answer is to wait, once the request has given back what it held.</summary>
internal sealed record SlowAnswer(TimeSpan Delay);

/// <summary>
/// Sign-ins that were shown a key or token and refused: each is logged, and too many are slowed. One budget for all of them, since whoever
/// guesses may come from anywhere; whoever shows a good key is never slowed.
/// </summary>
internal sealed class SignInRefusals(SignInOptions options, ILogger<SignInRefusals> log) : IDisposable
{
    private readonly TokenBucketRateLimiter _budget = new(new TokenBucketRateLimiterOptions
    {
        TokenLimit = options.Burst,
        TokensPerPeriod = options.PerMinute,
        ReplenishmentPeriod = TimeSpan.FromMinutes(1),
        QueueLimit = 0,
        AutoReplenishment = true,
    });

    private int _waiting;
    private int _untold;

    /// <summary>What the caller is answered, after a while if <see cref="SlowAnswer"/> says so.</summary>
    public Problem Refuse(HttpContext http, Credentials shown, Problem refusal)
    {
        using var lease = _budget.AttemptAcquire();
        if (!lease.IsAcquired)
        {
            if (Interlocked.Increment(ref _waiting) > options.MaxWaiting)
            {
                Interlocked.Decrement(ref _waiting);
                Interlocked.Increment(ref _untold);
                return new Problem(Problems.RateLimited, new("Too many sign-ins are refused at present.", "当前被拒绝的登录过多。"))
                {
                    RetryAfter = Math.Max(1, (int)options.Delay.TotalSeconds),
                };
            }

            http.Features.Set(new SlowAnswer(options.Delay));
        }

        log.LogWarning("Sign-in refused ({Code}): {Method} {Path} from {Address} showed {Shown}; {Untold} more were not told of",
            refusal.Code.Name, http.Request.Method, http.Request.Path.ToUriComponent(), Address(http), Describe(shown),
            Interlocked.Exchange(ref _untold, 0));
        return refusal;
    }

    /// <summary>The answer that waited is given.</summary>
    public void Waited() => Interlocked.Decrement(ref _waiting);

    public void Dispose() => _budget.Dispose();

    /// <summary>The id of a key is no secret; of anything else nothing is said.</summary>
    private static string Describe(Credentials shown) =>
        AccessKey.TryParse(shown.Key, out var key) ? $"key {key.Id}" : shown.Key is not null ? "what is no key" : "a token";

    /// <summary>As the Functions host saw it. It is for a reader's eyes: nothing rests on it.</summary>
    private static string Address(HttpContext http) =>
        IPEndPoint.TryParse(http.Request.Headers["X-Forwarded-For"].ToString().Split(',')[^1].Trim(), out var seen)
            ? seen.Address.ToString() : http.Connection.RemoteIpAddress?.ToString() ?? "nowhere";
}
