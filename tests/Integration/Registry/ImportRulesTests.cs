using FriendCity.Records.Import;
using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Integration.Registry;

/// <summary>An import keeps the rules that a single write keeps, within its files and against the registry.</summary>
public sealed class ImportRulesTests(Azurite azurite) : IDisposable
{
    private readonly string _folder = Scratch.Folder("import");

    /// <summary>Type, records, and the faults as <c>id pointer rule other</c>.</summary>
    public static TheoryData<string, string, string> Alike => new()
    {
        { "cities", """[{"id":"X1","countryId":"KZ","entityLevel":"city","nameEn":"ALMATY","nameZh":"甲"}]""", "X1 /nameEn KZALA" },
        { "cities", """[{"id":"X1","countryId":"KZ","entityLevel":"city","nameEn":"A","nameZh":"甲"},{"id":"X2","countryId":"KZ","entityLevel":"city","nameEn":"a","nameZh":"乙"}]""", "X2 /nameEn X1" },
        { "cities", """[{"id":"X1","countryId":"KZ","entityLevel":"city","nameEn":"A","nameZh":"甲","unlocode":"KZXXX"},{"id":"X2","countryId":"KZ","entityLevel":"city","nameEn":"B","nameZh":"乙","unlocode":"KZXXX"}]""", "X2 /unlocode X1" },
        { "cities", """[{"id":"X1","countryId":"KZ","entityLevel":"city","nameEn":"A","nameZh":"甲","unlocode":"KZALA"}]""", "X1 /unlocode KZALA" },
        { "countries", """[{"id":"XA","nameEn":"A","nameZh":"甲","iso3":"XAA"},{"id":"XB","nameEn":"B","nameZh":"乙","iso3":"XAA"}]""", "XB /iso3 XA" },
        { "relationships", """[{"id":"X1","homeCityId":"CNTAO","homeEntityLevel":"city","cityId":"RULED"}]""", "X1 /cityId R02" },
        { "cities", """[{"id":"X1","countryId":"KZ","entityLevel":"city","nameEn":"A","nameZh":"甲"},{"id":"X2","countryId":"RU","entityLevel":"city","nameEn":"A","nameZh":"甲"}]""", "" },
    };

    [Theory]
    [MemberData(nameof(Alike))]
    public async Task Records_that_are_alike_are_refused_and_the_other_is_named(string type, string json, string faults)
    {
        await using var app = await azurite.OfficeAsync(sample: true);
        var result = await ImportAsync(app, type, json);
        Assert.Equal(faults, string.Join("; ", result.Faults.Select(fault =>
        {
            Assert.Equal("duplicate", fault.Violation.Rule);
            return $"{fault.Place.Split('/')[^1].TrimEnd(')')} {fault.Violation.Pointer} {fault.Violation.Message.En.Split(' ')[0].Split('/')[^1]}";
        })));
    }

    [Theory]
    [InlineData("cities", """[{"id":"X1","countryId":"KZ","entityLevel":"city","nameEn":"A","nameZh":"甲","unlocode":"kzala"}]""", "/unlocode unlocode")]
    [InlineData("countries", """[{"id":"KAZ","nameEn":"A","nameZh":"甲"}]""", "/id iso2")]
    [InlineData("cities", """[{"id":"X1","countryId":"XX","entityLevel":"city","nameEn":"A","nameZh":"\u200b"}]""", "/nameZh empty")]
    public async Task What_is_of_the_wrong_form_is_refused(string type, string json, string fault)
    {
        await using var app = await azurite.OfficeAsync(sample: true);
        var found = Assert.Single((await ImportAsync(app, type, json)).Faults).Violation;
        Assert.Equal(fault, $"{found.Pointer} {found.Rule}");
    }

    /// <summary>What a GET answers is taken as a PUT takes it: whole lists, and single records in an array.</summary>
    [Fact]
    public async Task What_the_API_answers_is_imported_again_as_unchanged()
    {
        await using var app = await azurite.OfficeAsync(sample: true);
        var list = await app.GetAsync("/api/v1/cities?$top=1000&$count=true");
        Assert.Equal(((int)list["count"]!, 0, 0, 0), Counts(await ImportAsync(app, "cities", list.ToString())));
        Assert.Equal((1, 0, 0, 0), Counts(await ImportAsync(app, "cities", new JArray(await app.GetAsync("/api/v1/cities/KZALA")).ToString())));

        Assert.Equal(200, (await app.SendAsync("PATCH", "/api/v1/cities/KZALA", """{"note":"edited"}""", "\"1\"")).Status);
        Assert.Equal(((int)list["count"]! - 1, 1, 0, 0), Counts(await ImportAsync(app, "cities", list.ToString())));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static (int Unchanged, int Differing, int Deleted, int Faults) Counts(ImportResult result) =>
        (result.Unchanged, result.Differing, result.Deleted, result.Faults.Count);

    private async Task<ImportResult> ImportAsync(TestApp app, string type, string json)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, $"{type}.json"), json);
        return await app.Services.GetRequiredService<Importer>().RunAsync(_folder, "import", CancellationToken.None);
    }
}
