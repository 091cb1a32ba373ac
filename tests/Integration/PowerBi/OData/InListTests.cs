using FriendCity.Records.Query;
using FriendCity.Records.Schemas;
using FriendCity.Tests.Integration.Http;
using FriendCity.Tests.Support;
using Microsoft.OData.Edm;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Integration.PowerBi.OData;

/// <summary>
/// <c>in</c> is the <c>or</c> of its <c>eq</c>s, errors included, in the feed and in lists (OData URL Conventions 4.01 §5.1.1.1.12). What stands in
/// a list is a primitive literal (ABNF <c>listExpr</c>), so a backslash is a backslash and an empty text is a text.
/// </summary>
public sealed class InListTests(Azurite azurite)
{
    private static readonly string[] Strange =
    [
        "null", "true", "1", "1.5", "1.0", "-1", "1e0", "1e999", "9223372036854775808", "99999999999999999999999", "0.1", "2024.7", "2024-01-01",
        "2024-01-01T00:00:00Z",
        "2021-02-03T00:00:00.123456789012Z", "''", "'a\\s'", "'\\u0041lmaty'", "'Almaty'", "'KZALA'", "'it''s'", "'a,b'", "')'", "'('", "'(''x'','",
        "'\"'", "'青岛'", "'[1,2]'", "'null'", "'1'", "'\\'", "' '",
        "x", "NameEn", "'", "1.", "0x10", "08:00:00", "duration'P1D'", "f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "\"a\"", "[1]", "{}", "@p", "(1)",
    ];

    [Theory]
    [InlineData("Cities", "Version in (1.5)", "false")]
    [InlineData("Cities", "Version in (1.0)", "Version eq 1")]
    [InlineData("Cities", "Version in (1.5) or Version in (1e0)", "Version eq 1")]
    [InlineData("Cities", "not (Version in (1.5))", "true")]
    [InlineData("Cities", "not Version in (1.5)", "true")]
    [InlineData("Cities", "Version in (1.5) and Version eq 2", "false")]
    [InlineData("Cities", "Version in (99999999999999999999999)", "false")]
    [InlineData("DimDate", "Year in (2024.7)", "false")]
    [InlineData("DimDate", "Year in (2024,2024.7)", "Year eq 2024")]
    [InlineData("DimDate", "year(Date) in (2024,2025)", "year(Date) eq 2024 or year(Date) eq 2025")]
    [InlineData("Cities", "NameEn in ('\\u0041lmaty')", "false")]
    [InlineData("Cities", "NameEn in ('a\\s')", "false")]
    [InlineData("Cities", "Id in ('KZALA','')", "Id eq 'KZALA'")]
    [InlineData("Cities", "Id in ('')", "false")]
    [InlineData("Cities", "Id in ('KZALA',')')", "Id eq 'KZALA'")]
    [InlineData("Cities", "Id in ('KZALA','(''x'',')", "Id eq 'KZALA'")]
    [InlineData("Cities", "Unlocode in (null)", "Unlocode eq null")]
    [InlineData("Cities", "Unlocode in (null,'CNTAO')", "Unlocode eq null or Unlocode eq 'CNTAO'")]
    [InlineData("Cities", "Latitude in (36.06488,1e-30)", "Latitude eq 36.06488")]
    [InlineData("Cities", "Latitude in (36.06488000000000000000001)", "false")]
    [InlineData("Cities", "IsSeaport in (true)", "IsSeaport")]
    [InlineData("Cities", "tolower(NameEn) in ('qingdao','almaty')", "NameEn eq 'Qingdao' or NameEn eq 'Almaty'")]
    [InlineData("Cities", "contains(NameEn,'in (''x'')') or Id in ('KZALA')", "Id eq 'KZALA'")]
    [InlineData("Cities", "(Id in ('KZALA')) eq true", "Id eq 'KZALA'")]
    [InlineData("Cities", "Id in('KZALA' , 'CNTAO' )", "Id eq 'KZALA' or Id eq 'CNTAO'")]
    [InlineData("Projects", "TagIds/any(in:in in ('belt-road','x'))", "TagIds/any(t:t eq 'belt-road' or t eq 'x')")]
    [InlineData("Projects", "StartDate in (2018-09-14,null)", "StartDate eq 2018-09-14 or StartDate eq null")]
    [InlineData("Projects", "PlannedValue in (1e9,5.000e8)", "PlannedValue eq 1000000000 or PlannedValue eq 500000000")]
    public async Task A_list_means_the_or_of_its_values(string set, string filter, string same)
    {
        var app = await azurite.StarOfficeAsync();
        // What is true or false of every row is said of its key, which is never null.
        var key = set == "DimDate" ? "Date" : "Id";
        same = same switch { "true" => $"{key} ne null", "false" => $"{key} eq null", _ => same };
        var expected = (await app.FeedAsync($"/odata/{set}/$count?$filter={Uri.EscapeDataString(same)}")).Is(200).Text;
        Assert.Equal(expected, (await app.FeedAsync($"/odata/{set}/$count?$filter={Uri.EscapeDataString(filter)}")).Is(200).Text);
    }

    [Theory]
    [InlineData("Id in ()", 400)]
    [InlineData("Id in ('a',)", 400)]
    [InlineData("Id in (,'a')", 400)]
    [InlineData("Id in ('a' 'b')", 501)]
    [InlineData("Id in 'a'", 400)]
    [InlineData("Id in ('a'", 400)]
    [InlineData("Id in", 400)]
    [InlineData("Id in (NameEn)", 501)]
    [InlineData("'a' in TagIds", 501)]
    [InlineData("Id in [\"KZALA\"]", 501)]
    [InlineData("Id in [1]", 501)]
    [InlineData("Id in @p", 501)]
    [InlineData("Nothing in ('a')", 400)]
    [InlineData("Country/NameEn in ('a')", 501)]
    [InlineData("Id in (1)", 400)]
    [InlineData("Latitude in ('1')", 400)]
    public async Task What_is_no_list_is_refused(string filter, int status) =>
        Assert.Equal(status, (await (await azurite.StarOfficeAsync()).FeedAsync($"/odata/Cities?$filter={Uri.EscapeDataString(filter)}")).Status);

    /// <summary>The words that JSON readers trip over, in an order and in an expansion too.</summary>
    [Theory]
    [InlineData("$orderby=Id in ('a\\s')", 501)]
    [InlineData("$orderby=NameEn in ('a','') desc", 501)]
    [InlineData("$expand=Country($filter=Id in ('a\\s'))", 501)]
    [InlineData("$expand=Country($filter=Id in ('KZ',''))", 501)]
    [InlineData("$orderby=Country/NameEn", 501)]
    [InlineData("$orderby=NameEn desc,'", 400)]
    public async Task No_option_ends_in_a_crash(string query, int status) =>
        Assert.Equal(status, (await (await azurite.StarOfficeAsync()).FeedAsync($"/odata/Cities?{query}")).Status);

    [Fact]
    public async Task Lists_of_chance_are_the_or_of_their_values_in_every_set_or_refused_alike()
    {
        var app = await azurite.StarOfficeAsync();
        var random = new Random(14);
        var model = await FeedReader.ModelAsync(app);
        var sets = model.EntityContainer.EntitySets().ToList();
        var (found, refused) = (0, 0);
        for (var n = 0; n < 400; n++)
        {
            var set = sets[random.Next(sets.Count)];
            var properties = set.EntityType.StructuralProperties().Where(property => !property.Type.IsCollection()).ToList();
            var name = properties[random.Next(properties.Count)].Name;
            var values = await ValuesAsync(app, set.Name, name, random);
            if (await SameAsync(app, $"/odata/{set.Name}?$top=200&$select={set.EntityType.Key().First().Name}&$filter=", name, values))
                found++;
            else
                refused++;
        }

        Assert.InRange(found, 100, 350);
        Assert.InRange(refused, 50, 300);
    }

    [Theory]
    [InlineData("cities")]
    [InlineData("projects")]
    [InlineData("relationships")]
    public async Task Lists_of_chance_are_the_or_of_their_values_in_lists_of_records(string type)
    {
        var app = await azurite.SampleOfficeAsync();
        var (random, found) = (new Random(15), 0);
        var rows = (await app.GetAsync($"/api/v1/{type}?$top=1000"))["value"]!.Cast<JObject>().ToList();
        var names = rows[0].Properties().Where(property => property.Value is JValue).Select(property => property.Name).Except(["attachments"])
            .ToList();
        for (var n = 0; n < 100; n++)
        {
            var name = names[random.Next(names.Count)];
            var values = Enumerable.Range(0, random.Next(1, 4))
                .Select(_ => random.Next(3) == 0 ? Strange[random.Next(Strange.Length)] : Literal(rows[random.Next(rows.Count)][name]!)).ToList();
            found += await SameAsync(app, $"/api/v1/{type}?$top=1000&$filter=", name, values) ? 1 : 0;
        }

        Assert.InRange(found, 20, 95);
    }

    /// <summary>Whether the list was taken; either way the same as the or was.</summary>
    private static async Task<bool> SameAsync(TestApp app, string path, string name, List<string> values)
    {
        var list = $"{name} in ({string.Join(',', values)})";
        var either = string.Join(" or ", values.Select(value => $"{name} eq {value}"));
        var one = await app.CallAsync("GET", path + Uri.EscapeDataString(list));
        var other = await app.CallAsync("GET", path + Uri.EscapeDataString(either));
        Assert.True(one.Status == other.Status, $"{list}: {one.Status} {one.Text}, but {other.Status} {other.Text}");
        if (one.Status == 200)
            Assert.True(JToken.DeepEquals(one.Json["value"], other.Json["value"]), list);
        else
            Assert.InRange(one.Status, 400, 501);
        return one.Status == 200;
    }

    private async Task<List<string>> ValuesAsync(TestApp app, string set, string name, Random random)
    {
        var rows = await app.RowsAsync($"/odata/{set}?$top=20&$skip={random.Next(5)}&$select={name}");
        return [.. Enumerable.Range(0, random.Next(1, 5))
            .Select(_ => rows.Count == 0 || random.Next(4) == 0
            ? Strange[random.Next(Strange.Length)] : Literal(rows[random.Next(rows.Count)][name]!))];
    }

    private static string Literal(JToken value) => value.Type switch
    {
        JTokenType.Null => "null",
        JTokenType.Boolean => (bool)value ? "true" : "false",
        JTokenType.String when (string)value! is var text =>
            DateFieldType.TryParse(text, out _) || Instants.Parse(text) is not null ? text : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'",
        _ => value.ToString(Newtonsoft.Json.Formatting.None),
    };
}
