using System.IO.Compression;
using System.Text;
using FriendCity.Http;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Integration.Http;

public sealed class MalformedJsonTests(Azurite azurite)
{
    private static readonly Encoding Utf16 = new UnicodeEncoding(bigEndian: false, byteOrderMark: false);

    public static TheoryData<string, byte[], int, int> Bodies()
    {
        var rows = new TheoryData<string, byte[], int, int>();
        void Add(string what, string body, int line, int column) => rows.Add(what, Encoding.UTF8.GetBytes(body), line, column);

        Add("empty", "", 1, 1);
        Add("blank", " \n ", 2, 2);
        Add("trailing comma", "{\n  \"nameEn\": \"A\",\n}", 3, 1);
        Add("trailing comma in a list", """{"a":[1,]}""", 1, 9);
        Add("missing comma", """{"a":1 "b":2}""", 1, 8);
        Add("single quotes", "{'nameEn':'A'}", 1, 2);
        Add("bare name", "{nameEn:1}", 1, 2);
        Add("line comment", "{ // why\n}", 1, 3);
        Add("block comment", "{}/**/", 1, 3);
        Add("NaN", """{"latitude":NaN}""", 1, 13);
        Add("Infinity", """{"latitude":-Infinity}""", 1, 14);
        Add("hexadecimal", """{"latitude":0x1F}""", 1, 14);
        Add("leading zero", """{"latitude":01}""", 1, 14);
        Add("plus sign", """{"latitude":+1}""", 1, 13);
        Add("undefined", """{"a":undefined}""", 1, 6);
        Add("truncated text", """{"nameEn":"A""", 1, 13);
        Add("truncated object", """{"nameEn":"A" """, 1, 15);
        Add("second value", """{} {}""", 1, 4);
        Add("raw line break in text", "{\"a\":\"x\ny\"}", 1, 8);
        Add("bad escape", """{"a":"\x41"}""", 1, 8);
        Add("broken unicode escape", """{"a":"\u12G4"}""", 1, 11);
        Add("columns count characters, not bytes", """{"nameZh":"青岛",}""", 1, 16);
        Add("duplicate name", "{\n\"a\":1,\n\"a\":2}", 3, 4);
        Add("duplicate name, escaped", "{\"a\":1,\"\\u0061\":2}", 1, 16);
        Add("duplicate name, nested", """{"stages":[{"a":1,"a":2}]}""", 1, 22);
        Add("depth 65", """{"a":""" + new string('[', 64) + new string(']', 64) + "}", 1, 69);
        Add("two byte order marks", "\uFEFF\uFEFF{}", 1, 1);
        Add("a fault behind a byte order mark", "\uFEFF{,}", 1, 2);
        rows.Add("invalid UTF-8", [.. "{\n\"é\":\""u8, 0xC3, 0x28, .. "\"}"u8], 2, 6);
        rows.Add("surrogate as UTF-8", [.. "{\"a\":\""u8, 0xED, 0xA0, 0x80, .. "\"}"u8], 1, 7);
        rows.Add("UTF-16", Utf16.GetBytes("""{"nameEn":"A"}"""), 1, 2);
        rows.Add("UTF-16 with mark", [0xFF, 0xFE, .. Utf16.GetBytes("{}")], 1, 1);
        rows.Add("Latin-1", [.. "{\"nameEn\":\"caf"u8, 0xE9, .. "\"}"u8], 1, 15);
        return rows;
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_body_that_is_not_JSON_is_refused_with_line_and_column(string what, byte[] body, int line, int column)
    {
        var app = await azurite.SampleOfficeAsync();
        foreach (var (method, path) in new[] { ("POST", "/api/v1/cities"), ("PUT", "/api/v1/cities/RULED"), ("PATCH", "/api/v1/cities/RULED") })
        {
            var problem = (await app.CallAsync(method, path, body, "\"1\"")).IsProblem(400, "malformed_json").Json;
            Assert.True((line, column) == ((int?)problem["line"], (int?)problem["column"]), $"{what}: {problem}");
        }
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("12")]
    public async Task JSON_that_is_no_object_is_well_formed_but_refused(string body) =>
        Assert.Equal(" wrong_type", (await (await azurite.SampleOfficeAsync()).CallAsync("POST", "/api/v1/cities", body))
            .IsProblem(422, "invalid").Faults);

    /// <summary>As PowerShell and editors of Windows write files (RFC 8259 8.1).</summary>
    [Theory]
    [InlineData("POST", "/api/v1/cities")]
    [InlineData("PUT", "/api/v1/cities/RULED")]
    [InlineData("PATCH", "/api/v1/cities/RULED")]
    public async Task A_byte_order_mark_before_the_body_is_passed_over(string method, string path) =>
        Assert.Contains("/nope unknown_field", (await (await azurite.SampleOfficeAsync()).CallAsync(method, path, "\uFEFF{\"nope\":1}", "\"1\""))
            .IsProblem(422, "invalid").Faults, StringComparison.Ordinal);

    [Fact]
    public async Task JSON_may_be_64_deep()
    {
        var body = """{"a":""" + new string('[', 63) + new string(']', 63) + "}";
        Assert.Contains("/a unknown_field", (await (await azurite.SampleOfficeAsync()).CallAsync("POST", "/api/v1/cities", body))
            .IsProblem(422, "invalid").Faults, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", null)]
    [InlineData("POST", "text/plain")]
    [InlineData("POST", "application/xml")]
    [InlineData("POST", "application/x-www-form-urlencoded")]
    [InlineData("POST", ApiClient.MergePatch)]
    [InlineData("PUT", ApiClient.MergePatch)]
    [InlineData("PATCH", "application/json-patch+json")]
    [InlineData("POST", "application/json; charset=utf-16")]
    [InlineData("POST", "application/json; charset=gb18030")]
    public async Task A_body_of_another_type_is_refused(string method, string? type) =>
        (await (await azurite.SampleOfficeAsync()).CallAsync(method, "/api/v1/cities" + (method == "POST" ? "" : "/RULED"), "{}", "\"1\"", type))
            .IsProblem(415, "unsupported_media_type");

    [Fact]
    public async Task A_compressed_body_is_refused_unread()
    {
        using var zip = new MemoryStream();
        await using (var packer = new GZipStream(zip, CompressionLevel.Optimal, leaveOpen: true))
            packer.Write(new byte[100 * JsonBody.MaxBytes]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/cities") { Content = new ByteArrayContent(zip.ToArray()) };
        request.Content.Headers.Add("Content-Type", "application/json");
        request.Content.Headers.Add("Content-Encoding", "gzip");
        using var response = await (await azurite.SampleOfficeAsync()).Client.SendAsync(request);
        Assert.Equal(415, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("POST", "application/json")]
    [InlineData("POST", "APPLICATION/JSON; Charset=UTF-8")]
    [InlineData("POST", "application/json; charset=\"utf-8\"")]
    [InlineData("PATCH", ApiClient.MergePatch)]
    [InlineData("PATCH", "application/json")]
    public async Task JSON_in_UTF_8_is_taken_however_its_type_is_spelt(string method, string type) =>
        (await (await azurite.SampleOfficeAsync()).CallAsync(method, "/api/v1/cities" + (method == "POST" ? "" : "/RULED"), """{"nope":1}""", "\"1\"", type)).IsProblem(422, "invalid");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_over_the_limit_is_refused_unread(bool tellsItsLength)
    {
        var app = await azurite.SampleOfficeAsync();
        using var client = app.NewClient();
        using var request = new HttpRequestMessage(HttpMethod.Post,
            "/api/v1/cities")
        { Content = new StringContent(new string(' ', JsonBody.MaxBytes + 1), Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Api-Key", app.Key);
        request.Headers.TransferEncodingChunked = tellsItsLength ? null : true;
        using var response = await client.SendAsync(request);
        Assert.Equal(413, (int)response.StatusCode);
        Assert.Contains("\"too_large\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_at_the_limit_is_read() =>
        (await (await azurite.SampleOfficeAsync()).CallAsync("POST", "/api/v1/cities", "{}" + new string(' ', JsonBody.MaxBytes - 2)))
            .IsProblem(422, "invalid");

    [Fact]
    public async Task A_number_that_nothing_holds_is_out_of_range_and_not_malformed()
    {
        var app = await azurite.SampleOfficeAsync();
        foreach (var number in new[] { "1e400", "-1e400", "1E29", new string('9', 400) })
            Assert.Equal("/latitude out_of_range", (await app.CallAsync("PATCH", "/api/v1/cities/RULED", $$"""{"latitude":{{number}}}""", "\"1\"")).IsProblem(422, "invalid").Faults);
    }
}
