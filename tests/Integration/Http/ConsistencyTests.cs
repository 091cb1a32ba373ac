using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Integration.Http;

/// <summary>Two instances over one account: what the one has acknowledged, the other shows at once.</summary>
public sealed class ConsistencyTests(Azurite azurite)
{
    private const int Writes = 50;

    [Fact]
    public async Task A_write_acknowledged_by_one_instance_is_seen_by_the_next_read_of_another()
    {
        var connection = await azurite.ConnectionStringAsync(azurite.NewAccount());
        await using var writer = await TestApp.OpenAsync(connection, sample: true);
        await using var reader = await TestApp.OpenAsync(connection);
        // Others read all the time, so that a poll is always under way that began before the write was acknowledged.
        using var end = new CancellationTokenSource();
        var others = Enumerable.Range(0, 3).Select(_ => ReadUntilAsync(reader, end.Token)).ToList();
        var before = await SignedAsync(reader);
        for (var i = 1; i <= Writes; i++)
        {
            var body = JObject.Parse("""{"nameEn":"P","nameZh":"项","countryId":"RU","sectorId":"TRADE","status":"SIGNED","agreementDate":"2020-01-01"}""");
            var path = await writer.CreateAsync("projects", body);
            // Each kind of read comes first in turn: a read that came second would profit from the poll of the first.
            for (var turn = i; turn < i + 3; turn++)
                switch (turn % 3)
                {
                    case 0:
                        Assert.Equal("\"1\"", (await reader.CallAsync("GET", path)).Is(200).ETag);
                        break;
                    case 1:
                        Assert.Contains((await reader.GetAsync("/api/v1/projects?$top=1000"))["value"]!,
                            row => path.EndsWith((string)row["id"]!, StringComparison.Ordinal));
                        break;
                    default:
                        Assert.Equal(before + i, await SignedAsync(reader));
                        break;
                }

            (await writer.CallAsync("PATCH", path, """{"note":"n"}""", "\"1\"", ApiClient.MergePatch)).Is(200);
            Assert.Equal("\"2\"", (await reader.CallAsync("GET", path)).Is(200).ETag);
        }

        await end.CancelAsync();
        await Task.WhenAll(others);
    }

    [Fact]
    public async Task A_deletion_and_what_may_be_referred_to_is_known_to_another_instance_at_once()
    {
        var connection = await azurite.ConnectionStringAsync(azurite.NewAccount());
        await using var one = await TestApp.OpenAsync(connection, sample: true);
        await using var other = await TestApp.OpenAsync(connection);
        for (var i = 0; i < 10; i++)
        {
            var city = await one.CreateAsync("cities", DraftTestApp.City(DraftTestApp.NewId()));
            var tie = new JObject { ["homeCityId"] = "CNTAO", ["homeEntityLevel"] = "city", ["cityId"] = city.Split('/')[^1] };
            var path = await other.CreateAsync("relationships", tie);
            (await one.CallAsync("DELETE", city, etag: "\"1\"")).IsProblem(409, "referenced");
            (await other.CallAsync("DELETE", path, etag: "\"1\"")).Is(204);
            (await one.CallAsync("DELETE", city, etag: "\"1\"")).Is(204);
            (await other.CallAsync("GET", city)).IsProblem(410, "gone");
            (await other.CallAsync("POST", "/api/v1/relationships", tie)).IsProblem(422, "invalid");
        }
    }

    private static async Task ReadUntilAsync(TestApp app, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
            await app.GetAsync("/api/v1/scopes");
    }

    private static async Task<int> SignedAsync(TestApp app) =>
        (int)(await app.GetAsync("/api/v1/kpis?view=now"))["values"]!.Single(value => (string?)value["kpi"] == "K15"
            && (string?)value["dimensions"]!["measure"] == "count")["value"]!;
}
