using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Integration.PowerBi.OData;

/// <summary>Every option is honoured or refused; none is passed over.</summary>
public sealed class OptionTests(Azurite azurite)
{
    [Theory]
    [InlineData("NameEn eq 'Qingdao'", "nameEn eq 'Qingdao'")]
    [InlineData("'Qingdao' eq NameEn", "nameEn eq 'Qingdao'")]
    [InlineData("NameZh eq '青岛'", "nameZh eq '青岛'")]
    [InlineData("CountryId ne 'RU'", "countryId ne 'RU'")]
    [InlineData("Latitude gt 40", "latitude gt 40")]
    [InlineData("40 lt Latitude", "latitude gt 40")]
    [InlineData("Latitude ge 36.06488 and Latitude le 36.06488", "latitude ge 36.06488 and latitude le 36.06488")]
    [InlineData("Longitude lt 100.5 or NameEn eq 'Qingdao'", "longitude lt 100.5 or nameEn eq 'Qingdao'")]
    [InlineData("not (CountryId eq 'RU' or CountryId eq 'CN')", "not (countryId eq 'RU' or countryId eq 'CN')")]
    [InlineData("Unlocode eq null", "unlocode eq null")]
    [InlineData("null ne Unlocode", "unlocode ne null")]
    [InlineData("contains(NameEn,'an')", "contains(nameEn,'an')")]
    [InlineData("contains(NameEn,'an') eq true", "contains(nameEn,'an')")]
    [InlineData("contains(NameEn,'an') eq false", "not contains(nameEn,'an')")]
    [InlineData("startswith(NameEn,'Q')", "startswith(nameEn,'Q')")]
    [InlineData("endswith(NameEn,'g')", "endswith(nameEn,'g')")]
    [InlineData("CountryId in ('RU','KZ')", "countryId in ('RU','KZ')")]
    [InlineData("IsSeaport", "isSeaport eq true")]
    [InlineData("not IsSeaport", "not (isSeaport eq true)")]
    [InlineData("IsSeaport eq false", "isSeaport eq false")]
    [InlineData("Version eq 1", "version eq 1")]
    [InlineData("ChangedAt gt 2021-02-03T00:00:00+01:00", "changedAt gt 2021-02-02T23:00:00Z")]
    [InlineData("ChangedAt lt 2021-02-03T00:00:00Z", "changedAt lt 2021-02-03T00:00:00Z")]
    public async Task A_filter_of_cities_means_what_it_means_in_the_list(string feed, string list) => await SameAsync("Cities", feed, "cities", list);

    [Theory]
    [InlineData("StartDate ge 2018-09-14 and StartDate lt 2019-01-01", "startDate ge 2018-09-14 and startDate lt 2019-01-01")]
    [InlineData("StartDate eq 2018-09-14 or StartDate eq null", "startDate eq 2018-09-14 or startDate eq null")]
    [InlineData("Version in (1,2)", "version in (1,2)")]
    [InlineData("StartDate in (2018-09-14,2019-01-01, null)", "startDate eq 2018-09-14 or startDate eq 2019-01-01 or startDate eq null")]
    [InlineData("not (StartDate in (2018-09-14)) and NameEn ne 'x in (2018-09-14)'", "startDate ne 2018-09-14")]
    [InlineData("ChangedAt in (2021-02-03T00:00:00Z,2021-02-03T00:00:00+08:00)", "version eq 0")]
    [InlineData("PlannedValue gt 1.5", "plannedValue gt 1.5")]
    [InlineData("TagIds/any()", "tagIds/any()")]
    [InlineData("TagIds/any(t:t eq 'belt-road')", "tagIds/any(t:t eq 'belt-road')")]
    public async Task A_filter_of_projects_means_what_it_means_in_the_list(string feed, string list) =>
        await SameAsync("Projects", feed, "projects", list);

    private async Task SameAsync(string set, string feed, string type, string list)
    {
        var app = await azurite.SampleOfficeAsync();
        var expected = (await app.GetAsync($"/api/v1/{type}?$top=1000&$filter={Uri.EscapeDataString(list)}"))["value"]!.Select(
            row => (string)row["id"]!).ToList();
        Assert.Equal(expected, await app.IdsAsync($"/odata/{set}?$filter={Uri.EscapeDataString(feed)}"));
        Assert.Equal($"{expected.Count}", (await app.FeedAsync($"/odata/{set}/$count?$filter={Uri.EscapeDataString(feed)}")).Is(200).Text);
    }

    [Theory]
    [InlineData("tolower(NameEn) eq 'qingdao'", "NameEn", "Qingdao")]
    [InlineData("toupper(trim(NameEn)) eq 'QINGDAO'", "NameEn", "Qingdao")]
    [InlineData("contains(tolower(NameEn),'qing')", "NameEn", "Qingdao")]
    [InlineData("length(Id) eq 5 and Id eq 'CNTAO'", "NameEn", "Qingdao")]
    public async Task Functions_of_text_are_computed(string filter, string property, string value)
    {
        var app = await azurite.SampleOfficeAsync();
        Assert.Equal([value], (await app.RowsAsync($"/odata/Cities?$filter={filter}")).Select(row => (string?)row[property]));
    }

    [Fact]
    public async Task Functions_of_dates_are_computed()
    {
        var app = await azurite.SampleOfficeAsync();
        var expected = (await app.RowsAsync("/odata/Projects"))
            .Where(row => (string?)row["StartDate"] is { } date && date.StartsWith("2018-09-", StringComparison.Ordinal) && date != "2018-09-01")
            .Select(row => (string)row["Id"]!).ToList();
        Assert.NotEmpty(expected);
        Assert.Equal(expected, await app.IdsAsync(
            "/odata/Projects?$filter=year(StartDate) eq 2018 and month(StartDate) eq 9 and day(StartDate) gt 1"));
        Assert.Empty(await app.IdsAsync("/odata/Cities?$filter=year(ChangedAt) lt 2000"));
    }

    [Theory]
    [InlineData("$filter=Nothing eq 1", 400, "bad_parameter", "$filter")]
    [InlineData("$filter=NameEn eq 1", 400, "bad_parameter", "$filter")]
    [InlineData("$filter=StartsOn eq", 400, "bad_parameter", "$filter")]
    [InlineData("$filter=nameEn eq 'x'", 400, "bad_parameter", "$filter")]
    [InlineData("$filter=soundex(NameEn) eq 'x'", 501, "not_implemented", "$filter")]
    [InlineData("$filter=indexof(NameEn,'x') eq 1", 501, "not_implemented", "$filter")]
    [InlineData("$filter=Latitude add 1 gt 2", 501, "not_implemented", "$filter")]
    [InlineData("$filter=NameEn eq NameZh", 501, "not_implemented", "$filter")]
    [InlineData("$filter=true", 501, "not_implemented", "$filter")]
    [InlineData("$filter=ChangedAt in (2021-02-03T00:00:00Z,)", 400, "bad_parameter", "$filter")]
    [InlineData("$orderby=Nothing", 400, "bad_parameter", "$orderby")]
    [InlineData("$orderby=Note", 400, "bad_parameter", "$orderby")]
    [InlineData("$orderby=length(NameEn)", 501, "not_implemented", "$orderby")]
    [InlineData("$select=Nothing", 400, "bad_parameter", "$select")]
    [InlineData("$top=-1", 400, "bad_parameter", "$top")]
    [InlineData("$top=x", 400, "bad_parameter", "$top")]
    [InlineData("$skip=-1", 400, "bad_parameter", "$skip")]
    [InlineData("$count=maybe", 400, "bad_parameter", "$count")]
    [InlineData("$skiptoken=x", 400, "cursor_invalid", "$skiptoken")]
    [InlineData("$search=x", 501, "not_implemented", "$search")]
    [InlineData("$apply=aggregate($count as N)", 501, "not_implemented", "$apply")]
    [InlineData("$top=1&$top=2", 400, "bad_parameter", null)]
    [InlineData("page=2", 400, "bad_parameter", null)]
    [InlineData("$format=atom", 406, "not_acceptable", null)]
    public async Task What_cannot_be_honoured_is_refused(string query, int status, string code, string? target)
    {
        var app = await azurite.SampleOfficeAsync();
        Assert.Equal(target, (string?)(await app.FeedAsync($"/odata/Cities?{query}")).IsError(status, code).Json["error"]!["target"]);
    }

    [Theory]
    [InlineData("/odata/Nothing", 404, "not_found")]
    [InlineData("/odata/cities", 404, "not_found")]
    [InlineData("/odata/Cities('NOWHERE')", 404, "not_found")]
    [InlineData("/odata/Cities('CNTAO')/NameEn", 501, "not_implemented")]
    [InlineData("/odata/$batch", 501, "not_implemented")]
    [InlineData("/odata/Cities?$select=Id&x=1", 400, "bad_parameter")]
    [InlineData("/odata?$top=1", 400, "bad_parameter")]
    [InlineData("/odata/$metadata?$top=1", 400, "bad_parameter")]
    [InlineData("/odata/Cities/$count?$top=1", 400, "bad_parameter")]
    [InlineData("/odata/Cities('CNTAO')?$filter=Id eq 'x'", 400, "bad_parameter")]
    public async Task No_address_takes_what_it_does_not_know(string path, int status, string code) =>
        (await (await azurite.SampleOfficeAsync()).FeedAsync(path)).IsError(status, code);

    [Fact]
    public async Task Select_shows_the_named_properties_alone_and_a_star_all()
    {
        var app = await azurite.SampleOfficeAsync();
        var reply = (await app.FeedAsync("/odata/Cities?$select=NameZh,Id&$top=1")).Is(200);
        Assert.Equal($"{app.Address}odata/$metadata#Cities(Id,NameZh)", (string?)reply.Json["@odata.context"]);
        Assert.Equal(["Id", "NameZh"], ((JObject)reply.Json["value"]![0]!).Properties().Select(property => property.Name));
        Assert.True(((JObject)(await app.RowsAsync("/odata/Cities?$select=*&$top=1"))[0]).Count > 10);
    }

    [Fact]
    public async Task Order_skip_and_top_cut_one_stable_sequence()
    {
        var app = await azurite.SampleOfficeAsync();
        var rows = await app.RowsAsync("/odata/Projects");
        var expected = rows.OrderByDescending(row => (string?)row["SectorId"], StringComparer.Ordinal)
            .ThenBy(row => (string?)row["StartDate"], StringComparer.Ordinal).ThenBy(row => (string?)row["Id"], StringComparer.Ordinal)
            .Select(row => (string)row["Id"]!).ToList();
        Assert.Equal(expected, await app.IdsAsync("/odata/Projects?$orderby=SectorId desc,StartDate"));
        Assert.Equal(expected[10..17], await app.IdsAsync("/odata/Projects?$orderby=SectorId desc,StartDate&$skip=10&$top=7"));
        Assert.Empty(await app.IdsAsync("/odata/Projects?$skip=1000"));
        Assert.Empty(await app.IdsAsync("/odata/Projects?$top=0"));
    }

    [Fact]
    public async Task A_count_is_of_all_that_match()
    {
        var app = await azurite.SampleOfficeAsync();
        var all = (await app.RowsAsync("/odata/Projects")).Count;
        Assert.Equal(all, (int)(await app.FeedAsync("/odata/Projects?$count=true&$top=0")).Json["@odata.count"]!);
        Assert.Equal(all, (int)(await app.FeedAsync("/odata/Projects?$count=true&$top=3&$skip=5")).Json["@odata.count"]!);
        Assert.Null((await app.FeedAsync("/odata/Projects?$count=false")).Json["@odata.count"]);
        var count = (await app.FeedAsync("/odata/Projects/$count")).Is(200);
        Assert.Equal(($"{all}", "text/plain"), (count.Text, count.Headers["Content-Type"]));
    }

    [Fact]
    public async Task A_row_is_found_by_its_key()
    {
        var app = await azurite.SampleOfficeAsync();
        var row = (await app.FeedAsync("/odata/Cities('CNTAO')")).Is(200).Json;
        Assert.Equal(($"{app.Address}odata/$metadata#Cities/$entity", "青岛"), ((string?)row["@odata.context"], (string?)row["NameZh"]));
        Assert.Equal(["@odata.context", "NameEn"], (await app.FeedAsync("/odata/Cities(Id='CNTAO')?$select=NameEn")).Is(200).Json.Properties()
            .Select(property => property.Name));
    }
}
