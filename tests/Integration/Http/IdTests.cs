using System.Net.Sockets;
using System.Text;
using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Integration.Http;

public sealed class IdTests(DraftTestApp drafts) : IClassFixture<DraftTestApp>
{
    private readonly TestApp _app = drafts.App;

    public static TheoryData<string> BadIds { get; } =
        ["", " ", "a b", " a", "a/b", "a\\b", "a#b", "a?b", "a%b", "a%25b", "a%2Fb", ".", "..", "a.b", "a'b", "' or '1' eq '1", "青岛", "İ", "a\tb",
            "a\u0000", "a\u0085", "\ud83d\ude00", new string('a', 65)];

    [Theory]
    [MemberData(nameof(BadIds))]
    public async Task An_id_that_storage_or_addresses_would_mangle_is_refused(string id)
    {
        var body = DraftTestApp.City(id);
        Assert.Equal("/id bad_id", (await _app.CallAsync("POST", "/api/v1/cities", body)).IsProblem(422, "invalid").Faults);
        body.Remove("id");
        body["countryId"] = id;
        Assert.Contains((await _app.CallAsync("POST", "/api/v1/cities", body)).IsProblem(422, "invalid").Faults,
            (string[])["/countryId bad_id", "/countryId empty", "/countryId too_long", "/countryId bad_character"]);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("true")]
    [InlineData("[\"A\"]")]
    [InlineData("{}")]
    public async Task An_id_is_text(string id) =>
        Assert.Equal("/id bad_id", (await _app.CallAsync("POST", "/api/v1/cities", new JObject(DraftTestApp.City()) { ["id"] = JToken.Parse(id) }))
            .IsProblem(422, "invalid").Faults);

    [Theory]
    [InlineData("a%20b")]
    [InlineData("a%2Fb")]
    [InlineData("a%5Cb")]
    [InlineData("a%23b")]
    [InlineData("a%3Fb")]
    [InlineData("a%25b")]
    [InlineData("a.b")]
    [InlineData("...")]
    [InlineData("%27%20or%20%271%27%20eq%20%271")]
    [InlineData("%E9%9D%92")]
    [InlineData("%FF")]
    [InlineData("%09")]
    [InlineData("%C2%85")]
    [InlineData("%ED%A0%80")]
    [InlineData("65 characters")]
    public async Task An_address_with_a_bad_id_answers_and_never_fails(string escaped)
    {
        var path = $"/api/v1/cities/{(escaped == "65 characters" ? new string('a', 65) : escaped)}";
        foreach (var (method, target, status) in new[]
        {
            ("GET", path, 404), ("PATCH", path, 404), ("DELETE", path, 404), ("GET", path + "/history", 404), ("POST", path + "/restore", 404),
            ("PUT", path, 422),
        })
        {
            var answer = await RawAsync(method, target, method is "PUT" or "PATCH" ? DraftTestApp.City().ToString() : "");
            Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
            Assert.Contains(status == 404 ? "\"not_found\"" : "\"bad_id\"", answer, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/api/v1/cities/%00")]
    [InlineData("/api/v1/cities/..")]
    [InlineData("/api/v1/cities/%2e%2e/countries")]
    [InlineData("/api/v1/cities//RULED")]
    [InlineData("/api/v1/cities/RULED/..%2f..%2fcountries")]
    public async Task An_address_that_climbs_or_breaks_off_is_no_server_error(string path) =>
        Assert.Matches("^HTTP/1.1 [24]", await RawAsync("GET", path, ""));

    [Fact]
    public async Task Ids_are_told_apart_by_case()
    {
        var id = DraftTestApp.NewId();
        await _app.CreateAsync("cities", DraftTestApp.City(id + "a"));
        (await _app.CallAsync("GET", $"/api/v1/cities/{id}A")).IsProblem(404, "not_found");
        await _app.CreateAsync("cities", DraftTestApp.City(id + "A"));
    }

    [Theory]
    [InlineData("_")]
    [InlineData("-a_Z9")]
    [InlineData("64 characters")]
    public async Task The_longest_and_the_oddest_good_ids_work(string id)
    {
        var path = await _app.CreateAsync("cities", DraftTestApp.City(id == "64 characters" ? new string('z', 64) : id));
        (await _app.CallAsync("DELETE", path, etag: "\"1\"")).Is(204);
        Assert.Equal(2, (await _app.GetAsync(path + "/history"))["value"]!.Count());
    }

    /// <summary>Byte for byte: the usual client would tidy the address.</summary>
    private async Task<string> RawAsync(string method, string target, string body)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", _app.Address.Port);
        await using var stream = client.GetStream();
        var bytes = Encoding.UTF8.GetBytes(body);
        var head = $"{method} {target} HTTP/1.1\r\nHost: localhost\r\nX-Api-Key: {_app.Key}\r\nIf-Match: \"1\"\r\nContent-Type: "
            + $"application/json\r\nContent-Length: {bytes.Length}\r\nConnection: close\r\n\r\n";
        await stream.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(head), .. bytes]);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }
}
