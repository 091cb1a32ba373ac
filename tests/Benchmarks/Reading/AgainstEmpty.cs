namespace FriendCity.Benchmarks.Reading;

/// <summary>Requests a second of the service, beside those of an empty function under the same host that sends one such answer from memory.</summary>
internal static class AgainstEmpty
{
    public static async Task<(double Ours, double Empty)> RunAsync(BenchContext context, Uri service, Uri[] addresses, string key)
    {
        var connections = context.Options.Connections;
        using var client = HttpLoad.Client(connections, key);
        var body = await client.GetByteArrayAsync(addresses[0]);
        await using var empty = await context.EmptyAsync(body);
        var theirs = addresses.Select(address => new Uri(empty.Address, service.MakeRelativeUri(address))).ToArray();
        return await Rounds.CompareAsync(context.Options.Rounds, () => RateAsync(client, addresses), () => RateAsync(client, theirs));

        Task<double> RateAsync(HttpClient http, Uri[] from) => HttpLoad.RateAsync(http, connections, context.Options.Span, from);
    }
}
