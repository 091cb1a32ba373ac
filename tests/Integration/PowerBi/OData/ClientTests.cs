using FriendCity.Tests.Support;


namespace FriendCity.Tests.Integration.PowerBi.OData;

/// <summary>OData clients that others wrote read every set, page by page.</summary>
[Trait("Set", "slow")]
public sealed class ClientTests(Azurite azurite)
{
    [Theory]
    [InlineData("o.js")]
    [InlineData("@odata/client")]
    public async Task A_client_crawls_every_set_to_its_end(string client)
    {
        var folder = await Oracles.FolderAsync();
        var app = await azurite.StarOfficeAsync();
        var (code, output) = await Oracles.RunAsync("node", [Repository.At("tests", "oracles", "odata-clients.cjs"), folder, client], folder,
            $"{app.Address}odata/\n{app.Key}");
        Assert.True(code == 0, output);
        var read = output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .ToDictionary(line => line.Split(' ')[0], line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
        Assert.Equal((await app.GetAsync("/odata"))["value"]!.Select(set => (string)set["name"]!).Order(StringComparer.Ordinal),
            read.Keys.Order(StringComparer.Ordinal));
        foreach (var (set, rows) in read)
        {
            var count = (await app.FeedAsync($"/odata/{set}/$count")).Is(200).Text;
            Assert.Equal($"{set} {count} {count}", $"{set} {rows}");
        }
    }
}
