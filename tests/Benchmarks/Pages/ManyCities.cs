using System.Globalization;
using FriendCity.Benchmarks.Store;
using FriendCity.Records.Import;
using FriendCity.Registry;
using FriendCity.Tests.Support;

namespace FriendCity.Benchmarks.Pages;

/// <summary>A registry that no office will have: thousands of cities with a tie each, and the drawn projects.</summary>
internal static class ManyCities
{
    public static async Task PutAsync(BenchStore store, string connectionString, int cities, int projects)
    {
        await BenchStore.PutSampleAsync(connectionString);
        foreach (var type in (await DrawAsync(store, cities)).GroupBy(row => row.Type, row => row.Record))
            await RawRows.PutAsync(RawRows.Tables(connectionString), type.Key, [.. type]);
        await RawRows.PutAsync(RawRows.Tables(connectionString), Project.Type, [.. store.Draw(0, projects)]);
    }

    private static async Task<List<ImportRow>> DrawAsync(BenchStore store, int count)
    {
        var countries = store.Partners.Select(city => city.CountryId).Distinct().ToList();
        string[] stages = [StageEvent.FriendCity, StageEvent.FriendlyCooperation, StageEvent.Intention];
        var folder = Scratch.Folder("many-cities");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "cities.json"), Rows(count, i => $$"""
                {"id":"Z{{i:D5}}","countryId":"{{countries[i % countries.Count]}}","entityLevel":"city","nameEn":"City {{i}}","nameZh":"城市{{i}}",
                 "latitude":{{10 + (i * 37 % 5000 / 100.0)}},"longitude":{{26 + (i * 53 % 8300 / 100.0)}},"scenario":"ARTICLE","source":"illustrative"}
                """));
            await File.WriteAllTextAsync(Path.Combine(folder, "relationships.json"), Rows(count, i => $$"""
                {"id":"ZR{{i:D5}}","homeCityId":"CNTAO","homeEntityLevel":"city","cityId":"Z{{i:D5}}","scenario":"ARTICLE","source":"illustrative",
                 "stages":[{"id":"ZS{{i:D5}}","stage":"{{stages[i % 3]}}","date":"{{2010 + (i % 14)}}-0{{1 + (i % 9)}}-11","datePrecision":"day",
                 "scenario":"ARTICLE","source":"illustrative"}]}
                """));
            var (rows, faults) = await ImportFile.ReadFolderAsync(folder, RegistryTypes.All, CancellationToken.None);
            return faults.Count == 0 ? rows : throw new InvalidOperationException($"The drawn cities are no records: {faults[0]}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Rows(int count, Func<int, FormattableString> row) =>
        $"[{string.Join(",\n", Enumerable.Range(0, count).Select(i => row(i).ToString(CultureInfo.InvariantCulture)))}]";
}
