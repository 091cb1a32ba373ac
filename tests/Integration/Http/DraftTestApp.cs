using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Integration.Http;

/// <summary>An office with the sample for one class of tests that write; each test uses records of its own.</summary>
public sealed class DraftTestApp(Azurite azurite) : IAsyncLifetime
{
    private static int _last;

    internal TestApp App { get; private set; } = null!;

    public async ValueTask InitializeAsync() => App = await azurite.OfficeAsync(sample: true);

    public async ValueTask DisposeAsync() => await App.DisposeAsync();

    /// <summary>An id nobody else uses.</summary>
    internal static string NewId() => $"T{Interlocked.Increment(ref _last)}";

    internal static JObject City(string? id = null)
    {
        // No two cities of a country have one name, and ids that differ in case alone are two.
        var name = Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(id ?? NewId()));
        var city = new JObject { ["countryId"] = "KZ", ["entityLevel"] = "city", ["nameEn"] = $"Testville {name}", ["nameZh"] = $"试验市 {name}" };
        if (id is not null)
            city["id"] = id;
        return city;
    }

    /// <summary>Path of a new city, at version 1.</summary>
    internal Task<string> NewCityAsync() => App.CreateAsync("cities", City(NewId()));
}
