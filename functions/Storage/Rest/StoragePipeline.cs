using Azure.Core;
using Azure.Core.Pipeline;

namespace FriendCity.Storage.Rest;

/// <summary>Builds Azure.Core's pipeline: bounded retries outside; signing and the storage clock inside, once a try.</summary>
internal static class StoragePipeline
{
    private const string Audience = "https://storage.azure.com/.default";

    public static StorageWire Tables(StorageAccount account, StorageClock clock, TimeProvider time, StorageOptions options) =>
        Build(account.Tables, account.Access, "2020-12-06", (a, now) => new SharedKeyLitePolicy(a, now), clock, time, options);

    public static StorageWire Blobs(StorageAccount account, StorageClock clock, TimeProvider time, StorageOptions options) =>
        Build(account.Blobs, account.Access, "2021-12-02", (a, now) => new SharedKeyPolicy(a, now), clock, time, options);

    private static StorageWire Build(
        Uri endpoint, StorageAccess access, string version, Func<StorageAccess.SharedKey, Func<DateTimeOffset>, HttpPipelinePolicy> keySigning,
        StorageClock clock, TimeProvider time, StorageOptions options)
    {
        var settings = new Settings().Bound(options, clock, time);
        // The service refuses a signature whose date is 15 minutes off: its own time is better than ours.
        HttpPipelinePolicy signing = access switch
        {
            StorageAccess.SharedKey key => keySigning(key, () => clock.Now ?? time.GetUtcNow()),
            StorageAccess.Signature signature => new SignaturePolicy(signature.Query),
            StorageAccess.Identity identity => new BearerTokenAuthenticationPolicy(identity.Credential, Audience),
            _ => throw new ArgumentException("Unknown kind of access.", nameof(access)),
        };
        var pipeline = HttpPipelineBuilder.Build(settings, [new VersionPolicy(version)], [signing], new ResponseClassifier());
        return new StorageWire(endpoint, pipeline, options);
    }

    private sealed class Settings : ClientOptions;

    private sealed class VersionPolicy(string version) : HttpPipelineSynchronousPolicy
    {
        public override void OnSendingRequest(HttpMessage message) => message.Request.Headers.SetValue("x-ms-version", version);
    }
}
