using FriendCity.Kpis.Alerts;
using FriendCity.Kpis.Definitions;
using FriendCity.Kpis.Model;
using FriendCity.Messages;
using FriendCity.Records;
using FriendCity.Records.Persistence;
using FriendCity.Records.Schemas;
using FriendCity.Registry;
using FriendCity.Reports;
using FriendCity.Serialization;
using FriendCity.Tests.Integration.Http;
using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;
using Record = FriendCity.Records.Record;

namespace FriendCity.Tests.Integration.Kpis;

/// <summary>The calendar's first and last days: no date that a record holds or a question names breaks an answer.</summary>
public sealed class CalendarEndTests(Azurite azurite)
{
    private static readonly DateOnly[] Days = [DateOnly.MinValue, new(1, 6, 15), new(2024, 3, 25), new(9999, 6, 15), DateOnly.MaxValue];

    public static TheoryData<string, string> Addresses()
    {
        var data = new TheoryData<string, string>();
        foreach (var day in new[] { "0001-01-01", "0001-06-15", "9999-12-31" })
            foreach (var address in new[]
            {
                "kpis?asOf={0}", "kpis?view=article&baseline={0}", "kpis?asOf={0}&window=120", "kpis?asOf={0}&scope=family",
                    "kpis/K13/series?to={0}&from={0}", "kpis/K12/series?to={0}",
                "kpis/K39/series?to={0}&step=year", "kpis/K13/rows?asOf={0}", "kpis/compare?from={0}&to=2024-03-25",
                    "kpis/compare?from=2018-06-09&to={0}", "alerts?asOf={0}",
                "alerts?asOf={0}&window=120", "anniversaries?from={0}", "anniversaries?asOf={0}", "reports/briefing?asOf={0}&format=md",
                    "reports/briefing?baseline={0}&format=json",
            })
                data.Add(day, address);
        return data;
    }

    /// <summary>Date fields of every type that the sample fills, by the place without positions.</summary>
    public static TheoryData<string, string> Dated { get; } = [.. Rows()
        .SelectMany(row => Dates(row.Json).Select(date => (row.Type, Place(date)))).Distinct()];

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task A_question_at_the_calendars_end_is_answered(string day, string address)
    {
        using var answer = await (await azurite.SampleOfficeAsync()).Client.GetAsync(
            new Uri("/api/v1/" + address.Replace("{0}", day, StringComparison.Ordinal), UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode,
            $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
    }

    [Theory]
    [InlineData("POST", "/api/v1/snapshots?date=0001-06-01", "date:")]
    [InlineData("POST", "/api/v1/snapshots?date=1899-12-31", "date:")]
    [InlineData("POST", "/api/v1/snapshots?date=9999-12-31", "date:")]
    [InlineData("POST", "/api/v1/snapshots?from=1899-12-31&to=1900-01-31", "from:")]
    [InlineData("GET", "/api/v1/anniversaries?from=9999-12-31&to=0001-01-01", "to:")]
    public async Task One_that_makes_no_sense_is_refused_by_name(string method, string address, string detail)
    {
        var answer = await (await azurite.SampleOfficeAsync()).SendAsync(method, address);
        Assert.Equal((400, "bad_parameter"), (answer.Status, answer.Code));
        Assert.StartsWith(detail, (string?)answer.Body!["detail"], StringComparison.Ordinal);
    }

    /// <summary>Rows that were stored before there was a rule: each date field of each type in turn stands at an end of the calendar.</summary>
    [Theory]
    [MemberData(nameof(Dated))]
    public async Task No_date_of_a_record_breaks_a_figure_an_alert_a_series_a_comparison_or_the_briefing(string type, string place)
    {
        var sample = await SampleRegistry.LoadAsync();
        foreach (var end in new[] { "0001-01-01", "9999-12-31" })
        {
            var rows = new List<Record>();
            foreach (var (_, json) in Rows().Where(row => row.Type == type))
            {
                foreach (var date in Dates(json).Where(date => Place(date) == place))
                    date.Value = end;
                if (json["termYears"] is not null)
                    json["termYears"] = 100;
                rows.Add(Read(type, json));
            }

            var registry = sample.With(new Dictionary<string, List<Record>> { [type] = rows }, sample.AsOf);
            foreach (var day in Days)
            {
                var context = new KpiContext(registry, day, KpiScopes.Find(registry, "SCO_LIVE")!, Provenance.AllScenarios, new DateOnly(2018, 6, 9));
                Assert.All(KpiCatalogue.Values(context), value => Assert.True(value.Figure.Value is not { } number || double.IsFinite(number)));
                Assert.All(KpiChange.Between(KpiCatalogue.All, context, context.On(Days[2])),
                    move => Assert.True(move.Accounted is not { } sum || double.IsFinite(sum)));
                AlertRules.Find(context, AlertRules.All);
                Anniversary.Between(context, day, day);
                Assert.NotEmpty(BriefingText.Write(context).Sections);
            }

            if (rows.Exists(row => RegistryTypes.All.Find(type)!.Implausible(row).Any()))
                Assert.NotEmpty(DataAlerts.Implausible.Find(
                    new KpiContext(registry, Days[2], KpiScopes.Find(registry, "SCO_LIVE")!, Provenance.AllScenarios, Days[2])));
        }
    }

    [Fact]
    public void An_agreement_whose_term_leads_beyond_the_calendar_has_an_alert_of_its_own_and_breaks_none()
    {
        var registry = Support.Rows.TwoCountries().Tie("R1", "A1", stages: "FRIEND_CITY 2010-01-01")
            .Add("agreements", "TERM",
                "{'titleEn':'t','titleZh':'t','documentType':'d','relationshipId':'R1','signedOn':'9950-01-01','termYears':100}")
            .Add("agreements", "OPEN",
                "{'titleEn':'t','titleZh':'t','documentType':'d','relationshipId':'R1','signedOn':'2015-01-01','endsOn':'9999-12-31'}").Registry;
        foreach (var day in Days)
        {
            var alerts = AlertRules.Find(new KpiContext(registry, day, registry.Of(Scope.Type).Get("S")!, Provenance.AllScenarios, day),
                AlertRules.All)
                .Where(each => each.Rule.Code == "implausible_date").ToList();
            Assert.Equal(["OPEN endsOn", "TERM signedOn termYears"], alerts
                .Select(each => $"{each.Alert.Rows[0].Record.Id} {string.Join(' ', each.Alert.Rows[0].Fields)}"));
            Assert.Equal("agreements/OPEN has dates outside 1900 to 2200: endsOn 9999-12-31. An open end is left empty.", alerts[0].Alert.Message.En);
            Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", alerts[0].Alert.Message.Zh);
        }
    }

    /// <summary>
    /// Over HTTP: refused when new; kept, and an alert, where it was stored before the rule, which no other change of the record trips over.
    /// </summary>
    [Fact]
    public async Task A_new_date_is_refused_and_a_stored_one_stays_until_it_is_changed()
    {
        await using var app = await azurite.OfficeAsync(sample: true);
        const string Path = "/api/v1/agreements/AG-S01";
        Assert.Equal(["/endsOn implausible_date"],
            (await app.CallAsync("PATCH", Path, new JObject { ["endsOn"] = "9999-12-31" }, "\"1\"", ApiClient.MergePatch))
                .IsProblem(422, "invalid").Faults.Split("; "));

        var old = (Agreement)(await SampleRegistry.LoadAsync()).Of("agreements").Find("AG-S01")!;
        var columns = Agreement.Type.ToColumns(old);
        columns["EndsOn"] = "9999-12-31";
        // The store checks nothing: this is a row as an earlier version of the service wrote it.
        await app.Services.GetRequiredService<RecordStore>().WriteAsync(Agreement.Type, "AG-S01", "earlier",
            _ => new WritePlan.Store(Agreement.Type.FromColumns(columns)), TestContext.Current.CancellationToken);
        Assert.Equal("9999-12-31", (string?)(await app.GetAsync(Path))["endsOn"]);
        Assert.Equal("AG-S01", (string?)Assert.Single(
            (await app.GetAsync("/api/v1/alerts?codes=implausible_date"))["value"]!)["records"]![0]!["id"]);
        (await app.CallAsync("PATCH", Path, new JObject { ["note"] = "n" }, "\"2\"", ApiClient.MergePatch)).Is(200);
        Assert.Equal("/endsOn implausible_date", (
            await app.CallAsync("PATCH", Path, new JObject { ["endsOn"] = "9999-12-30" }, "\"3\"", ApiClient.MergePatch))
            .IsProblem(422, "invalid").Faults);
        (await app.CallAsync("PATCH", Path, new JObject { ["endsOn"] = null }, "\"3\"", ApiClient.MergePatch)).Is(200);
        Assert.Empty((await app.GetAsync("/api/v1/alerts?codes=implausible_date"))["value"]!);
    }

    [Fact]
    public async Task A_stage_in_the_future_is_taken_and_is_an_alert()
    {
        await using var app = await azurite.OfficeAsync(sample: true);
        Assert.Empty((await app.GetAsync("/api/v1/alerts?codes=stage_in_future"))["value"]!);
        (await app.CallAsync("POST", "/api/v1/relationships", new JObject
        {
            ["id"] = "R-LATER",
            ["homeCityId"] = "CNTAO",
            ["homeEntityLevel"] = "city",
            ["cityId"] = "IRBND",
            ["stages"] = new JArray(new JObject { ["stage"] = "INTENTION", ["date"] = "2190-01-01" }),
        })).Is(201);
        var alert = Assert.Single((await app.GetAsync("/api/v1/alerts?codes=stage_in_future"))["value"]!);
        Assert.Equal(("info", "R-LATER", "2190-01-01"),
            ((string?)alert["severity"], (string?)alert["records"]![0]!["id"], (string?)alert["records"]![0]!["fields"]!["stages/0/date"]));
        // The article asks for other evidence.
        Assert.Empty((await app.GetAsync("/api/v1/alerts?codes=stage_in_future&view=article"))["value"]!);
    }

    private static IEnumerable<(string Type, JObject Json)> Rows() =>
        from path in Directory.EnumerateFiles(Sample.Folder, "*.json").Order(StringComparer.Ordinal)
        from json in ((JArray)Json.Parse(File.ReadAllText(path))).Cast<JObject>()
        select (Path.GetFileNameWithoutExtension(path), json);

    private static IEnumerable<JValue> Dates(JObject json) =>
        json.Descendants().OfType<JValue>().Where(value => value.Type == JTokenType.String && DateFieldType.TryParse((string?)value, out _));

    private static string Place(JToken date) =>
        string.Join('/', date.Path.Split('.', '[').Where(part => part.Length > 0 && !char.IsAsciiDigit(part[0])));

    private static Record Read(string type, JObject json)
    {
        var (id, validation) = ((string)json["id"]!, new ValidationContext());
        json.Remove("id");
        var record = RegistryTypes.All.Find(type)!.Read(json, validation);
        Assert.Empty(validation.Violations);
        (record.Id, record.Version) = (id, 2);
        return record;
    }
}
