using System.Text.Json;

namespace FriendCity.Benchmarks.Cost;

/// <summary>Prices of ten thousand requests, as someone read them on a day.</summary>
internal sealed record Prices(DateOnly Date, string Source, string Currency, PricesOf10000 Per10000)
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
    };

    /// <exception cref="JsonException">The file is not of the form that docs/cost.md shows.</exception>
    public static async Task<Prices> ReadAsync(string file)
    {
        await using var stream = File.OpenRead(file);
        return await JsonSerializer.DeserializeAsync<Prices>(stream, Web) ?? throw new JsonException("There are no prices in it.");
    }

    /// <summary>What ten thousand such operations cost.</summary>
    public double Of(Bill bill) => (double)(
        (bill.Tables * Per10000.Tables) + (bill.BlobWrites * Per10000.BlobWrites) + (bill.BlobLists * Per10000.BlobLists)
        + (bill.BlobReads * Per10000.BlobReads) + (bill.BlobOthers * Per10000.BlobOthers));
}

internal sealed record PricesOf10000(decimal Tables, decimal BlobWrites, decimal BlobLists, decimal BlobReads, decimal BlobOthers);
