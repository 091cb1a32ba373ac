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

    /// <exception cref="FormatException">There is no such file, or it is not of the form that docs/cost.md shows.</exception>
    public static async Task<Prices> ReadAsync(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<Prices>(await File.ReadAllBytesAsync(file), Web) ?? throw new JsonException("There is nothing in it.");
        }
        catch (Exception fault) when (fault is JsonException or IOException)
        {
            throw new FormatException($"{file} does not hold prices as docs/cost.md shows them: {fault.Message}", fault);
        }
    }

    /// <summary>What ten thousand such operations cost.</summary>
    public double Of(Bill bill) => (double)(
        (bill.Tables * Per10000.Tables) + (bill.BlobWrites * Per10000.BlobWrites) + (bill.BlobLists * Per10000.BlobLists)
        + (bill.BlobReads * Per10000.BlobReads) + (bill.BlobOthers * Per10000.BlobOthers));
}

internal sealed record PricesOf10000(decimal Tables, decimal BlobWrites, decimal BlobLists, decimal BlobReads, decimal BlobOthers);
