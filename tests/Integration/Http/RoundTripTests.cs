using FriendCity.Registry;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Integration.Http;

public sealed class RoundTripTests(Azurite azurite)
{
    /// <summary>Every type of which the sample has rows.</summary>
    public static TheoryData<string> Types { get; } = [.. RegistryTypes.All.All.Select(type => type.Name)
        .Where(name => File.Exists(Path.Combine(Sample.Folder, $"{name}.json")))];

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Every_record_of_the_sample_can_be_sent_back_as_it_was_read(string type)
    {
        var app = await azurite.SampleOfficeAsync();
        var rows = (await app.GetAsync($"/api/v1/{type}?$top=1000"))["value"]!.ToList();
        Assert.NotEmpty(rows);
        foreach (var row in rows)
        {
            var path = $"/api/v1/{type}/{row["id"]}";
            var read = (await app.CallAsync("GET", path)).Is(200);
            Assert.Equal(row.ToString(), read.Json.ToString());
            var sent = (await app.CallAsync("PUT", path, read.Text, read.ETag)).Is(200);
            Assert.Equal(("\"1\"", read.ETag, read.Text), (read.ETag, sent.ETag, sent.Text));
        }
    }
}
