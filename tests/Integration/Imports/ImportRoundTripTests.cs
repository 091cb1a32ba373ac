using FriendCity.Records.Schemas;
using FriendCity.Registry;
using FriendCity.Tests.Integration.Http;
using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Integration.Imports;

/// <summary>The sample, with values that spreadsheets and readers of text are known to spoil.</summary>
public sealed class NastyTestApp(Azurite azurite) : IAsyncLifetime
{
    private static readonly string[] Texts =
    [
        "=1+1 青岛", "'quoted", "\"a\", b\nc\td", "Циндао 🏙𠮷", "  spaces at both ends  ", "[\"x\"]", "a;b；c", "＝full width", "-5", "@x", "+86 532", "0012",
        "1e5", "true", "2024-01-02", "_x000A_", "\uFFFE", "\nfirst", "\tsecond", "''", "null", "<&>",
    ];

    internal TestApp App { get; private set; } = null!;

    /// <summary>How many values were stored.</summary>
    internal int Stored { get; private set; }

    /// <summary>Puts such a value into each field of free text, of the first records of each type, where its rules allow it.</summary>
    public async ValueTask InitializeAsync()
    {
        App = await azurite.OfficeAsync(sample: true);
        var next = 0;
        foreach (var type in RegistryTypes.All.All)
            foreach (var record in (await App.GetAsync($"/api/v1/{type.Name}?$top=4"))["value"]!.Cast<JObject>())
            {
                var etag = $"\"{record["version"]}\"";
                foreach (var field in type.Members)
                {
                    JToken? value = field.Domain switch
                    {
                        ValueDomain.Text => Texts[next++ % Texts.Length],
                        ValueDomain.List { Item: ValueDomain.Text } => new JArray(Texts.Skip(next++ % 9).Take(6)),
                        ValueDomain.Money => new Newtonsoft.Json.Linq.JRaw("123456789012.123456"),
                        _ => null,
                    };
                    if (value is null)
                        continue;
                    var reply = await App.CallAsync("PATCH", $"/api/v1/{type.Name}/{record["id"]}", new JObject { [field.Name] = value }, etag,
                        ApiClient.MergePatch);
                    if (reply.Status == 200)
                        (etag, Stored) = (reply.ETag!, Stored + 1);
                }
            }
    }

    public async ValueTask DisposeAsync() => await App.DisposeAsync();
}

/// <summary>What is exported and imported again is what it was, whatever the form.</summary>
public sealed class ImportRoundTripTests(NastyTestApp nasty, Azurite azurite) : IClassFixture<NastyTestApp>
{
    private static readonly string[] Own = ["attachments", "version", "changedAt", "actor"];

    [Theory]
    [InlineData("?format=csv&lang=en", ImportClient.Csv, Traits = ["Set", "long"])]
    [InlineData("?format=csv&lang=zh&codes=true", ImportClient.Csv)]
    [InlineData("?format=csv&headings=names", ImportClient.Csv, Traits = ["Set", "long"])]
    [InlineData("?format=xlsx&lang=en&codes=true", ImportClient.Xlsx, Traits = ["Set", "long"])]
    [InlineData("?format=xlsx&lang=zh", ImportClient.Xlsx)]
    [InlineData("?format=ndjson", ImportClient.Ndjson)]
    public async Task Every_record_of_every_type_comes_back_as_it_was(string query, string mediaType)
    {
        Assert.InRange(nasty.Stored, 100, 10_000);
        await using var empty = await azurite.OfficeAsync();
        foreach (var type in RegistryTypes.All.All)
        {
            var file = await nasty.App.Client.GetByteArrayAsync(new Uri($"/api/v1/exports/{type.Name}{query}", UriKind.Relative));
            var expected = await RecordsAsync(nasty.App, type.Name);
            var end = (await empty.ImportAsync(type.Name, file, mediaType)).Succeeded();
            Assert.Equal((type.Name, $"{expected.Count} 0 0 0 0 0"), (type.Name, end.Counts));
            Assert.Equal(expected, await RecordsAsync(empty, type.Name));

            // Into where it came from it changes nothing: versions and all.
            Assert.Equal((type.Name, $"0 0 {expected.Count} 0 0 0"),
                (type.Name, (await nasty.App.ImportAsync(type.Name, file, mediaType, "?mode=upsert")).Succeeded().Counts));
        }
    }

    private static async Task<List<string>> RecordsAsync(TestApp app, string type) =>
        [.. (await app.GetAsync($"/api/v1/{type}?$top=1000"))["value"]!.Cast<JObject>().Select(record =>
        {
            foreach (var name in Own)
                record.Remove(name);
            return record.ToString();
        })];
}
