using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace FriendCity.Storage;

/// <summary>Azure.Core's retries, except that a wait storage asks for is refused when it is longer than anyone would want to wait.</summary>
internal sealed class StorageRetryPolicy(StorageOptions options) : RetryPolicy(options.Retries, new Delays(options))
{
    protected override bool ShouldRetry(HttpMessage message, Exception? exception) =>
        !AsksTooMuch(message) && base.ShouldRetry(message, exception);

    protected override async ValueTask<bool> ShouldRetryAsync(HttpMessage message, Exception? exception) =>
        !AsksTooMuch(message) && await base.ShouldRetryAsync(message, exception);

    private bool AsksTooMuch(HttpMessage message) =>
        message.HasResponse && Delays.Asked(message.Response) is { } asked && asked > options.MaxRetryAfter;

    /// <summary>Doubles from retry to retry, up to the longest; the base adds a fifth of jitter and honours Retry-After.</summary>
    internal sealed class Delays(StorageOptions options) : DelayStrategy(options.MaxRetryDelay)
    {
        /// <summary>What Azure.Core reads of Retry-After: with no delay of ours, its answer is storage's alone.</summary>
        public static TimeSpan? Asked(Response response) =>
            Silent.Instance.GetNextDelay(response, 1) is var asked && asked > TimeSpan.Zero ? asked : null;

        protected override TimeSpan GetNextDelayCore(Response? response, int retryNumber) =>
            options.RetryDelay * Math.Pow(2, Math.Min(retryNumber - 1, 16));

        private sealed class Silent : DelayStrategy
        {
            public static readonly Silent Instance = new();

            protected override TimeSpan GetNextDelayCore(Response? response, int retryNumber) => TimeSpan.Zero;
        }
    }
}
