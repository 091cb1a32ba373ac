using FriendCity.Access;
using FriendCity.Records.Persistence;
using FriendCity.Registry;
using FriendCity.Storage.Tables;
using FriendCity.Tests.Integration.Records;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Integration.Http;

/// <summary>The whole service over spoiled rows: it starts, answers, says which rows it leaves out, and heals when they are mended.</summary>
public sealed class UnreadableRowTests(Azurite azurite)
{
    public static TheoryData<string, object> Cells => new()
    {
        { "Attachments", "[{" }, { "Attachments", "[null]" }, { "Attachments", "[1]" }, { "Version", "7" }, { "NameEn", 7L }, { "Latitude", 1e300 },
        { "OtherChineseTies", "[[]]" },
    };

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task A_bad_cell_of_a_record_stops_nothing_and_is_named_until_it_is_mended(string column, object value)
    {
        var account = azurite.NewAccount();
        TableRow good;
        await using (var app = await TestApp.OpenAsync(await azurite.ConnectionStringAsync(account), sample: true))
            good = await SpoilAsync(app, column, value);

        await using var restarted = await TestApp.OpenAsync(await azurite.ConnectionStringAsync(account));
        foreach (var path in new[] { "/api/v1/cities?$top=1000", "/api/v1/relationships", "/api/v1/kpis?view=article", "/odata/Cities",
            "/api/v1/cities?knownAt=2026-01-01T00:00:00Z" })
            (await restarted.CallAsync("GET", path)).Is(200);
        var alert = Assert.Single((await restarted.GetAsync("/api/v1/alerts?codes=unreadable_row"))["value"]!);
        Assert.Equal("critical", (string?)alert["severity"]);
        foreach (var name in new[] { "r:KZALA", "cities", column })
            Assert.Contains(name, (string)alert["messageEn"]!, StringComparison.Ordinal);

        (await restarted.CallAsync("GET", "/api/v1/cities/KZALA")).IsProblem(409, "unreadable_row");
        (await restarted.CallAsync("PATCH", "/api/v1/cities/KZALA", """{"note":"x"}""", "\"1\"")).IsProblem(409, "unreadable_row");
        (await restarted.CallAsync("GET", "/api/v1/cities/KZALA/history")).Is(200);
        await Tables(restarted).SubmitAsync("cities", [TableOperation.Upsert(good)], default);
        Assert.Empty((await restarted.GetAsync("/api/v1/alerts?codes=unreadable_row"))["value"]!);
        (await restarted.CallAsync("PATCH", "/api/v1/cities/KZALA", """{"note":"x"}""", "\"1\"")).Is(200);
    }

    [Fact]
    public async Task A_bad_row_of_history_leaves_a_gap_and_is_named()
    {
        await using var app = await azurite.OfficeAsync(sample: true);
        (await app.CallAsync("PATCH", "/api/v1/cities/KZALA", """{"note":"x"}""", "\"1\"")).Is(200);
        var first = (await Tables(app).GetAsync("cities", RecordKeys.Partition("KZALA"), RecordKeys.History("KZALA", 1), default))!;
        await Tables(app).SubmitAsync("cities", [TableOperation.Upsert(Poison.Spoil(first, "Deleted", "no"))], default);
        var history = (await app.GetAsync("/api/v1/cities/KZALA/history"))["value"]!;
        Assert.Equal([2], history.Select(version => (int)version["version"]!));
        Assert.Contains("h:KZALA:0000000001", (string)Assert.Single(
            (await app.GetAsync("/api/v1/alerts?codes=unreadable_row"))["value"]!)["messageEn"]!, StringComparison.Ordinal);
    }

    public static TheoryData<string, object> KeyCells => new()
    {
        { "Hash", "xyz" }, { "Hash", "00" }, { "Hash", 7L }, { "Hash", Poison.Missing }, { "Scopes", "read" }, { "Scopes", long.MaxValue },
        { "Scopes", -1L }, { "Scopes", Poison.Missing },
        { "Expires", "2020-01-01" }, { "Expires", 7L }, { "Name", 7L }, { "Name", Poison.Missing },
    };

    /// <summary>A row that cannot be read is no key, least of all one that never ends; every other key goes on.</summary>
    [Theory]
    [MemberData(nameof(KeyCells))]
    public async Task A_bad_cell_of_a_key_ends_that_key_alone(string column, object value)
    {
        var tables = new FakeTables(TimeProvider.System);
        var quarantine = new Quarantine(Microsoft.Extensions.Logging.Abstractions.NullLogger<Quarantine>.Instance);
        using var maker = new AccessKeys(tables, TimeProvider.System);
        var good = await maker.AddAsync("good", Scopes.Read, null, default);
        var bad = await maker.AddAsync("bad", Scopes.Read, null, default);
        var row = tables.Data.Get("access", "keys", bad.Id)!;
        tables.Data.Submit("access", [TableOperation.Upsert(Poison.Spoil(row, column, value))]);
        using var keys = new AccessKeys(tables, TimeProvider.System, quarantine);
        Assert.Equal("good", (await keys.FindAsync(good, default))?.Holder);
        Assert.Null(await keys.FindAsync(bad, default));
        Assert.Equal([("access", bad.Id)], quarantine.Rows.Select(each => (each.Table, each.Row)));
    }

    private static ITableStorage Tables(TestApp app) => app.Services.GetRequiredService<ITableStorage>();

    /// <summary>Spoils the row of a city under the running office, by a pointer too, and answers the row as it was.</summary>
    private static async Task<TableRow> SpoilAsync(TestApp app, string column, object value)
    {
        var good = (await Tables(app).GetAsync("cities", RecordKeys.Partition("KZALA"), RecordKeys.Current("KZALA"), default))!;
        await Tables(app).SubmitAsync("cities", [TableOperation.Upsert(Poison.Spoil(good, column, value))], default);
        var named = RecordRows.Read(City.Type, good);
        named.Version = 2;
        await app.Services.GetRequiredService<ChangeFeed>().AppendAsync("cities", [named], "tests", "operation", null, default);
        foreach (var path in new[] { "/api/v1/cities", "/api/v1/cities/RULED", "/api/v1/kpis?view=article" })
            (await app.CallAsync("GET", path)).Is(200);
        Assert.Single((await app.GetAsync("/api/v1/alerts?codes=unreadable_row"))["value"]!);
        return good;
    }
}
