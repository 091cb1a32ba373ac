using System.Globalization;
using FriendCity.Serialization;
using FriendCity.Tests.Integration.PowerBi.OData;
using FriendCity.Tests.Support;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Integration.Http;

/// <summary>Numbers are stored as they were sent, or refused (RFC 8259 §6; IEEE 754: 17 digits tell every double apart).</summary>
public sealed class NumberTests(DraftTestApp drafts) : IClassFixture<DraftTestApp>
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    private readonly TestApp _app = drafts.App;

    /// <summary>A literal and what an answer shows of it.</summary>
    [Theory]
    [InlineData("cities", "latitude", "1e-30", "1E-30")]
    [InlineData("cities", "latitude", "5e-324", "5E-324")]
    [InlineData("cities", "latitude", "-0.0", "0")] // equal numbers, and storage knows one of them
    [InlineData("cities", "latitude", "-0", "0")]
    [InlineData("cities", "latitude", "0.1", "0.1")]
    [InlineData("cities", "latitude", "0.10000000000000001", "0.1")] // %.17g of the same double
    [InlineData("cities", "latitude", "36.064880000000002", "36.06488")]
    [InlineData("cities", "latitude", "3606488e-5", "36.06488")]
    [InlineData("cities", "latitude", "0.1000000000000000055511151231257827021181583404541015625", "0.1")] // that double to its end
    [InlineData("cities", "latitude", "-89.99999999999999", "-89.99999999999999")]
    [InlineData("mechanisms", "maturity", "1.0", "1")] // JSON Schema 2020-12 validation §6.1.1
    [InlineData("mechanisms", "maturity", "0.2e1", "2")]
    [InlineData("mechanisms", "maturity", "-0", "0")]
    [InlineData("projects", "plannedValue", "1.50", "1.50")]
    [InlineData("projects", "plannedValue", "1e2", "100")]
    [InlineData("projects", "plannedValue", "999999999999.999999", "999999999999.999999")]
    [InlineData("projects", "plannedValue", "1.00000000000000000000", "1.000000")]
    [InlineData("projects", "plannedValue", "1.0000000000000000000000000000000000000000", "1.000000")]
    [InlineData("projects", "plannedValue", "0e99999999999", "0")]
    public async Task A_number_is_stored_as_it_was_sent(string type, string field, string literal, string shown)
    {
        var path = await CreateAsync(type);
        (await _app.CallAsync("PATCH", path, $$"""{"{{field}}":{{literal}}}""", "*", ApiClient.MergePatch)).Is(200);
        Assert.Equal(shown, $"{(await _app.GetAsync(path))[field]}");
        // Another change of the record goes through its JSON, and leaves the number alone.
        (await _app.CallAsync("PATCH", path, """{"note":"x"}""", "*", ApiClient.MergePatch)).Is(200);
        Assert.Equal(shown, $"{(await _app.GetAsync(path))[field]}");
    }

    [Theory]
    [InlineData("cities", "latitude", "36.06488000000000000000001", "out_of_range")]
    [InlineData("cities", "latitude", "0.100000000000000005", "out_of_range")]
    [InlineData("cities", "latitude", "0.12345678901234567", "out_of_range")] // the nearest double is …566
    [InlineData("cities", "latitude", "90.00000000000000000001", "out_of_range")]
    [InlineData("cities", "latitude", "1e-400", "out_of_range")]
    [InlineData("cities", "latitude", "1e400", "out_of_range")]
    [InlineData("cities", "latitude", "\"1.5\"", "wrong_type")]
    [InlineData("mechanisms", "maturity", "1.5", "wrong_type")]
    [InlineData("mechanisms", "maturity", "1.00000000000000000000000000000000000001", "wrong_type")]
    [InlineData("mechanisms", "maturity", "1e-400", "wrong_type")]
    [InlineData("mechanisms", "maturity", "1e400", "out_of_range")]
    [InlineData("mechanisms", "maturity", "18446744073709551617", "out_of_range")] // 2^64 + 1
    [InlineData("projects", "plannedValue", "1.0000001", "out_of_range")]
    [InlineData("projects", "plannedValue", "1.00000000000000000000000000000000000001", "out_of_range")]
    [InlineData("projects", "plannedValue", "999999999999.9999999999999999999999", "out_of_range")]
    [InlineData("projects", "plannedValue", "79228162514264337593543950336", "out_of_range")] // the first number that no decimal holds
    [InlineData("projects", "plannedValue", "-1e-30", "out_of_range")]
    [InlineData("projects", "nameEn", "1e5", "wrong_type")]
    [InlineData("projects", "agreementDate", "2.024", "wrong_type")]
    public async Task A_number_that_would_change_is_refused_with_its_place(string type, string field, string literal, string rule)
    {
        var path = await CreateAsync(type);
        Assert.Equal($"/{field} {rule}", (await _app.CallAsync("PATCH", path, $$"""{"{{field}}":{{literal}}}""", "*", ApiClient.MergePatch)).IsProblem(422, "invalid").Faults);
    }

    [Fact]
    public async Task An_id_is_text_and_no_number()
    {
        foreach (var id in new[] { "1e5", "1", "0.5" })
            Assert.Equal("/id bad_id", (await _app.CallAsync("POST", "/api/v1/centres", $$"""{"id":{{id}},"nameEn":"a","nameZh":"b"}""")).IsProblem(422, "invalid").Faults);
    }

    [Fact]
    public async Task A_refusal_repeats_no_megabyte_of_digits()
    {
        var refused = (await _app.CallAsync("PATCH", await CreateAsync("cities"), $$"""{"latitude":{{new string('9', 900_000)}}}""", "*", ApiClient.MergePatch)).IsProblem(422, "invalid");
        Assert.InRange(refused.Text.Length, 100, 2_000);
    }

    /// <summary>Six hundred doubles of chance, through every door: POST, GET, list, history, filter and feed.</summary>
    [Fact]
    public async Task Doubles_of_chance_come_back_the_same_from_everywhere()
    {
        var (random, prefix, sent) = (new Random(600), "d" + DraftTestApp.NewId(), new Dictionary<string, (double Latitude, double Longitude)>());
        for (var i = 0; i < 300; i++)
        {
            var (id, place) = ($"{prefix}{i:D3}", (Next(random, 90), Next(random, 180)));
            sent.Add(id, place);
            var body = Minimal("cities");
            (body["id"], body["latitude"], body["longitude"]) = (id, new JRaw(Text(place.Item1)), new JRaw(Text(place.Item2)));
            var stored = await _app.CallAsync("POST", "/api/v1/cities", body);
            Assert.True(stored.Status == 201, stored.Text);
            Assert.Equal(place, Place(stored.Json));
        }

        var question = $"$filter=startswith(id,'{prefix}')";
        Assert.Equal(sent, (await _app.GetAsync($"/api/v1/cities?{question}&$top=1000"))["value"]!.ToDictionary(row => (string)row["id"]!,
            row => Place((JObject)row)));
        Assert.Equal(sent, (await _app.RowsAsync($"/odata/Cities?{question.Replace("(id", "(Id", StringComparison.Ordinal)}"))
            .ToDictionary(row => (string)row["Id"]!, row => (Number(row["Latitude"]), Number(row["Longitude"]))));
        foreach (var (id, place) in sent.Take(20))
        {
            Assert.Equal(place, Place(await _app.GetAsync($"/api/v1/cities/{id}")));
            Assert.Equal(place, Place((JObject)(await _app.GetAsync($"/api/v1/cities/{id}/history"))["value"]![0]!));
            Assert.Equal([id], (await _app.GetAsync($"/api/v1/cities?$filter=latitude eq {Text(place.Latitude)}"))["value"]!.Select(
                row => (string?)row["id"]));
            Assert.Equal([id], await _app.IdsAsync(
                $"/odata/Cities?$filter=Longitude eq {Uri.EscapeDataString(place.Longitude.ToString("E16", Invariant))} and Latitude in "
                    + $"({Text(place.Latitude)})"));
        }
    }

    [Fact]
    public void Doubles_of_chance_come_back_the_same_from_their_literals()
    {
        var random = new Random(1);
        for (var i = 0; i < 20_000; i++)
        {
            var value = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            if (!double.IsFinite(value))
                continue;
            foreach (var literal in new[] { Text(value), value.ToString("E16", Invariant), value.ToString("E800", Invariant) })
                Assert.Equal((literal, value, 0), (literal, Number(literal).ToDouble().Value!.Value, Number(literal).ToDouble().Side));
            // One more digit names another number, if it is not the double's own.
            var longer = value.ToString("E18", Invariant);
            Assert.NotEqual(0, Number(
                $"{longer[..longer.IndexOf('E', StringComparison.Ordinal)]}1{longer[longer.IndexOf('E', StringComparison.Ordinal)..]}")
                .ToDouble().Side);
        }
    }

    /// <summary>Decimals of up to 28 digits: one that the field has places for comes back to the digit, any other is refused.</summary>
    [Fact]
    public async Task Decimals_of_chance_are_kept_whole_or_refused()
    {
        var (random, path, kept) = (new Random(28), await CreateAsync("projects"), 0);
        for (var i = 0; i < 200; i++)
        {
            var value = new decimal(random.Next(), random.Next(3) == 0 ? random.Next() : 0, random.Next(6) == 0 ? random.Next() : 0, false,
                (byte)random.Next(random.Next(3) == 0 ? 28 : 8));
            var fits = value < 1_000_000_000_000m && decimal.Round(value, 6) == value;
            var reply = await _app.CallAsync("PATCH", path, $$"""{"plannedValue":{{value.ToString(Invariant)}}}""", "*", ApiClient.MergePatch);
            if (!fits)
            {
                Assert.Equal("/plannedValue out_of_range", reply.IsProblem(422, "invalid").Faults);
                continue;
            }

            var shown = decimal.Parse(reply.Is(200).Json["plannedValue"]!.ToString(Formatting.None), NumberStyles.Float, Invariant);
            Assert.Equal(value, shown);
            Assert.Single(await _app.IdsAsync(
                $"/odata/Projects?$filter=PlannedValue eq {value.ToString(Invariant)} and Id eq '{path[(path.LastIndexOf('/') + 1)..]}'"));
            kept++;
        }

        Assert.InRange(kept, 50, 190);
    }

    [Theory]
    [InlineData("95.00000000000000000000", 95)]
    [InlineData("95.0000000000000000000000000", 95)]
    [InlineData("0.1000000000000000000000000000", 0.1)]
    [InlineData("1234567890.1234567", 1234567890.1234567)]
    [InlineData("79228162514264337593543950335", 79228162514264337593543950335d)]
    [InlineData("-0.30", -0.3)]
    public void A_figure_is_the_double_next_to_its_decimal(string amount, double figure) =>
        Assert.Equal(figure, Numeral.Nearest(decimal.Parse(amount, Invariant)));

    [Fact]
    public void The_double_next_to_a_decimal_is_the_one_that_its_digits_are_read_as()
    {
        var random = new Random(7);
        for (var i = 0; i < 100_000; i++)
        {
            // To either side of 2^53, up to which each whole number is a double.
            var digits = random.Next(4) == 0 ? (1L << 53) + random.Next(-3, 4) : random.NextInt64() >> random.Next(63);
            var high = random.Next(20) == 0 ? random.Next() : 0;
            var value = new decimal((int)digits, (int)(digits >> 32), high, random.Next(2) == 0, (byte)random.Next(29));
            Assert.Equal(double.Parse(value.ToString(Invariant), Invariant), Numeral.Nearest(value));
        }
    }

    private static double Next(Random random, double limit) => random.Next(4) switch
    {
        0 => random.NextDouble() * limit * (random.Next(2) == 0 ? 1 : -1),
        1 => random.NextDouble() * Math.Pow(10, random.Next(-300, 1)),
        2 => Math.Round(random.NextDouble() * limit, random.Next(15)),
        _ => BitConverter.Int64BitsToDouble(random.NextInt64(BitConverter.DoubleToInt64Bits(limit))),
    };

    private static string Text(double number) => number.ToString("R", Invariant);

    private static Numeral Number(string literal) => Numeral.TryParse(literal, out var number) ? number : throw new FormatException(literal);

    private static double Number(JToken? token) => double.Parse(token!.ToString(Formatting.None), NumberStyles.Float, Invariant);

    private static (double Latitude, double Longitude) Place(JObject city) => (Number(city["latitude"]), Number(city["longitude"]));

    private Task<string> CreateAsync(string type) => _app.CreateAsync(type, Minimal(type));

    /// <summary>What a record cannot do without, under a name of its own.</summary>
    private static JObject Minimal(string type)
    {
        var name = DraftTestApp.NewId();
        var body = new JObject { ["nameEn"] = $"Numbers {name}", ["nameZh"] = $"数字{name}" };
        if (type == "cities")
            (body["countryId"], body["entityLevel"], body["latitude"], body["longitude"]) = ("KZ", "city", 1, 1);
        if (type == "projects")
            (body["countryId"], body["sectorId"], body["status"], body["currency"]) = ("KZ", "TRADE", "SIGNED", "CNY");
        return body;
    }
}
