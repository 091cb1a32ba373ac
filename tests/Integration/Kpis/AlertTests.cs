using FriendCity.Kpis.Alerts;
using FriendCity.Kpis.Model;
using FriendCity.Operations;
using FriendCity.Records;
using FriendCity.Registry;
using FriendCity.Snapshots;
using FriendCity.Snapshots.Publishing;
using FriendCity.Storage.Blobs;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Integration.Kpis;

public sealed class AlertTests(Azurite azurite)
{
    private static readonly DateOnly Day = new(2022, 1, 1);

    [Fact]
    public void A_city_is_dormant_since_a_year_after_its_last_activity_and_critically_after_two()
    {
        var rows = Rows.TwoCountries().Tie("R1", "A1", stages: "FRIEND_CITY 2010-01-01").Tie("R2", "B1", stages: "FRIEND_CITY 2011-01-01")
            .Add("activities", "X", "{'type':'FORUM','titleEn':'x','titleZh':'x','date':'2020-06-01','cityIds':['A1'],'countryIds':['AA']}");
        var alerts = Alerts(rows, "dormant_city");
        Assert.Equal([(Severity.Critical, new DateOnly(2011, 1, 1), "R2"), (Severity.Warning, new DateOnly(2021, 6, 2), "R1")], alerts.Select(Told));
        Assert.Equal("A one has been silent since its last activity on 2020-06-01.", alerts[1].Message.En);
        Assert.Equal("乙一尚无任何活动记录。", alerts[0].Message.Zh);
        Assert.Single(Alerts(rows, "dormant_city", new DateOnly(2021, 6, 1)));
        Assert.Equal(2, Alerts(rows, "dormant_city", new DateOnly(2021, 6, 2)).Count);
    }

    [Fact]
    public async Task A_snapshot_that_failed_is_an_alert_until_one_is_published()
    {
        await using var app = await azurite.OfficeAsync(sample: true,
            builder => builder.Services.AddSingleton(SnapshotOptions.Default with { Settle = TimeSpan.Zero }));
        Assert.Empty((await app.GetAsync("/api/v1/alerts?codes=snapshot_failed"))["value"]!);
        await app.Services.GetRequiredService<SnapshotStore>().PrepareAsync(TestContext.Current.CancellationToken);
        await app.Services.GetRequiredService<SnapshotFailures>().KeepAsync(
            "2026-11-21-x", new DateOnly(2026, 11, 21), TimeProvider.System.GetUtcNow(), "dim_city.csv was written and is not there.",
            TestContext.Current.CancellationToken);

        var alert = Assert.Single((await app.GetAsync("/api/v1/alerts"))["value"]!, each => (string?)each["code"] == "snapshot_failed");
        Assert.Equal("critical", (string?)alert["severity"]);
        Assert.Equal("The snapshot of 2026-11-21 failed and is not published; readers see the one before. dim_city.csv was written and is not there.",
            (string?)alert["messageEn"]);
        // Before that day it was not so.
        Assert.Empty((await app.GetAsync("/api/v1/alerts?codes=snapshot_failed&view=article"))["value"]!);

        Assert.Equal(202, (await app.SendAsync("POST", "/api/v1/snapshots")).Status);
        await app.Services.GetRequiredService<OperationRunner>().IdleAsync();
        Assert.Empty((await app.GetAsync("/api/v1/alerts?codes=snapshot_failed"))["value"]!);
    }

    [Fact]
    public async Task Evidence_that_somebody_spoilt_still_says_that_a_snapshot_failed()
    {
        await using var app = await azurite.OfficeAsync(sample: true);
        var store = app.Services.GetRequiredService<SnapshotStore>();
        await store.PrepareAsync(TestContext.Current.CancellationToken);
        await store.WriteOnceAsync("failures/2026-11-21-x.json", "application/json", "{\"at\":"u8.ToArray(), TestContext.Current.CancellationToken);
        var alert = Assert.Single((await app.GetAsync("/api/v1/alerts?codes=snapshot_failed&asOf=2100-01-01"))["value"]!);
        Assert.Equal(
            "The snapshot of 2026-11-21 failed and is not published; readers see the one before. What was wrong cannot be read: "
                + "failures/2026-11-21-x.json is damaged.",
            (string?)alert["messageEn"]);
    }

    [Theory, InlineData(null), InlineData(""), InlineData("{"), InlineData("[]"), InlineData("null")]
    public async Task A_list_of_snapshots_that_somebody_spoilt_is_an_alert_and_forgets_none(string? spoilt)
    {
        await using var app = await azurite.OfficeAsync(sample: true, TestApp.Hasty);
        string[] days = [await app.PublishAsync(new(2026, 11, 20)), await app.PublishAsync(new(2026, 11, 21))];
        var (store, token) = (app.Services.GetRequiredService<SnapshotStore>(), TestContext.Current.CancellationToken);
        if (spoilt is null)
            Assert.True(await store.DeleteAsync(store.Current.Path, token));
        else
            await app.Services.GetRequiredService<IBlobStorage>()
                .PutAsync(store.Current, new MemoryStream(System.Text.Encoding.UTF8.GetBytes(spoilt)), "application/json", BlobCondition.Always,
                token);

        var alert = Assert.Single((await app.GetAsync("/api/v1/alerts?codes=snapshot_pointer"))["value"]!);
        Assert.Equal(("critical", "Snapshot list put right"), ((string?)alert["severity"], (string?)alert["titleEn"]));
        Assert.Equal(days.Reverse(), (await app.GetAsync("/api/v1/snapshots"))["value"]!.Select(each => (string)each["id"]!));
        Assert.Equal(202, (await app.SendAsync("POST", "/api/v1/snapshots")).Status);
        await app.Services.GetRequiredService<OperationRunner>().IdleAsync();
        Assert.Equal(3, (await app.GetAsync("/api/v1/snapshots"))["value"]!.Count());
        Assert.Single((await app.GetAsync("/api/v1/alerts?codes=snapshot_pointer,snapshot_damaged"))["value"]!);
    }

    [Fact]
    [Trait("Set", "slow")]
    public async Task Who_takes_what_memory_holds_is_told_that_failures_are_not_known_while_storage_is_silent()
    {
        await using var own = await AzuriteProcess.StartAsync();
        await using var app = await TestApp.OpenAsync(own.ConnectionString, sample: true, TestApp.Impatient);
        await app.GetAsync("/api/v1/alerts");
        await own.FreezeAsync();
        var answer = await app.SendAsync("GET", "/api/v1/alerts?codes=snapshot_failed", headers: ("Prefer", "stale-ok"));
        Assert.Equal(200, answer.Status);
        var alert = Assert.Single(answer.Body!["value"]!);
        Assert.Equal(("snapshots_unknown", "warning"), ((string?)alert["code"], (string?)alert["severity"]));
        Assert.Equal(("Storage does not answer: whether a snapshot failed is not known now.", "存储暂无响应，目前无法得知是否有快照失败。"),
            ((string?)alert["messageEn"], (string?)alert["messageZh"]));
        Assert.Equal(503, (await app.SendAsync("GET", "/api/v1/alerts")).Status);
        await own.ThawAsync();
    }

    [Fact]
    public void An_intention_is_stale_from_the_day_after_365_days()
    {
        var rows = Rows.TwoCountries().Tie("R1", "A1", stages: "INTENTION 2020-12-30");
        Assert.Empty(Alerts(rows, "stale_intention", new DateOnly(2021, 12, 30)));
        Assert.Equal(new DateOnly(2021, 12, 31), Assert.Single(Alerts(rows, "stale_intention", new DateOnly(2021, 12, 31))).Since);
    }

    [Fact]
    public void A_country_without_a_city_and_a_hub_without_a_tie_are_told()
    {
        var rows = Rows.TwoCountries().Tie("R1", "A1", stages: "INTENTION 2021-12-01")
            .Add("networks", "LAND",
                "{'nameEn':'Land','nameZh':'陆上','nodes':[{'cityId':'A1','sequence':1},{'cityId':'B1','sequence':2,'since':'2021-01-01'}]}");
        Assert.Equal("B-land is in scope and has no city of the circle.", Assert.Single(Alerts(rows, "coverage_gap")).Message.En);
        var hub = Assert.Single(Alerts(rows, "hub_without_tie"));
        Assert.Equal((new DateOnly(2021, 1, 1), "陆上节点乙一尚无友好渠道。", "B1", "LAND"),
            (hub.Since, hub.Message.Zh, hub.Rows[0].Record.Id, hub.Rows[1].Record.Id));
    }

    [Fact]
    public void A_stalled_project_and_a_silent_one_are_told_apart()
    {
        static string Project(string status, string date) =>
            $"{{'nameEn':'p','nameZh':'项','countryId':'AA','sectorId':'TRADE','status':'{status}','statusEvents':[{{'status':'SIGNED','date':'2020-01-01'}},{{'status':'{status}','date':'{date}'}}]}}";
        var rows = Rows.TwoCountries().Add("projects", "P1", Project("STALLED", "2021-11-01"))
            .Add("projects", "P2", Project("IN_PROGRESS", "2021-02-01")).Add("projects", "P3", Project("IN_PROGRESS", "2021-12-01"));
        Assert.Equal([(Severity.Critical, new DateOnly(2021, 11, 1), "P1"), (Severity.Warning, new DateOnly(2021, 8, 1), "P2")],
            Alerts(rows, "stalled_project").Select(Told));
    }

    [Fact]
    public void A_centre_needs_starts_and_new_projects()
    {
        static string Project(string centre, string signed, string? started) =>
            $"{{'nameEn':'p','nameZh':'项','countryId':'AA','sectorId':'TRADE','centreId':'{centre}','status':'SIGNED','agreementDate':'{signed}'{(started is null ? "" : $",'startDate':'{started}'")}}}";
        var rows = Rows.TwoCountries()
            .Add("centres", "GOOD", "{'nameEn':'Good','nameZh':'好'}").Add("centres", "SLOW", "{'nameEn':'Slow','nameZh':'慢'}")
                .Add("centres", "NONE", "{'nameEn':'None','nameZh':'无'}")
            .Add("projects", "P1", Project("GOOD", "2021-06-01", "2021-07-01")).Add("projects", "P2", Project("SLOW", "2021-06-01", "2021-07-01"))
            .Add("projects", "P3", Project("SLOW", "2021-06-01", null)).Add("projects", "P4", Project("SLOW", "2021-06-01", null));
        var alerts = Alerts(rows, "centre_without_starts");
        Assert.Equal(["NONE", "SLOW"], alerts.Select(alert => alert.Rows[0].Record.Id).Order(StringComparer.Ordinal));
        Assert.Equal(["SLOW", "P3", "P4"], alerts.Single(alert => alert.Rows[0].Record.Id == "SLOW").Rows.Select(row => row.Record.Id));
    }

    [Fact]
    public void A_brand_behind_its_yearly_target_is_told_with_its_numbers()
    {
        var rows = Rows.TwoCountries().Add("mechanisms", "M", "{'nameEn':'Brand','nameZh':'品牌','targetPerYear':2}")
            .Add("mechanisms", "FREE", "{'nameEn':'Free','nameZh':'无目标'}")
            .Add("activities", "X",
                "{'type':'FORUM','titleEn':'x','titleZh':'x','date':'2021-06-01','mechanismId':'M','cityIds':['A1'],'countryIds':['AA']}");
        var alert = Assert.Single(Alerts(rows, "mechanism_behind_target"));
        Assert.Equal(("Brand: events held in 12 months 1, planned 2.", new DateOnly(2021, 6, 1)), (alert.Message.En, alert.Since));
    }

    [Fact]
    public void An_agreement_is_overdue_due_soon_or_without_any_day()
    {
        var rows = Rows.TwoCountries().Tie("R1", "A1", stages: "FRIEND_CITY 2010-01-01");
        foreach (var (id, end) in new[] { ("OVER", "'endsOn':'2021-12-01'"), ("SOON", "'reviewOn':'2022-03-01'"), ("LATER", "'endsOn':'2030-01-01'"),
            ("OPEN", "'note':'n'") })
            rows.Add("agreements", id,
                $"{{'titleEn':'{id}','titleZh':'{id}','documentType':'agreement','relationshipId':'R1','signedOn':'2015-01-01',{end}}}");
        Assert.Equal(
            [(Severity.Critical, new DateOnly(2021, 12, 2), "OVER"), (Severity.Warning, new DateOnly(2021, 9, 2), "SOON"),
                (Severity.Info, new DateOnly(2015, 1, 1), "OPEN")],
            Alerts(rows, "agreement_due").Select(Told));
    }

    [Fact]
    public void A_published_count_that_the_registry_does_not_reach_is_told()
    {
        var rows = Rows.TwoCountries().Tie("R1", "A1", stages: "FRIEND_CITY 2010-01-01")
            .Add("reported-figures", "F", "{'indicator':'FORMAL_CITIES','date':'2021-06-01','value':3,'unit':'cities'}");
        Assert.Equal("Number of cities published on 2021-06-01: 3; the registry counts 1.", Assert.Single(Alerts(rows, "reported_differs")).Message.En);
    }

    [Fact]
    public void A_reference_to_nothing_is_told_with_its_place()
    {
        var alert = Assert.Single(Alerts(Rows.TwoCountries().Tie("R1", "GONE", stages: "FRIEND_CITY 2010-01-01"), "dangling_reference"));
        Assert.Equal(("relationships/R1 refers to cities/GONE, which does not exist.", "cityId"), (alert.Message.En, alert.Rows[0].Fields[0]));
    }

    [Fact]
    public void Rows_of_poor_quality_are_named()
    {
        var rows = Rows.TwoCountries().Tie("R1", "A1", stages: "INTENTION 2021-12-01 illustrative")
            .Add("projects", "P1", "{'nameEn':'p','nameZh':'项','countryId':'AA','sectorId':'TRADE','status':'SIGNED','agreementDate':'2021-01-01'}");
        var alerts = Alerts(rows, "data_quality_gap");
        Assert.Contains(alerts, alert => alert.Message.En == "Relationships that rest on illustrative facts: 1 of 1."
            && alert.Rows.Single().Record.Id == "R1");
        Assert.Contains(alerts, alert => alert.Message.Zh == "项目 1 条中有 1 条缺少金额。" && alert.Rows.Single().Record.Id == "P1");
    }

    [Fact]
    public async Task Every_alert_has_its_code_sentence_in_both_languages_and_a_record_to_look_at()
    {
        var app = await azurite.SampleOfficeAsync();
        var answer = await app.GetAsync("/api/v1/alerts?view=article");
        var alerts = answer["value"]!;
        Assert.Equal(5, alerts.Count(alert => (string?)alert["code"] == "dormant_city"));
        Assert.Equal(4, alerts.Count(alert => (string?)alert["code"] == "stale_intention"));
        Assert.Equal(7, alerts.Count(alert => (string?)alert["code"] == "coverage_gap"));
        Assert.Equal(alerts.Count(), answer["counts"]!.Sum(count => (int)count.First!));
        foreach (var alert in alerts)
        {
            Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", (string)alert["messageZh"]!);
            Assert.DoesNotMatch(@"\p{IsCJKUnifiedIdeographs}", (string)alert["messageEn"]!);
            Assert.NotEmpty(alert["records"]!);
        }

        await app.GetAsync((string)alerts[0]!["records"]![0]!["href"]!);
    }

    [Fact]
    public async Task Alerts_are_chosen_by_severity_and_code()
    {
        var app = await azurite.SampleOfficeAsync();
        var all = (await app.GetAsync("/api/v1/alerts?view=article"))["value"]!;
        Assert.Equal(all.Where(alert => (string?)alert["severity"] != "info"),
            (await app.GetAsync("/api/v1/alerts?view=article&severity=critical,warning"))["value"]!, Newtonsoft.Json.Linq.JToken.EqualityComparer);
        Assert.Equal(4, (await app.GetAsync("/api/v1/alerts?view=article&codes=stale_intention"))["value"]!.Count());
        Assert.Equal("bad_parameter", (await app.SendAsync("GET", "/api/v1/alerts?severity=loud")).Code);
        Assert.Equal("bad_parameter", (await app.SendAsync("GET", "/api/v1/alerts?codes=stale_intention,nothing")).Code);
    }

    private static (Severity, DateOnly?, string) Told(Alert alert) => (alert.Severity, alert.Since, alert.Rows[0].Record.Id);

    private static List<Alert> Alerts(Rows rows, string code, DateOnly? day = null)
    {
        var registry = rows.Registry;
        var context = new KpiContext(registry, day ?? Day, registry.Of(Scope.Type).Get("S")!, Provenance.AllScenarios, new DateOnly(2018, 6, 9));
        return [.. AlertRules.Find(context, AlertRules.All.Where(rule => rule.Code == code)).Select(each => each.Alert)];
    }
}
