using FriendCity.Tests.Integration.Http;
using FriendCity.Tests.Support;


namespace FriendCity.Tests.Integration.PowerBi.OData;

/// <summary>What may be written in a filter, in the feed and in lists, and the answer that names the cure for what may not.</summary>
public sealed class LiteralTests(Azurite azurite)
{
    /// <summary>Numeric promotion (OData URL Conventions 4.01 §5.1.1.12.1): numbers of any form with fields of any numeric type.</summary>
    [Theory]
    [InlineData("Version eq 1.0", "Version eq 1")]
    [InlineData("1.0 eq Version", "Version eq 1")]
    [InlineData("Version lt 1.5", "Version eq 1")]
    [InlineData("Version eq 1.5", "Id eq ''")]
    [InlineData("Version ne 1.5", "Version ge 0")]
    [InlineData("Version lt 1e400", "Version ge 0")]
    [InlineData("Latitude gt 40", "Latitude gt 40.0")]
    [InlineData("Latitude eq 36.06488000000000000000001", "Id eq ''")]
    [InlineData("Latitude lt 36.06488000000000000000001 and Latitude ge 36.06488", "Latitude eq 36.06488")]
    [InlineData("length(NameEn) eq 7.0", "length(NameEn) eq 7")]
    [InlineData("year(ChangedAt) gt 2000.5", "Version ge 0")]
    [InlineData("$it/Version eq 1", "Version eq 1")]
    public async Task A_number_is_compared_by_its_value(string filter, string same)
    {
        var app = await azurite.SampleOfficeAsync();
        Assert.Equal(await app.IdsAsync($"/odata/Cities?$filter={Uri.EscapeDataString(same)}"),
            await app.IdsAsync($"/odata/Cities?$filter={Uri.EscapeDataString(filter)}"));
    }

    /// <summary>Parts of OData that a reader may send and the feed does not take: 501 with words, never another meaning.</summary>
    [Theory]
    [InlineData("$filter=Id eq @p&@p='KZALA'", "@p")]
    [InlineData("$filter=Id eq @p", "$filter")]
    [InlineData("$orderby=@p", "$orderby")]
    [InlineData("$filter=Version add 1 eq 2", "$filter")]
    [InlineData("$filter=-Latitude gt 1", "$filter")]
    [InlineData("$filter=cast(Version,Edm.String) eq '1'", "$filter")]
    [InlineData("$filter=isof(Version,Edm.Int64)", "$filter")]
    [InlineData("$filter=Projects/any(p:p/Id eq 'P001')", "$filter")]
    [InlineData("$filter=Projects/$count gt 1", "$filter")]
    [InlineData("$filter=Country/NameEn eq 'Kazakhstan'", "$filter")]
    [InlineData("$filter=Id eq {\"a\":1}", "$filter")]
    [InlineData("$filter=Version has 1", "$filter")]
    [InlineData("$filter=ChangedAt lt now()", "$filter")]
    [InlineData("$filter=NameEn eq duration'P1D'", "$filter")]
    public async Task What_the_feed_does_not_take_is_501(string query, string target) =>
        Assert.Equal(target, (string?)(await (await azurite.SampleOfficeAsync()).FeedAsync($"/odata/Cities?{query}"))
            .IsError(501, "not_implemented").Json["error"]!["target"]);

    public static TheoryData<string> Fractions() => [.. Enumerable.Range(1, 12).Select(digits => new string('0', digits)), .. Enumerable.Range(1, 12)
        .Select(digits => "123456789012"[..digits])];

    /// <summary>RFC 3339 §5.6 has any number of digits of a second; OData has up to twelve (ABNF fractionalSeconds).</summary>
    [Theory]
    [MemberData(nameof(Fractions))]
    public async Task An_instant_has_up_to_twelve_digits_of_a_second_everywhere(string digits)
    {
        var app = await azurite.SampleOfficeAsync();
        var all = (await app.FeedAsync("/odata/Cities/$count")).Is(200).Text;
        Assert.Equal(all, (await app.FeedAsync(
            $"/odata/Cities/$count?$filter=ChangedAt gt 2021-02-03T00:00:00.{digits}Z and not (ChangedAt in (2021-02-03T08:00:00.{digits}%2B08:00))"))
            .Is(200).Text);
        Assert.Equal(all, $"{(await app.GetAsync($"/api/v1/cities?$top=1&$count=true&$filter=changedAt gt 2021-02-03T00:00:00.{digits}Z"))["count"]}");
        (await app.CallAsync("GET", $"/api/v1/cities?knownAt=2021-02-03T00:00:00.{digits}Z")).Is(200);
        // The registry was empty then, so that there is no scope: the instant was understood.
        Assert.Contains("scope: ", (await app.CallAsync("GET", $"/api/v1/kpis?knownAt=2021-02-03T00:00:00.{digits}Z"))
            .IsProblem(400, "bad_parameter").Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2021-02-03T00:00:00.1234567890123Z")]
    [InlineData("2021-02-03T00:00:00.Z")]
    [InlineData("2021-02-03T24:00:00Z")]
    [InlineData("2021-02-03T00:60:00Z")]
    [InlineData("2021-02-03T00:00:60Z")]
    [InlineData("2021-02-29T00:00:00Z")]
    [InlineData("2021-02-03T00:00:00")]
    [InlineData("2021-02-03T00:00:00%2B15:00")]
    [InlineData("2021-02-03T00:00:00%2B8")]
    [InlineData("0001-01-01T00:00:00%2B01:00")]
    [InlineData("9999-12-31T23:59:59-01:00")]
    public async Task An_instant_that_is_none_is_refused_everywhere(string instant)
    {
        var app = await azurite.SampleOfficeAsync();
        (await app.FeedAsync($"/odata/Cities?$filter=ChangedAt gt {instant}")).IsError(400, "bad_parameter");
        (await app.CallAsync("GET", $"/api/v1/cities?$filter=changedAt gt {instant}")).IsProblem(400, "bad_parameter");
        (await app.CallAsync("GET", $"/api/v1/cities?knownAt={instant}")).IsProblem(400, "bad_parameter");
    }

    [Theory]
    [InlineData("{0} eq \"RULED\"", "write 'RULED'", "请写作 'RULED'")]
    [InlineData("{0} eq \"RULED", "write 'RULED'", "请写作 'RULED'")]
    [InlineData("{0} eq “RULED”", "write 'RULED'", "请写作 'RULED'")]
    [InlineData("{0} eq ‘RULED’", "write 'RULED'", "请写作 'RULED'")]
    [InlineData("{0} eq ＂RULED＂", "write 'RULED'", "请写作 'RULED'")]
    [InlineData("{0} eq \"it's\"", "write 'it''s'", "请写作 'it''s'")]
    [InlineData("{0} in (\"RULED\",'x')", "write 'RULED'", "请写作 'RULED'")]
    [InlineData("{0} = 'RULED'", "write eq", "请写作 eq")]
    [InlineData("{0}='RULED'", "write eq", "请写作 eq")]
    [InlineData("{0} == 'RULED'", "write eq", "请写作 eq")]
    [InlineData("{0} ＝ 'RULED'", "write eq", "请写作 eq")]
    [InlineData("{0} != 'RULED'", "write ne", "请写作 ne")]
    [InlineData("{0} <> 'RULED'", "write ne", "请写作 ne")]
    [InlineData("{0} >= 'RULED'", "write ge", "请写作 ge")]
    [InlineData("{0} eq 'A' && {0} eq 'B'", "write and", "请写作 and")]
    [InlineData("{0} eq 'A' || {0} eq 'B'", "write or", "请写作 or")]
    [InlineData("!({0} eq 'A')", "write not", "请写作 not")]
    [InlineData("（{0} eq 'A')", "full-width", "半角")]
    public async Task A_habit_of_another_language_is_answered_with_what_to_write_here(string filter, string en, string zh)
    {
        var app = await azurite.SampleOfficeAsync();
        foreach (var (language, cure) in new[] { ("en", en), ("zh-CN", zh) })
        {
            var feed = (await app.FeedAsync($"/odata/Cities?$filter={Uri.EscapeDataString(string.Format(null, filter, "Id"))}",
                ("Accept-Language", language))).IsError(400, "bad_parameter");
            Assert.Contains(cure, (string)feed.Json["error"]!["message"]!, StringComparison.Ordinal);
            var list = await app.CallAsync("GET", $"/api/v1/cities?$filter={Uri.EscapeDataString(string.Format(null, filter, "id"))}",
                headers: ("Accept-Language", language));
            Assert.Equal(400, list.Status);
            Assert.Contains(cure, list.Text, StringComparison.Ordinal);
        }
    }

    /// <summary>The parser sees numbers for literals; its faults are told at the caller's places, in the caller's words.</summary>
    [Theory]
    [InlineData("Id eq 'Qingdao' Id", "position 18 in 'Id eq 'Qingdao' Id'")]
    [InlineData("Id eq 'Qingdao' or", "position 18 in 'Id eq 'Qingdao' or'")]
    [InlineData("Version eq 1000000 or (Id eq 'x'", "in 'Version eq 1000000 or (Id eq 'x''")]
    public async Task A_fault_of_syntax_stands_where_the_caller_sees_it(string filter, string words)
    {
        var error = (await (await azurite.SampleOfficeAsync()).FeedAsync($"/odata/Cities?$filter={Uri.EscapeDataString(filter)}"))
            .IsError(400, "bad_parameter").Json["error"]!;
        Assert.Contains(words, (string)error["message"]!, StringComparison.Ordinal);
    }
}
