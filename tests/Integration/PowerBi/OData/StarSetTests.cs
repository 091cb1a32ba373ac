using System.Text;
using System.Text.Json;
using FriendCity.Serialization;
using FriendCity.Snapshots.Contracts;
using FriendCity.Snapshots.Publishing;
using FriendCity.Tests.Integration.Http;
using FriendCity.Tests.Support;
using Microsoft.OData.Edm;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Integration.PowerBi.OData;

/// <summary>The tables of the star are sets: the contract's columns, the snapshot's rows.</summary>
public sealed class StarSetTests(Azurite azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_table_of_the_contract_is_a_set_with_its_columns_types_and_key()
    {
        var model = await FeedReader.ModelAsync(await azurite.SampleOfficeAsync());
        var tables = (JObject)Json.Parse(Encoding.UTF8.GetString(SnapshotContract.Schema(SnapshotMajors.First)))["tables"]!;
        Assert.Equal(SnapshotTables.All.Count, tables.Count);
        foreach (var (name, table) in tables)
        {
            var type = model.EntityContainer.FindEntitySet(Pascal(name)).EntityType;
            var columns = table!["columns"]!.ToDictionary(column => Pascal((string)column["name"]!));
            var computed = table["key"]!.Any(key => (bool)columns[Pascal((string)key!)]["nullable"]!);
            Assert.Equal(computed ? columns.Keys.Prepend("Id") : columns.Keys, type.StructuralProperties().Select(property => property.Name));
            Assert.Equal(computed ? ["Id"] : table["key"]!.Select(key => Pascal((string)key!)), type.Key().Select(key => key.Name));
            foreach (var (property, column) in columns)
                Assert.Equal((property, Edm((string)column["type"]!), (bool)column["nullable"]!),
                    (property, type.FindProperty(property).Type.FullName(), type.FindProperty(property).Type.IsNullable));
        }

        Assert.Equal("Id", model.EntityContainer.FindEntitySet("KpiDaily").EntityType.Key().Single().Name);
    }

    private static string Edm(string type) => type switch
    {
        "text" => "Edm.String",
        "integer" => "Edm.Int64",
        "number" => "Edm.Double",
        "decimal" => "Edm.Decimal",
        "date" => "Edm.Date",
        "flag" => "Edm.Boolean",
        _ => throw new ArgumentException(type),
    };

    private static string Pascal(string name) => string.Concat(name.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    public static TheoryData<string> Tables { get; } = [.. SnapshotTables.All.Select(table => table.Name)];

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task A_set_has_the_rows_of_its_table_cell_by_cell(string name)
    {
        var app = await azurite.StarOfficeAsync();
        var store = app.Services.GetRequiredService<SnapshotStore>();
        var table = SnapshotTables.Find(name)!;
        var data = await store.RowsAsync((await store.PublishedAsync(Token))[0].Id, table, Token);
        var rows = await app.CrawlAsync($"/odata/{Pascal(name)}", 900);
        var (expected, actual) = (data.Select(Line).Order(StringComparer.Ordinal),
            rows.Select(row => row.Properties().Where(property => property.Name != "Id" || table.Columns.Any(column => column.Name == "id")))
            .Select(row => string.Join('|', row.Select(property => property.Value.ToString(Newtonsoft.Json.Formatting.None))))
                .Order(StringComparer.Ordinal));
        Assert.Equal(expected, actual);
        Assert.Equal($"{data.Count}", (await app.FeedAsync($"/odata/{Pascal(name)}/$count")).Is(200).Text);
    }

    private static string Line(object?[] cells) => string.Join('|', cells.Select(cell =>
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            Cells.Write(writer, cell);
        return ((JArray)Json.Parse($"[{Encoding.UTF8.GetString(stream.ToArray())}]"))[0].ToString(Newtonsoft.Json.Formatting.None);
    }));

    [Theory]
    [InlineData("/odata/DimCity('CNTAO')", "NameEn", "Qingdao")]
    [InlineData("/odata/DimDate(2024-03-25)", "MonthNameEn", "March")]
    [InlineData("/odata/DimDate(Date=2024-03-25)", "Quarter", "1")]
    [InlineData("/odata/Alerts(View='now',AlertNumber=1)", "AlertNumber", "1")]
    [InlineData("/odata/Alerts(AlertNumber=2,View='article')", "View", "article")]
    public async Task A_row_is_found_by_its_key(string path, string property, string value) =>
        Assert.Equal(value, (string?)(await (await azurite.StarOfficeAsync()).FeedAsync(path)).Is(200).Json[property]);

    [Fact]
    public async Task A_row_whose_key_may_be_null_in_part_is_found_by_its_id()
    {
        var app = await azurite.StarOfficeAsync();
        var rows = await app.CrawlAsync("/odata/KpiDaily", 5000);
        Assert.Equal(rows.Count, rows.Select(row => (string?)row["Id"]).Distinct().Count());
        var row = rows.First(row => row["DimensionValue"]!.Type == JTokenType.String && row["Value"]!.Type == JTokenType.Raw);
        Assert.True(JToken.DeepEquals(row, Without((await app.FeedAsync($"/odata/KpiDaily('{Uri.EscapeDataString((string)row["Id"]!)}')"))
            .Is(200).Json)));
        (await app.FeedAsync("/odata/KpiDaily('x')")).IsError(404, "not_found");
        (await app.FeedAsync("/odata/Alerts(View='now',AlertNumber=9999)")).IsError(404, "not_found");
    }

    [Fact]
    public async Task The_latest_figures_are_the_rows_of_the_newest_day_and_no_other()
    {
        var app = await azurite.StarOfficeAsync();
        var all = await app.CrawlAsync("/odata/KpiDaily", 5000);
        var newest = all.Max(row => (string)row["SnapshotDate"]!)!;
        var expected = all.Where(row => (string)row["SnapshotDate"]! == newest).ToDictionary(row => (string)row["Id"]!);
        var latest = await app.CrawlAsync("/odata/KpiLatest", 5000);
        Assert.Equal(expected.Count, latest.Count);
        Assert.All(latest, row => Assert.True(JToken.DeepEquals(expected[(string)row["Id"]!], row)));
        Assert.Equal($"{latest.Count}", (await app.FeedAsync("/odata/KpiLatest/$count")).Is(200).Text);
    }

    private static JObject Without(JObject row)
    {
        row.Remove("@odata.context");
        return row;
    }

    [Theory]
    [InlineData("KpiDaily", "View eq 'article' and KpiId eq 'K03' and Dimension eq null", 1)]
    [InlineData("DimDate", "year(Date) eq 2024 and month(Date) eq 2 and IsMonthEnd", 1)]
    [InlineData("DimDate", "Date in (2024-01-01,2024-02-01,1800-01-01)", 2)]
    [InlineData("DimDate", "Date ge 2024-02-28T00:00:00Z and Date lt 2024-03-02T00:00:00Z", 3)]
    [InlineData("DimDate", "Date gt 2024-02-28T00:00:00+08:00 and Date le 2024-03-02T00:00:00.000-11:00", 3)]
    [InlineData("DimDate", "Date ge 2024-02-28T00:00:01Z and Date lt 2024-03-02T23:00:00Z", 3)]
    [InlineData("DimDate", "Date eq 2024-02-28T00:00:00Z or Date eq 2024-02-29T12:00:00Z", 1)]
    [InlineData("DimDate", "Date in (2024-02-28T00:00:00Z,2024-02-29T00:00:00.001Z)", 1)]
    [InlineData("DimCity", "Latitude gt 36.06 and Latitude lt 36.07", 1)]
    public async Task Rows_are_filtered_like_records(string set, string filter, int rows) =>
        Assert.Equal(rows, (await (await azurite.StarOfficeAsync()).RowsAsync($"/odata/{set}?$filter={Uri.EscapeDataString(filter)}")).Count);

    [Fact]
    public async Task Long_text_is_an_order_too_and_links_stay_short()
    {
        var app = await azurite.StarOfficeAsync();
        var whole = (await app.CrawlAsync("/odata/DimKpi?$orderby=FormulaEn desc", 5000)).ConvertAll(row => (string)row["FormulaEn"]!);
        Assert.Equal(whole.OrderDescending(StringComparer.Ordinal), whole);
        Assert.Equal(whole, (await app.CrawlAsync("/odata/DimKpi?$orderby=FormulaEn desc", 7)).Select(row => (string)row["FormulaEn"]!));
        Assert.True(((string)(await app.FeedAsync("/odata/DimKpi?$orderby=FormulaEn desc",
            ("Prefer", "maxpagesize=7"))).Json["@odata.nextLink"]!).Length < 300);
    }

    [Fact]
    public async Task Before_the_first_snapshot_the_tables_are_missing_and_not_empty()
    {
        var app = await azurite.SampleOfficeAsync();
        foreach (var path in new[] { "/odata/FactProject", "/odata/FactProject/$count", "/odata/FactProject('x')" })
            Assert.Contains("no snapshot yet", (string)(await app.FeedAsync(path)).IsError(404, "not_found").Json["error"]!["message"]!,
                StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pages_of_a_crawl_are_of_one_snapshot_until_it_is_swept_and_a_new_crawl_reads_the_new_one()
    {
        var connection = await azurite.ConnectionStringAsync(azurite.NewAccount());
        await using var app = await TestApp.OpenAsync(connection, sample: true, TestApp.Hasty);
        var first = await app.PublishAsync(Azurite.StarDay, provisional: true);
        var before = (await app.CrawlAsync("/odata/FactProject", 5000)).ConvertAll(row => (string)row["ProjectId"]!);
        var page = (await app.FeedAsync("/odata/FactProject?$orderby=NameEn&$count=true", ("Prefer", "maxpagesize=20"))).Is(200).Json;
        var link = new Uri((string)page["@odata.nextLink"]!).PathAndQuery;

        await app.CreateAsync("projects", new JObject
        {
            ["id"] = "P-NEW",
            ["nameEn"] = "A new one",
            ["nameZh"] = "新",
            ["countryId"] = "KZ",
            ["sectorId"] = "TRADE",
            ["status"] = "INTENTION"
        });
        await app.PublishAsync(Azurite.StarDay);
        await using var other = await TestApp.OpenAsync(connection);
        foreach (var instance in new[] { app, other })
        {
            string[] rest = [.. (await instance.CrawlAsync(link, 20)).Select(row => (string)row["ProjectId"]!)];
            Assert.Equal(before.Order(StringComparer.Ordinal), page["value"]!.Select(row => (string)row["ProjectId"]!).Concat(rest)
                .Order(StringComparer.Ordinal));
            Assert.Contains("P-NEW", (await instance.CrawlAsync("/odata/FactProject", 5000)).Select(row => (string)row["ProjectId"]!));
        }

        var store = app.Services.GetRequiredService<SnapshotStore>();
        await foreach (var file in store.ListAsync($"snapshots/{first}/", Token))
            await store.DeleteAsync(file.Name, Token);
        await using var late = await TestApp.OpenAsync(connection);
        Assert.Equal("$skiptoken", (string?)(await late.FeedAsync(link)).IsError(410, "gone").Json["error"]!["target"]);
    }
}
