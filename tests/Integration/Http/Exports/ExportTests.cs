using System.Text;
using FriendCity.Records.Formats.Xlsx;
using FriendCity.Serialization;
using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Integration.Http.Exports;

/// <summary>Records as files: whole, page by page, in either language, and in the forms that are offered.</summary>
public sealed class ExportTests(Azurite azurite)
{
    private const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static TheoryData<string> Types { get; } = RoundTripTests.Types;

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Csv_by_field_names_says_what_the_list_says(string type)
    {
        var app = await azurite.SampleOfficeAsync();
        var records = await RecordsAsync(app, type);
        var rows = Csv(await app.Client.GetByteArrayAsync(new Uri($"/api/v1/exports/{type}?headings=names", UriKind.Relative)));
        Assert.Equal(records.Count, rows.Count - 1);
        var names = rows[0].Select(name => name!).ToList();
        Assert.Equal(records[0].Properties().Select(each => each.Name).Where(name => name != "attachments"), names);
        foreach (var (record, row) in records.Zip(rows.Skip(1)))
            foreach (var (name, cell) in names.Zip(row))
                Assert.Equal((name, Expected(record[name]!)), (name, cell is ['[', ..] ? Json.Parse(cell).ToString() : cell));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Lines_of_json_are_the_records_of_the_list(string type)
    {
        var app = await azurite.SampleOfficeAsync();
        var reply = (await app.CallAsync("GET", $"/api/v1/exports/{type}", null, null, null, ("Accept", "application/x-ndjson"))).Is(200);
        Assert.Equal(("application/x-ndjson", $"attachment; filename={type}.ndjson"),
            (reply.Headers["Content-Type"], reply.Headers["Content-Disposition"].Replace("\"", "", StringComparison.Ordinal)));
        Assert.Equal((await RecordsAsync(app, type)).Select(record => record.ToString()),
            reply.Text.TrimEnd('\n').Split('\n').Select(line => Json.Parse(line).ToString()));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task A_workbook_is_valid_and_has_a_row_for_each_record_and_each_entry(string type)
    {
        var app = await azurite.SampleOfficeAsync();
        var records = await RecordsAsync(app, type);
        var book = new Workbook(await app.Client.GetByteArrayAsync(new Uri($"/api/v1/exports/{type}?format=xlsx&headings=names", UriKind.Relative)));
        Assert.Equal(type, book.Sheets.First());
        Assert.Equal(records.Select(record => (string)record["id"]!), book.Column(type, "id"));
        foreach (var list in book.Sheets.Skip(1))
            Assert.Equal(records.SelectMany(record => record[list]!.Select((_, i) => $"{record["id"]} {i + 1}")),
                book.Column(list, "recordId").Zip(book.Column(list, "place"), (id, place) => $"{id} {place}"));
    }

    [Fact]
    public async Task Headings_and_labels_are_in_the_language_asked_for_and_codes_stand_beside_them()
    {
        var app = await azurite.SampleOfficeAsync();
        var path = "/api/v1/relationships?format=csv&$top=2&$select=homeEntityLevel,cityId";
        var (english, chinese) = (await CsvAsync($"{path}&lang=en"), await CsvAsync($"{path}&lang=zh-CN&codes=true"));
        var reader = (await app.CallAsync("GET", path, null, null, null, ("Accept-Language", "zh"))).Is(200);
        Assert.Equal("zh-CN", reader.Headers["Content-Language"]);
        Assert.Equal(["Id", "Home level", "City"], english[0]);
        Assert.Equal(["编号", "本市层级", "本市层级 (代码)", "对方城市"], chinese[0]);
        Assert.Equal(("city", english[1][0]), (chinese[1][2], chinese[1][0]));
        Assert.NotEqual("city", chinese[1][1]);

        async Task<List<List<string?>>> CsvAsync(string address) =>
            Csv(await app.Client.GetByteArrayAsync(new Uri(address, UriKind.Relative)));
    }

    [Fact]
    public async Task A_page_as_a_file_says_in_a_header_where_the_next_one_is()
    {
        var app = await azurite.SampleOfficeAsync();
        var (ids, path) = (new List<string?>(), (string?)"/api/v1/cities?$top=100&format=csv&headings=names&$select=nameEn");
        while (path is not null)
        {
            var reply = (await app.CallAsync("GET", path)).Is(200);
            Assert.True(reply.Headers.ContainsKey("Changes-Cursor"));
            ids.AddRange(Csv(Encoding.UTF8.GetBytes(reply.Text)).Skip(1).Select(row => row[0]));
            path = reply.Headers.TryGetValue("Link", out var link) ? link[1..link.IndexOf('>', StringComparison.Ordinal)] : null;
        }

        Assert.Equal((await RecordsAsync(app, "cities")).Select(record => (string?)record["id"]), ids);
    }

    [Theory]
    [InlineData("/api/v1/cities", null, "application/json; charset=utf-8")]
    [InlineData("/api/v1/cities", "*/*", "application/json; charset=utf-8")]
    [InlineData("/api/v1/cities", "text/csv", "text/csv; charset=utf-8")]
    [InlineData("/api/v1/cities", "application/json;q=0.1, text/*", "text/csv; charset=utf-8")]
    [InlineData("/api/v1/cities", "application/x-ndjson", "application/x-ndjson")]
    [InlineData("/api/v1/cities", Xlsx, Xlsx)]
    [InlineData("/api/v1/cities?format=json", "text/csv", "application/json; charset=utf-8")]
    [InlineData("/api/v1/exports/cities", null, "text/csv; charset=utf-8")]
    [InlineData("/api/v1/exports/cities", Xlsx, Xlsx)]
    [InlineData("/api/v1/exports/cities?format=ndjson", "text/csv", "application/x-ndjson")]
    public async Task The_form_is_the_one_named_or_else_the_one_the_caller_likes_best(string path, string? accept, string type)
    {
        var app = await azurite.SampleOfficeAsync();
        foreach (var method in new[] { "GET", "HEAD" })
        {
            var reply = (await app.CallAsync(method, path, null, null, null, accept is null ? [] : [("Accept", accept)])).Is(200);
            Assert.Equal(type, reply.Headers["Content-Type"]);
            // A cache keeps the forms apart where the header decides.
            Assert.Equal(!path.Contains("format=", StringComparison.Ordinal), (reply.Headers.GetValueOrDefault("Vary") ?? "").Split(", ").Contains("Accept"));
        }
    }

    [Theory]
    [InlineData("/api/v1/exports/cities?format=json", 400, "bad_parameter")]
    [InlineData("/api/v1/exports/cities?format=pdf", 400, "bad_parameter")]
    [InlineData("/api/v1/exports/cities?$top=5", 400, "bad_parameter")]
    [InlineData("/api/v1/exports/cities?lang=fr", 400, "bad_parameter")]
    [InlineData("/api/v1/exports/cities?headings=x", 400, "bad_parameter")]
    [InlineData("/api/v1/exports/cities?codes=1", 400, "bad_parameter")]
    [InlineData("/api/v1/exports/cities?headings=names&codes=true", 400, "bad_parameter")]
    [InlineData("/api/v1/exports/cities?format=ndjson&lang=zh", 400, "bad_parameter")]
    [InlineData("/api/v1/exports/cities?$filter=x", 400, "bad_parameter")]
    [InlineData("/api/v1/cities?headings=names", 400, "bad_parameter")]
    [InlineData("/api/v1/cities?format=csv&$count=true", 400, "bad_parameter")]
    [InlineData("/api/v1/cities?format=csv&cursor=x", 400, "cursor_invalid")]
    [InlineData("/api/v1/exports/planets", 404, "not_found")]
    [InlineData("/api/v1/exports", 404, "not_found")]
    public async Task What_cannot_be_asked_of_a_file_is_refused(string path, int status, string code) =>
        (await (await azurite.SampleOfficeAsync()).CallAsync("GET", path)).IsProblem(status, code);

    [Fact]
    public async Task A_form_that_is_not_offered_is_refused_with_those_that_are()
    {
        var app = await azurite.SampleOfficeAsync();
        var reply = (await app.CallAsync("GET", "/api/v1/exports/cities", null, null, null, ("Accept", "application/json")))
            .IsProblem(406, "not_acceptable");
        Assert.Contains("text/csv, application/x-ndjson", (string)reply.Json["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_Excel_cannot_hold_is_refused_and_csv_has_it()
    {
        await using var app = await azurite.OfficeAsync(sample: true, builder => builder.Services.AddSingleton(new XlsxLimits(Rows: 5)));
        var reply = (await app.CallAsync("GET", "/api/v1/exports/cities?format=xlsx")).IsProblem(422, "xlsx_limit");
        Assert.Equal("The sheet Cities has more than the 5 rows that it can hold. Ask for csv or ndjson, or for fewer records.",
            (string?)reply.Json["detail"]);
        Assert.Equal(5, new Workbook(await app.Client.GetByteArrayAsync(new Uri("/api/v1/cities?format=xlsx&$top=4&lang=en", UriKind.Relative)))
            .Rows("Cities").Count);
        (await app.CallAsync("GET", "/api/v1/exports/cities?format=csv")).Is(200);
    }

    private static async Task<List<JObject>> RecordsAsync(TestApp app, string type) =>
        [.. (await app.GetAsync($"/api/v1/{type}?$top=1000"))["value"]!.Cast<JObject>()];

    private static List<List<string?>> Csv(byte[] file)
    {
        using var text = new StreamReader(new MemoryStream(file), Encoding.UTF8);
        var (reader, rows) = (new CsvReader(text), new List<List<string?>>());
        while (reader.Line() is { } line)
            rows.Add([.. line.Select(cell => cell is null ? null : CsvText.Unguarded(cell))]);
        return rows;
    }

    /// <summary>A cell as it follows from the value in JSON, by the words of the documentation.</summary>
    private static string? Expected(JToken value) => value switch
    {
        { Type: JTokenType.Null } or JArray { Count: 0 } => null,
        { Type: JTokenType.Boolean } => (bool)value ? "true" : "false",
        JArray { First: JValue } list => string.Join("; ", list.Select(item => (string?)item)),
        { Type: JTokenType.String } => (string?)value,
        _ => value.ToString(),
    };
}
