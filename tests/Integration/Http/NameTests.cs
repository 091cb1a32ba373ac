using FriendCity.Tests.Support;


namespace FriendCity.Tests.Integration.Http;

public sealed class NameTests(DraftTestApp drafts) : IClassFixture<DraftTestApp>
{
    private readonly TestApp _app = drafts.App;

    public static TheoryData<string> Names { get; } =
    [
        "青岛市", "𠮷野家", "Orléans", "Orle\u0301ans", "عشق‌آباد", "\u200fעיר\u200e", "\u202eabc\u202c", "👩‍👩‍👧‍👦", "İstanbul", "ISTANBUL ı", "Straße",
        "STRASSE",
        "zero\u200bwidth", "\u200bA", "A\ufeff", " padded ", "\u3000全角\u3000", "tab\tand\nline", "a'b''c", "\"quoted\" \\ / \u2019 <script>&amp;",
        "=1+1", "%25", "null", "\uFFFD", "\uFFFE\uFFFF", "Аlmaty", "1e400",
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_name_is_kept_as_it_was_given(string name)
    {
        var body = DraftTestApp.City(DraftTestApp.NewId());
        (body["nameEn"], body["nameLocal"]) = (name, name);
        var path = await _app.CreateAsync("cities", body, alike: true);
        var read = await _app.GetAsync(path);
        Assert.Equal((name, name), ((string?)read["nameEn"], (string?)read["nameLocal"]));
        Assert.Equal(name, (string?)(await _app.GetAsync(path + "/history"))["value"]![0]!["nameEn"]);
        Assert.Contains((await _app.GetAsync("/api/v1/cities?$top=1000"))["value"]!, row => (string?)row["nameEn"] == name);
        // Composed and decomposed spellings are two texts: the one is not taken for the other.
        (await _app.CallAsync("PATCH", path, $$"""{"note":"{{DraftTestApp.NewId()}}"}""", "\"1\"", ApiClient.MergePatch)).Is(200);
        Assert.Equal(name, (string?)(await _app.GetAsync(path))["nameEn"]);
    }

    [Fact]
    public async Task Respelling_a_name_is_a_change()
    {
        var body = DraftTestApp.City(DraftTestApp.NewId());
        body["nameEn"] = "Orléans";
        var path = await _app.CreateAsync("cities", body, alike: true);
        Assert.Equal("\"2\"", (await _app.CallAsync("PATCH", path, "{\"nameEn\":\"Orle\u0301ans\"}", "\"1\"", ApiClient.MergePatch)).Is(200).ETag);
    }

    [Fact]
    public async Task Names_in_lists_are_kept_too()
    {
        var body = Newtonsoft.Json.Linq.JObject.Parse("""{"homeCityId":"CNTAO","homeEntityLevel":"city","cityId":"KZALA","stages":[{"stage":"ENDED","date":"2020-01-01","reason":"👩‍👧 \u202eİ 原因"}]}""");
        var path = await _app.CreateAsync("relationships", body, alike: true);
        Assert.Equal("👩‍👧 \u202eİ 原因", (string?)(await _app.GetAsync(path))["stages"]![0]!["reason"]);
    }
}
