using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using FriendCity.Kpis.Model;
using FriendCity.Messages;
using FriendCity.Records;
using FriendCity.Registry;
using FriendCity.Reports;
using FriendCity.Reports.Word;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Integration.Reports;

public sealed class BriefingTests(Azurite azurite)
{
    private const string Address = "/api/v1/reports/briefing?view=article";

    [Theory]
    [InlineData("en", "circle", "Qingdao's circle of friends counts 13 cities in 10 countries of the scope.")]
    [InlineData("zh", "circle", "青岛的“朋友圈”已覆盖统计范围内10个国家的13个城市。")]
    [InlineData("zh", "growth", "与2018年6月9日的4个城市相比增加9个，增幅225%；仅计正式友城，增幅125%。")]
    [InlineData("en", "coverage",
        "10 of 17 countries are covered (58.8%; formally 41.2%). Still without a city: Afghanistan, Iran, Sri Lanka, Mongolia, Nepal, Türkiye, "
            + "Uzbekistan.")]
    [InlineData("en", "solidarity", "3 friend cities received medical supplies")]
    public async Task The_articles_sentences_carry_the_articles_numbers(string language, string id, string text)
    {
        var answer = await (await azurite.SampleOfficeAsync()).GetAsync($"{Address}&lang={language}");
        var sentence = answer["sections"]!.SelectMany(section => section["sentences"]!).Single(each => (string?)each["id"] == id);
        Assert.StartsWith(text, (string?)sentence["text"], StringComparison.Ordinal);
        Assert.NotEmpty(sentence["figures"]!);
    }

    [Fact]
    public async Task One_city_is_no_cities()
    {
        var answer = await (await azurite.SampleOfficeAsync()).GetAsync($"{Address}&lang=en&asOf=2006-12-31");
        var sentences = answer["sections"]!.SelectMany(section => section["sentences"]!)
            .ToDictionary(each => (string)each["id"]!, each => (string)each["text"]!);
        Assert.Equal("Qingdao's circle of friends counts 1 city in 1 country of the scope.", sentences["circle"]);
        Assert.All(sentences.Values, text => Assert.DoesNotMatch(@"\b1 ([a-z-]+ )?(cities|countries|ties|nodes|places|projects|months|are|have)\b", text));
    }

    [Theory]
    [InlineData("en", "worth CNY 552.79 million as far as known")]
    [InlineData("zh", "已知金额合计5.5279亿元人民币")]
    public async Task Sums_of_money_are_in_the_units_of_the_language(string language, string text)
    {
        var answer = await (await azurite.SampleOfficeAsync()).GetAsync($"{Address}&lang={language}");
        Assert.Contains(text, (string)answer["sections"]!.SelectMany(section => section["sentences"]!)
            .Single(each => (string?)each["id"] == "signed")["text"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_number_of_a_sentence_is_a_figure_of_the_catalogue()
    {
        var app = await azurite.SampleOfficeAsync();
        var catalogue = (await app.GetAsync("/api/v1/kpis?view=article"))["values"]!.Concat(
            (await app.GetAsync("/api/v1/kpis?view=article&scope=world"))["values"]!).Select(value => value.ToString()).ToHashSet();
        var sentences = (await app.GetAsync(Address))["sections"]!.SelectMany(section => section["sentences"]!).ToList();
        Assert.All(sentences.SelectMany(sentence => sentence["figures"]!), figure => Assert.Contains(figure.ToString(), catalogue));
        // The article's evidence has no trade figure; everything else is known.
        Assert.All(sentences, sentence => Assert.DoesNotMatch((string?)sentence["id"] == "trade" ? "[{}]" : @"[{}]|not known",
            (string)sentence["text"]!));
    }

    [Theory]
    [InlineData("html")]
    [InlineData("md")]
    [InlineData("docx")]
    public async Task Every_format_tells_the_same_sentences_and_keeps_what_they_rest_on_for_the_notes(string format)
    {
        var app = await azurite.SampleOfficeAsync();
        var json = await app.GetAsync($"{Address}&lang=zh");
        var page = await TextAsync(app, $"{Address}&lang=zh&format={format}");
        var notes = page.LastIndexOf("附注：依据与口径", StringComparison.Ordinal);
        foreach (var sentence in json["sections"]!.SelectMany(section => section["sentences"]!))
        {
            Assert.InRange(page.IndexOf((string)sentence["text"]!, StringComparison.Ordinal), 0, notes);
            Assert.InRange(page.IndexOf((string)sentence["note"]!, StringComparison.Ordinal), notes, page.Length);
        }

        var said = page[..notes];
        Assert.Contains("截至2024年3月25日；统计范围：文章所述上合组织17国；证据：文章；基线：2018年6月9日。", said, StringComparison.Ordinal);
        Assert.Contains("部分依据示例数据（见文末附注），替换为本单位数据之前，请勿对外引用。", said, StringComparison.Ordinal);
        Assert.Equal(2, Regex.Count(said, "示例", RegexOptions.None, TimeSpan.FromSeconds(5)));
        Assert.DoesNotMatch(@"SCO17_ARTICLE|FRIEND_CITY|\bK\d\d\b", said);
        // Between Chinese signs no half-width punctuation.
        Assert.DoesNotMatch(@"(?<=\p{IsCJKUnifiedIdeographs})[,;:!?()](?=\p{IsCJKUnifiedIdeographs}|\d)", page);
    }

    [Theory]
    [InlineData("zh", "友好城市", "2024年3月25日")]
    [InlineData("en", "Friend city", "25 March 2024")]
    public async Task Its_table_names_every_city_of_the_circle_by_stage_and_since_when(string language, string stage, string day)
    {
        var app = await azurite.SampleOfficeAsync();
        var page = await TextAsync(app, $"{Address}&lang={language}&format=md");
        var rows = page.Split('\n').Where(line => Regex.IsMatch(line, @"^\| \d", RegexOptions.None, TimeSpan.FromSeconds(5))).ToList();
        Assert.Equal(13, rows.Count);
        Assert.Contains(stage, rows[0], StringComparison.Ordinal);
        var ties = (await app.GetAsync($"/api/v1/dashboard?view=article&lang={language}"))["ties"]!;
        Assert.Equal(ties.Count(tie => (bool)tie["illustrative"]!), rows.Count(row => row.EndsWith("* |", StringComparison.Ordinal)));
        Assert.Contains(day, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_runs_nothing_and_its_policy_lets_in_its_own_style_alone()
    {
        using var response = await (await azurite.SampleOfficeAsync()).Client.GetAsync(new Uri($"{Address}&format=html", UriKind.Relative));
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        var style = (await response.Content.ReadAsStringAsync()).Split("<style>")[1].Split("</style>")[0];
        Assert.Equal($"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'; base-uri "
            + $"'none'; form-action 'none'; frame-ancestors 'none'", policy);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public void Markup_in_a_name_is_only_a_name_in_every_format()
    {
        const string Name = "<script>alert('x')</script> & *Co*";
        var rows = Rows.TwoCountries().Add("cities", "X1",
            $"{{'countryId':'AA','entityLevel':'city','nameEn':'{Name.Replace("'", "\\u0027", StringComparison.Ordinal)}','nameZh':'甲'}}")
            .Tie("R1", "X1", stages: "INTENTION 2015-01-01");
        var registry = rows.Registry;
        var briefing = BriefingText.Write(new KpiContext(registry, new DateOnly(2022, 1, 1), registry.Of(Scope.Type).Get("S")!,
            Provenance.AllScenarios,
            new DateOnly(2018, 6, 9)));
        Assert.Contains(briefing.Sections.SelectMany(section => section.Sentences),
            sentence => sentence.Text.En.Contains(Name, StringComparison.Ordinal));
        Assert.DoesNotContain("<script", BriefingHtml.Write(briefing, Language.English), StringComparison.Ordinal);
        Assert.Contains("\\<script\\>", BriefingMarkdown.Write(briefing, Language.English), StringComparison.Ordinal);
        Assert.Contains(Name, Words(BriefingDocx.Write(briefing, Language.English)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_known_is_said_in_words_and_never_as_zero()
    {
        var registry = Rows.TwoCountries().Registry;
        var briefing = BriefingText.Write(new KpiContext(registry, new DateOnly(2022, 1, 1), registry.Of(Scope.Type).Get("S")!,
            Provenance.AllScenarios,
            new DateOnly(2018, 6, 9)));
        var trade = briefing.Sections.SelectMany(section => section.Sentences).Single(sentence => sentence.Id == "trade");
        Assert.Contains("(not known)", trade.Text.En, StringComparison.Ordinal);
        Assert.Contains("数据不详", trade.Text.Zh, StringComparison.Ordinal);
        Assert.Null(briefing.Warning);
    }

    /// <summary>Every scope by its name, in both languages.</summary>
    [Theory]
    [InlineData("S", "S", "S")]
    [InlineData("members", "members of the SCO", "上合组织成员国")]
    [InlineData("partners", "observers and partners of the SCO", "上合组织观察员国和对话伙伴")]
    [InlineData("family", "the SCO family", "上合组织大家庭")]
    [InlineData("world", "the world", "全球")]
    [InlineData("country:AA", "A-land", "甲国")]
    public void The_basis_names_scope_and_evidence_in_words(string scope, string en, string zh)
    {
        var registry = Rows.TwoCountries().Registry;
        var basis = BriefingText.Write(new KpiContext(registry, new DateOnly(2022, 1, 1), KpiScopes.Find(registry, scope)!, Provenance.AllScenarios,
            new DateOnly(2018, 6, 9))).Basis;
        Assert.Equal($"As of 1 January 2022. Scope: {en}. Evidence: the article, public updates, the office's records. Baseline: 9 June 2018.", basis.En);
        Assert.Equal($"截至2022年1月1日；统计范围：{zh}；证据：文章、公开更新、本单位登记；基线：2018年6月9日。", basis.Zh);
    }

    [Theory]
    [InlineData(552_790_000.0, "CNY", "CNY 552.79 million", "5.5279亿元")]
    [InlineData(100_000_000_000.0, "CNY", "CNY 100,000 million", "1,000亿元")]
    [InlineData(600.0, "CNY 100 m", "CNY 60,000 million", "600亿元")]
    [InlineData(0.5, "ratio", "50%", "50%")]
    [InlineData(13.0, "cities", "13", "13")]
    [InlineData(null, "CNY", "(not known)", "（数据不详）")]
    public void Money_is_counted_as_each_language_counts_it(double? value, string unit, string en, string zh) =>
        Assert.Equal((en, zh), (FriendCity.Reports.Words.Amount(value, unit).En, FriendCity.Reports.Words.Amount(value, unit).Zh));

    [Theory]
    [InlineData("?format=pdf", 400)]
    [InlineData("?lang=fr", 400)]
    [InlineData("?asOf=x", 400)]
    [InlineData("/../nothing", 404)]
    public async Task A_briefing_that_cannot_be_written_is_refused(string query, int status) =>
        Assert.Equal(status, (await (await azurite.SampleOfficeAsync()).SendAsync("GET", $"/api/v1/reports/briefing{query}")).Status);

    private static async Task<string> TextAsync(TestApp app, string address)
    {
        using var response = await app.Client.GetAsync(new Uri(address, UriKind.Relative));
        Assert.True(response.IsSuccessStatusCode);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        return response.Content.Headers.ContentType?.MediaType switch
        {
            "text/html" => System.Net.WebUtility.HtmlDecode(Encoding.UTF8.GetString(bytes)),
            "text/markdown" => Regex.Replace(Encoding.UTF8.GetString(bytes), @"\\(?<sign>.)", "${sign}", RegexOptions.None, TimeSpan.FromSeconds(5)),
            _ => Words(bytes),
        };
    }

    /// <summary>The text of a Word document, read without the library that wrote it.</summary>
    private static string Words(byte[] docx)
    {
        using var archive = new ZipArchive(new MemoryStream(docx));
        using var part = archive.GetEntry("word/document.xml")!.Open();
        XNamespace w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
        return string.Join('\n', XDocument.Load(part).Descendants(w + "p")
            .Select(line => string.Concat(line.Descendants(w + "t").Select(text => text.Value))));
    }
}
