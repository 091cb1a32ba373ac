using FriendCity.Records;
using FriendCity.Records.Schemas;
using FriendCity.Registry;
using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Integration.Registry;

/// <summary>What a developer adds for a new record type: a record with its definition, and one line in the list of types.</summary>
internal sealed class Gift : FriendCity.Records.Record
{
    private static readonly Fields<Gift> F = new();

    internal static readonly RecordType<Gift> Type = new("gifts", new("Gifts", "礼品"), () => new Gift(),
    [
        F.Text("nameEn", "Name (English)", "英文名称", gift => gift.NameEn, (gift, value) => gift.NameEn = value!, required: true),
        F.Reference("cityId", "City", "城市", "cities", gift => gift.CityId, (gift, value) => gift.CityId = value!, required: true),
        F.Date("givenOn", "Given on", "赠送日期", gift => gift.GivenOn, (gift, value) => gift.GivenOn = value),
    ]);

    public string NameEn { get; private set; } = "";

    public string CityId { get; private set; } = "";

    public DateOnly? GivenOn { get; private set; }
}

/// <summary>A new type needs nothing else to be in REST, history, lists, the feed with its ways to other records, and the alerts.</summary>
public sealed class NewTypeTests(Azurite azurite)
{
    [Fact]
    public async Task A_record_and_its_line_are_all_that_a_new_type_takes()
    {
        await using var app = await azurite.OfficeAsync(sample: true, replace: builder =>
            builder.Services.AddSingleton(new RecordTypes([.. RegistryTypes.All.All, Gift.Type])));

        var vase = new JObject { ["id"] = "VASE", ["nameEn"] = "Vase", ["cityId"] = "KZALA", ["givenOn"] = "2026-05-01" };
        Assert.Equal(201, (await app.SendAsync("POST", "/api/v1/gifts", vase.ToString())).Status);
        Assert.Equal(422, (await app.SendAsync("POST", "/api/v1/gifts", """{"nameEn":"Bowl","cityId":"NOWHERE"}""")).Status);
        Assert.Equal(200, (await app.SendAsync("PATCH", "/api/v1/gifts/VASE", """{"nameEn":"Tall vase"}""", "\"1\"")).Status);
        Assert.Equal(409, (await app.SendAsync("DELETE", "/api/v1/cities/KZALA", ifMatch: "*")).Status);

        Assert.Equal(["VASE"], Ids(await app.GetAsync("/api/v1/gifts?$filter=givenOn ge 2026-01-01&$search=tall")));
        Assert.Equal(2, (await app.GetAsync("/api/v1/gifts/VASE/history"))["value"]!.Count());

        var row = await app.GetAsync("/odata/Gifts('VASE')?$expand=City($select=NameEn)");
        Assert.Equal(("Tall vase", "Almaty"), ((string?)row["NameEn"], (string?)row["City"]!["NameEn"]));
        Assert.Equal(["VASE"], (await app.GetAsync("/odata/Cities('KZALA')/Gifts"))["value"]!.Select(each => (string?)each["Id"]));
        var metadata = await app.Client.GetStringAsync(new Uri("/odata/$metadata", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Contains("赠送日期", metadata, StringComparison.Ordinal);

        // The alerts look at all types, and say of a row what stands in it.
        await app.Services.GetRequiredService<FriendCity.Records.Persistence.RecordStore>().WriteAsync(
            Gift.Type, "OLD", "test", _ => Plan("1720-01-01"), TestContext.Current.CancellationToken);
        var alert = Assert.Single((await app.GetAsync("/api/v1/alerts?codes=implausible_date"))["value"]!);
        Assert.Equal(("gifts", "1720-01-01"), ((string?)alert["records"]![0]!["type"], (string?)alert["records"]![0]!["fields"]!["givenOn"]));
    }

    private static FriendCity.Records.Persistence.WritePlan.Store Plan(string day)
    {
        var gift = (Gift)Gift.Type.Read(new JObject { ["nameEn"] = "Old", ["cityId"] = "KZALA", ["givenOn"] = day }, new());
        gift.Id = "OLD";
        return new(gift);
    }

    private static IEnumerable<string?> Ids(JObject list) => list["value"]!.Select(each => (string?)each["id"]);
}
