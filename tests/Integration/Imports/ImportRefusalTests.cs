using System.Text;
using FriendCity.Tests.Integration.Http;

namespace FriendCity.Tests.Integration.Imports;

/// <summary>Everything that is wrong with a file is told with its place, and nothing of it is written.</summary>
public sealed class ImportRefusalTests(DraftTestApp drafts) : IClassFixture<DraftTestApp>
{
    private const string Head = "id,countryId,entityLevel,nameEn,nameZh";

    /// <summary>What is wrong, the file, and the report.</summary>
    public static TheoryData<string, string, string> Tables => new()
    {
        { "nothing in it", "", "- 1 - - no_headings" },
        { "no headings", "\r\n", "- 1 - - no_headings" },
        { "a heading that is none", "id,planet\r\nX1,Mars\r\n", "- 1 planet - unknown_heading" },
        { "a heading twice, in two languages", "编号,Id\r\nX1,X1\r\n", "- 1 Id - duplicate" },
        { "a quotation mark amiss", $"{Head}\r\nX1,KZ,city,A\"b,甲\r\n", "- 2 - - malformed_csv" },
        { "a quotation mark without its end", $"{Head}\r\nX1,KZ,city,\"A,甲\r\n", "- 2 - - malformed_csv" },
        { "a value missing", $"{Head}\r\nX1,KZ,city,A,\r\n", "- 2 nameZh /nameZh required" },
        { "a column missing", "id,countryId,entityLevel,nameEn\r\nX1,KZ,city,A\r\n", "- 2 - /nameZh required" },
        { "an empty text", $"{Head}\r\nX1,KZ,city,A,\"\"\r\n", "- 2 nameZh /nameZh empty" },
        { "a code that is none", $"{Head},scenario\r\nX1,KZ,city,A,甲,FICTION\r\n", "- 2 scenario /scenario not_allowed" },
        { "no such country", $"{Head}\r\nX1,XX,city,A,甲\r\n", "- 2 countryId /countryId missing_reference" },
        { "an id that is none", $"{Head}\r\na/b,KZ,city,A,甲\r\n", "- 2 id /id bad_id" },
        { "an id twice", $"{Head}\r\nX1,KZ,city,A,甲\r\nX1,KZ,city,B,乙\r\n", "- 3 id /id duplicate" },
        { "alike another of the file", $"{Head}\r\nX1,KZ,city,A,甲\r\nX2,KZ,city,a,乙\r\n", "- 3 nameEn /nameEn duplicate" },
        { "alike a stored one", $"{Head}\r\nX1,KZ,city,ALMATY,甲\r\n", "- 2 nameEn /nameEn duplicate" },
        { "a cell too many", $"{Head}\r\nX1,KZ,city,A,甲,more\r\n", "- 2 - - no_heading" },
        { "a number in letters", $"{Head},latitude\r\nX1,KZ,city,A,甲,\"43,2\"\r\n", "- 2 latitude /latitude wrong_type" },
        { "half a position", $"{Head},Latitude\r\nX1,KZ,city,A,甲,43.2\r\n", "- 2 - /longitude position" },
        { "label and code at odds", $"{Head},证据集,Scenario (code)\r\nX1,KZ,city,A,甲,文章,OFFICE\r\n", "- 2 Scenario (code) - contradiction" },
        { "several", $"{Head}\r\nX1,,city,A,\r\nX2,XX,city,B,乙\r\n", "- 2 countryId /countryId required; - 2 nameZh /nameZh required; - 3 countryId /countryId missing_reference" },
    };

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task A_table_is_refused_with_row_and_column(string what, string file, string faults) =>
        await RefusedAsync(what, Encoding.UTF8.GetBytes(file), ImportClient.Csv, faults);

    /// <summary>What is wrong, the media type, the file, and the report.</summary>
    public static TheoryData<string, string, byte[], string> Files => new()
    {
        { "GB18030", ImportClient.Csv, [.. "id,nameZh\r\nX1,"u8, 0xC7, 0xE0, 0xB5, 0xBA, .. "\r\n"u8], "- 2 - - not_utf8" },
        { "UTF-16", ImportClient.Csv, [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("id,nameZh\r\n")], "- 1 - - not_utf8" },
        { "CP1251", ImportClient.Ndjson, [.. "{\"id\":\"X1\",\n\"nameEn\":\""u8, 0xC0, 0xEB, 0xEC, .. "\"}"u8], "- 2 - - not_utf8" },
        { "a line that breaks off", ImportClient.Ndjson, [.. "{\"id\":\"X1\"\n"u8], "- 1 - - malformed_json" },
        { "a line with a name twice", ImportClient.Ndjson, [.. "\n{\"id\":\"X1\",\"id\":\"X2\"}"u8], "- 2 - - malformed_json" },
        { "a line that is a number", ImportClient.Ndjson, [.. "7"u8], "- 1 - - wrong_type" },
        { "an id that is a number", ImportClient.Ndjson, [.. """{"id":7,"countryId":"KZ","entityLevel":"city","nameEn":"A","nameZh":"甲"}"""u8], "- 1 - /id bad_id" },
        { "a field that is none", ImportClient.Ndjson, [.. """{"id":"X1","countryId":"KZ","entityLevel":"city","nameEn":"A","nameZh":"甲","planet":null}"""u8], "- 1 - /planet unknown_field" },
        { "half a pair", ImportClient.Ndjson, [.. """{"id":"X1","countryId":"KZ","entityLevel":"city","nameEn":"\ud83d","nameZh":"甲"}"""u8], "- 1 - /nameEn bad_character" },
        { "no array", ImportClient.JsonArray, [.. """{"id":"X1"}"""u8], "- 1 - - malformed_json" },
        { "an array that breaks off", ImportClient.JsonArray, [.. """[{"id":"X1"},"""u8], "- 1 - /countryId required; - 1 - /entityLevel required; - 1 - /nameEn required; - 1 - /nameZh required; - 2 - - malformed_json" },
        { "an item that is no record", ImportClient.JsonArray, [.. """["X1"]"""u8], "- 1 - - wrong_type" },
        { "no workbook", ImportClient.Xlsx, [.. "id,nameZh"u8], "- 0 - - malformed_xlsx" },
        { "nothing", ImportClient.Xlsx, [], "- 0 - - malformed_xlsx" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_file_of_another_form_is_refused_with_its_place(string what, string mediaType, byte[] file, string faults) =>
        await RefusedAsync(what, file, mediaType, faults);

    [Theory]
    [InlineData("?mode=update", "id,note\r\nNOWHERE,x\r\n", "- 2 id /id missing_record")]
    [InlineData("?mode=update", "note\r\nx\r\n", "- 2 - /id required")]
    [InlineData("?mode=update", "id,version,note\r\nKZALA,9,x\r\n", "- 2 version /version stale_version")]
    [InlineData("?mode=upsert", "id,countryId\r\nKZALA,RU\r\n", "- 2 - /unlocode unlocode; - 2 - - breaks_referrer")]
    [InlineData("?mode=upsert", "id,nameZh\r\nKZALA,\r\n", "- 2 nameZh /nameZh required")]
    public async Task A_change_is_refused_by_the_rules_of_single_writes(string query, string file, string faults)
    {
        var end = await drafts.App.ImportAsync("cities", file, query: query);
        Assert.Equal((faults, "failed", "import_refused"), (end.Faults, end.State, end.Error));
    }

    [Theory]
    [InlineData("?mode=replace", "text/csv", null, 400, "bad_parameter")]
    [InlineData("?onError=ignore", "text/csv", null, 400, "bad_parameter")]
    [InlineData("?dryRun=1", "text/csv", null, 400, "bad_parameter")]
    [InlineData("?x=1", "text/csv", null, 400, "bad_parameter")]
    [InlineData("?allowDuplicate=yes", "text/csv", null, 400, "bad_parameter")]
    [InlineData("", "text/csv", "max-affected=few", 400, "bad_parameter")]
    [InlineData("", "text/plain", null, 415, "unsupported_media_type")]
    public async Task What_cannot_be_understood_begins_no_import(string query, string mediaType, string? prefer, int status, string code) =>
        (await drafts.App.CallAsync("POST", $"/api/v1/imports/cities{query}", "id\r\n", null, mediaType, prefer is null ? [] : [("Prefer", prefer)]))
            .IsProblem(status, code);

    [Fact]
    public async Task A_type_that_is_none_has_no_import() =>
        (await drafts.App.CallAsync("POST", "/api/v1/imports/planets", "id\r\n", null, "text/csv")).IsProblem(404, "not_found");

    [Fact]
    public async Task The_report_is_in_the_readers_language()
    {
        var end = await drafts.App.ImportAsync("cities", $"{Head}\r\nX1,KZ,city,A,\r\n");
        var report = (await drafts.App.CallAsync("GET", $"/api/v1/operations/{end.Operation["id"]}/report", null, null, null, ("Accept-Language", "zh")))
            .Is(200).Json;
        Assert.EndsWith(" is required.", (string)end.Report["value"]![0]!["message"]!, StringComparison.Ordinal);
        Assert.StartsWith("必须填写", (string)report["value"]![0]!["message"]!, StringComparison.Ordinal);
    }

    private async Task RefusedAsync(string what, byte[] file, string mediaType, string faults)
    {
        var before = (await drafts.App.GetAsync("/api/v1/cities?$count=true&$top=1"))["count"]!.ToString();
        var end = await drafts.App.ImportAsync("cities", file, mediaType);
        Assert.Equal((what, faults, "failed", "import_refused"), (what, end.Faults, end.State, end.Error));
        Assert.Equal(before, (await drafts.App.GetAsync("/api/v1/cities?$count=true&$top=1"))["count"]!.ToString());
    }
}
