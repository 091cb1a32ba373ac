using System.Globalization;
using FriendCity.Tests.Support;
using Microsoft.VisualBasic.FileIO;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Integration.Kpis;

/// <summary>The article's figures and those derived from them, each asked of the running service over its sample.</summary>
public sealed class ExpectedMetricsTests(Azurite azurite)
{
    private const string Article = "view=article";

    public static TheoryData<string, string, string, string> Expectations()
    {
        using var csv = new TextFieldParser(Path.Combine(AppContext.BaseDirectory, "Kpis", "expected_metrics.csv"));
        csv.SetDelimiters(",");
        var data = new TheoryData<string, string, string, string>();
        for (csv.ReadFields(); csv.ReadFields() is [var metric, var text, _, _, var asOf, var value];)
            data.Add(metric, text, asOf, value);
        return data;
    }

    [Theory]
    [MemberData(nameof(Expectations))]
    public async Task A_figure_of_the_article_is_reproduced(string metric, string text, string asOf, string expected)
    {
        var office = new Asked(await azurite.SampleOfficeAsync(), asOf);
        var actual = await AnswerAsync(office, metric, text);
        if (decimal.TryParse(expected, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            Assert.InRange(decimal.Parse(actual, NumberStyles.Float, CultureInfo.InvariantCulture), number - HalfTheLastDigit(expected),
                number + HalfTheLastDigit(expected));
        else
            Assert.Equal(expected, actual);
    }

    /// <summary>Expectations are printed rounded: 58.8 stands for anything from 58.75 to 58.85, up to the last bit of a double.</summary>
    private static decimal HalfTheLastDigit(string printed) =>
        0.000_000_001m + (0.5m * (decimal)Math.Pow(10, printed.IndexOf('.', StringComparison.Ordinal) is >= 0 and var point
            ? point - printed.Length + 1 : 0));

    private static Task<string> AnswerAsync(Asked ask, string metric, string text) => metric switch
    {
        "M01" => ask.PartAsync("K06", "broad", "denominator"),
        "M02" => ask.PartAsync("K06", "formal", "numerator"),
        "M03" => ask.PartAsync("K07", "INTENTION", "value"),
        "M04" => ask.PercentAsync("K06", "broad"),
        "M05" => ask.PartAsync("K03"),
        "M06" => ask.PartAsync("K04"),
        "M07" => ask.PartAsync("K05", "broad", "denominator"),
        "M08" => ask.PartAsync("K11"),
        "M09" => ask.ItemsAsync("K11"),
        "M10" => ask.PartAsync("K15", "count"),
        "M11" => ask.IsDozensAsync("K16", "count"),
        "M12" => ask.SectorsAmongSignedAsync("TRADE", "EDU", "CULTURE", "SPORT", "TOURISM", "PARK"),
        "M13" => ask.PartAsync("K35"),
        "M14" => ask.PartAsync("K36"),
        "M15" => ask.ActivitiesAsync("MEDICAL_DIALOGUE", "KGFRU"),
        "M16" => ask.ActivitiesAsync("INSPECTION", "CNJZH"),
        "M17" => ask.PartAsync("K20", "MARITIME", "denominator"),
        "M18" => ask.PartAsync("K20", "LAND", "denominator"),
        "M19" => ask.PlatformsAsync(),
        "M20" => Task.FromResult(PlaceholderRegistry.Cities()),
        "M21" => Task.FromResult(PlaceholderRegistry.Countries()),
        "M22" => ask.PartAsync("K06", "formal", "rows"),
        "M23" => ask.PartAsync("K05", "formal", "numerator"),
        "M24" => ask.PercentAsync("K05", "broad"),
        "M25" => ask.PercentAsync("K05", "formal"),
        "M26" or "M27" or "M28" => ask.PairAsync("K03", "K04"),
        "M29" or "M30" or "M31" or "M32" or "M33" => ask.StatusesAsync(),
        "M34" => ask.LiveScopeIsTheSeventeenAsync(),
        "M35" => ask.LiveScopeSizeAsync(),
        "K07" => ask.FunnelAsync(),
        "K20" or "K21" => ask.FractionAsync(metric, text.Split(' ')[0]),
        "K22" => ask.ItemsAsync("K22", text.Split(' ')[0]),
        "K08" or "K27" or "K33" => ask.FractionAsync(metric, null),
        "K09" or "K12" or "K17" => ask.PartAsync(metric),
        "K18" => ask.PartAsync("K18", part: "numerator"),
        "K10" => ask.PartAsync("K10"),
        "K13" => ask.CountAndItemsAsync("K13"),
        "K15" => ask.PartAsync("K15", "value"),
        "K16" => ask.PartAsync("K16", "value"),
        "K24" => ask.SignedAndStartedAsync(text.Split(' ')[2].TrimEnd(':')),
        "K25" => ask.MeasureAsync("K25", text.Split(' ')[0], "regularity", "numerator"),
        "K32" => ask.ScoreAsync(text),
        _ => throw new InvalidOperationException($"Nothing answers {metric} {text}."),
    };

    /// <summary>Questions to the service as of one day.</summary>
    private sealed class Asked(TestApp app, string asOf)
    {
        private readonly string _view = $"{Article}&asOf={asOf}";

        public async Task<string> PartAsync(string kpi, string? dimension = null, string part = "value") =>
            Text((await ValueAsync(kpi, dimension))[part]);

        public async Task<string> PercentAsync(string kpi, string dimension) =>
            (100 * (double)(await ValueAsync(kpi, dimension))["value"]!).ToString(CultureInfo.InvariantCulture);

        public async Task<string> ItemsAsync(string kpi, string? dimension = null) => string.Join(' ', (await ValueAsync(kpi, dimension))["items"]!);

        public async Task<string> FractionAsync(string kpi, string? dimension) =>
            $"{await PartAsync(kpi, dimension, "numerator")}/{await PartAsync(kpi, dimension, "denominator")}";

        public async Task<string> PlatformsAsync() =>
            Text((await app.GetAsync("/api/v1/platforms?$top=1000"))["value"]!.Count(
                platform => (string?)platform["embeddingCalledFor"] == "True"));

        public async Task<string> CountAndItemsAsync(string kpi) => $"{await PartAsync(kpi)}: {await ItemsAsync(kpi)}";

        public async Task<string> IsDozensAsync(string kpi, string dimension) =>
            (int)(await ValueAsync(kpi, dimension))["value"]! is >= 20 and <= 99 ? "True" : "False";

        public async Task<string> PairAsync(string first, string second)
        {
            var values = await ValuesAsync($"{_view}&scenarios=ARTICLE,PUBLIC_UPDATE");
            return $"{Text(Pick(values, first, null)["value"])}/{Text(Pick(values, second, null)["value"])}";
        }

        public async Task<string> SignedAndStartedAsync(string centre) =>
            $"{await MeasureAsync("K24", centre, "signed")}/{await MeasureAsync("K24", centre, "started")}";

        /// <summary>The score, once its five parts are what the text prints as <c>[0.92, 1.0, …]</c>.</summary>
        public async Task<string> ScoreAsync(string text)
        {
            var city = text.Split(' ')[0];
            var printed = text[(text.IndexOf('[', StringComparison.Ordinal) + 1)..].TrimEnd(']').Split(", ")
                .Select(part => double.Parse(part, CultureInfo.InvariantCulture));
            var parts = await Task.WhenAll(new[] { "industry", "culture", "logistics", "trackRecord", "platforms" }.Select(
                part => MeasureAsync("K32", city, part)));
            Assert.All(printed.Zip(parts), part => Assert.Equal(part.First, double.Parse(part.Second, CultureInfo.InvariantCulture), 0.0005));
            return await MeasureAsync("K32", city, "score");
        }

        public async Task<string> MeasureAsync(string kpi, string dimension, string measure, string part = "value") =>
            Text(Assert.Single(await ValuesAsync(_view), value =>
            (string?)value["kpi"] == kpi && (string?)value["dimensions"]!["measure"] == measure && ((JObject)value["dimensions"]!).Properties()
                .Any(each => (string?)each.Value == dimension))[part]);

        public async Task<string> FunnelAsync()
        {
            var values = await ValuesAsync(_view);
            return string.Join('/', new[] { "INTENTION", "FRIENDLY_COOPERATION", "FRIEND_CITY" }.Select(
                stage => Text(Pick(values, "K07", stage)["value"])));
        }

        public async Task<string> SectorsAmongSignedAsync(params string[] sectors)
        {
            var projects = (JArray)(await app.GetAsync("/api/v1/projects?$top=1000"))["value"]!;
            var signed = projects.Where(project => (string?)project["countsInArticle"] == "True").Select(project => (string)project["sectorId"]!)
                .ToHashSet();
            return sectors.All(signed.Contains) ? "True" : "False";
        }

        public async Task<string> ActivitiesAsync(string type, string city)
        {
            var activities = (JArray)(await app.GetAsync("/api/v1/activities?$top=1000"))["value"]!;
            return Text(activities.Count(activity => (string?)activity["type"] == type && activity["cityIds"]!.Any(id => (string?)id == city)));
        }

        public async Task<string> StatusesAsync()
        {
            var statuses = (await CountriesAsync()).Select(country => country.Status).OfType<string>().GroupBy(status => status)
                .Select(group => $"{group.Key}:{group.Count()}").ToHashSet();
            // The expectation's own order.
            return string.Join(' ', new[] { "dialogue_partner", "member", "observer", "sco_partner" }.SelectMany(
                status => statuses.Where(each => each.StartsWith(status + ":", StringComparison.Ordinal))));
        }

        public async Task<string> LiveScopeIsTheSeventeenAsync()
        {
            var frozen = (await app.GetAsync("/api/v1/scopes/SCO17_ARTICLE"))["countryIds"]!.Select(id => (string)id!).ToHashSet();
            var live = (await CountriesAsync()).Where(country => country.Status is not null && country.Id != "CN").Select(country => country.Id);
            return frozen.SetEquals(live) && await LiveScopeSizeAsync() == "17" ? "True" : "False";
        }

        public async Task<string> LiveScopeSizeAsync() => Text(Pick(await ValuesAsync($"{_view}&scope=SCO_LIVE"), "K05", "broad")["denominator"]);

        private async Task<List<(string Id, string? Status)>> CountriesAsync() =>
        [
            .. (await app.GetAsync("/api/v1/countries?$top=1000"))["value"]!.Select(
                country => ((string)country["id"]!, (string?)country["scoStatus"]!
                .FirstOrDefault(status => string.CompareOrdinal((string)status["validFrom"]!, asOf) <= 0
                    && ((string?)status["validToExclusive"] is not { } end || string.CompareOrdinal(asOf, end) < 0))?["status"])),
        ];

        private async Task<JToken> ValueAsync(string kpi, string? dimension) => Pick(await ValuesAsync(_view), kpi, dimension);

        private async Task<JArray> ValuesAsync(string query) => (JArray)(await app.GetAsync($"/api/v1/kpis?{query}"))["values"]!;

        private static JToken Pick(JArray values, string kpi, string? dimension) => Assert.Single(values, value =>
            (string?)value["kpi"] == kpi && (dimension is null || ((JObject)value["dimensions"]!).Properties()
                .Any(each => (string?)each.Value == dimension)));

        private static string Text(JToken? token) => Convert.ToString(((JValue)token!).Value, CultureInfo.InvariantCulture)!;
    }
}
