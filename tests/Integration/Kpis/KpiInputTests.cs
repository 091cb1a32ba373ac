using FriendCity.Kpis.Definitions;
using FriendCity.Kpis.Model;
using FriendCity.Messages;
using FriendCity.Records;
using FriendCity.Registry;
using FriendCity.Serialization;
using FriendCity.Tests.Integration.Http;
using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;
using Record = FriendCity.Records.Record;

namespace FriendCity.Tests.Integration.Kpis;

/// <summary>What a figure may read, and that it names whatever it read.</summary>
public sealed class KpiInputTests(Azurite azurite)
{
    private const string Foreign = "PLACEHOLDER";

    /// <summary>The article's view, and scopes that follow the countries' standing, or are all there are.</summary>
    private static readonly (string Scope, DateOnly Day)[] Questions = [("SCO17_ARTICLE", new(2024, 3, 25)), ("SCO_LIVE", new(2024, 3, 25)),
        ("members", new(2024, 3, 25)), ("world", new(2022, 1, 1))];

    private static readonly Lazy<List<(string Type, JObject Json)>> Rows = new(() =>
    [
        .. from path in Directory.EnumerateFiles(Sample.Folder, "*.json").Order(StringComparer.Ordinal)
           from json in ((JArray)Json.Parse(File.ReadAllText(path))).Cast<JObject>()
           select (Path.GetFileNameWithoutExtension(path), json),
    ]);

    public static TheoryData<string> Kpis { get; } = [.. KpiCatalogue.All.Concat(KpiCatalogue.Panels).Select(kpi => kpi.Id)];

    /// <summary>What a copy of can be seen. Nothing refers to a copied city or milestone, and nobody asks for a copied scope.</summary>
    public static TheoryData<string> Visible { get; } =
        [.. KpiCatalogue.All.SelectMany(kpi => kpi.Inputs).Append("countries").Distinct().Except(["cities", "milestones"])
            .Order(StringComparer.Ordinal)];

    public static TheoryData<string> Types { get; } = [.. RegistryTypes.All.All.Select(type => type.Name)];

    /// <summary>Each record type a figure may touch, in turn: a copy of each of its records, and of each entry, as other evidence says it.</summary>
    [Theory]
    [MemberData(nameof(Kpis))]
    public async Task A_row_of_evidence_that_was_not_asked_for_changes_nothing(string id)
    {
        var kpi = KpiCatalogue.Find(id)!;
        var sample = await SampleRegistry.LoadAsync();
        var types = kpi.Id == TargetKpis.Attainment.Id ? RegistryTypes.All.All.Select(type => type.Name) : kpi.Inputs.Concat(["scopes", "countries"]);
        foreach (var type in types.Distinct())
        {
            var registry = With(sample, type, Rows.Value.Where(row => row.Type == type).SelectMany(row => Strangers(row.Json)));
            foreach (var (scope, day) in Questions)
                Assert.Equal(Told(kpi, Ask(sample, scope, day, ["ARTICLE"])), Told(kpi, Ask(registry, scope, day, ["ARTICLE"])));
        }
    }

    /// <summary>The twin: these very rows do count for whoever asks for their evidence, so that above they could have been seen.</summary>
    [Theory]
    [MemberData(nameof(Visible))]
    public async Task The_same_rows_change_figures_for_who_asks_for_their_evidence(string type)
    {
        var sample = await SampleRegistry.LoadAsync();
        var registry = With(sample, type, Rows.Value.Where(row => row.Type == type).SelectMany(row => Strangers(row.Json)));
        Assert.Contains(KpiCatalogue.All.Where(kpi => type == "countries" || kpi.Inputs.Contains(type)), kpi => Questions.Any(each =>
            Values(kpi, Ask(sample, each.Scope, each.Day, ["ARTICLE", Foreign])) != Values(kpi,
                Ask(registry, each.Scope, each.Day, ["ARTICLE", Foreign]))));
    }

    /// <summary>
    /// For every record: whichever figure would be another without it, or would not be there, names it among its rows or its reference data;
    /// so do the hash and the comparison, which are made of these.
    /// </summary>
    [Theory]
    [MemberData(nameof(Types))]
    public async Task A_record_without_which_a_figure_would_be_another_is_named(string type)
    {
        var sample = await SampleRegistry.LoadAsync();
        var unnamed = new List<string>();
        foreach (var (scope, day) in Questions)
        {
            var before = Figures(Ask(sample, scope, day, Provenance.AllScenarios));
            var named = before.ToDictionary(figure => figure.Key, figure => figure.Value.Figure.Behind
                .Select(row => (row.Type, row.Record.Id)).ToHashSet());
            foreach (var record in Enumerable.Range(0, sample.Of(type).Count).Select(i => sample.Of(type)[i]))
            {
                var without = sample.With(new Dictionary<string, List<Record>> { [type] = [Deleted(type, record)] }, sample.AsOf);
                if (KpiScopes.Find(without, scope) is null)
                    continue;
                var after = Figures(Ask(without, scope, day, Provenance.AllScenarios));
                unnamed.AddRange(before.Where(figure => Value(after.GetValueOrDefault(figure.Key)) != Value(figure.Value)
                    && !named[figure.Key].Contains((type, record.Id)))
                    .Select(figure => $"{figure.Key} ({scope}) does not name {type}/{record.Id}"));
            }
        }

        Assert.Empty(unnamed);
    }

    /// <summary>What the catalogue says of inputs is true.</summary>
    [Theory]
    [MemberData(nameof(Kpis))]
    public async Task A_figure_names_records_of_its_declared_inputs_only(string id)
    {
        var kpi = KpiCatalogue.Find(id)!;
        var sample = await SampleRegistry.LoadAsync();
        var declared = kpi.Inputs.Concat(["scopes", "countries"]).ToHashSet();
        if (kpi.Id != TargetKpis.Attainment.Id)
            foreach (var (scope, day) in Questions)
                Assert.Subset(declared, kpi.Figures(Ask(sample, scope, day, Provenance.AllScenarios)).SelectMany(figure => figure.Behind)
                    .Select(row => row.Type).ToHashSet());
    }

    /// <summary>Issue 14, 2: an exchange rate of a scenario that the view leaves out moved the value of the signed projects a hundredfold.</summary>
    [Fact]
    public async Task A_rate_of_other_evidence_moves_nothing_and_one_that_counts_is_named_wherever_the_figure_is_explained()
    {
        await using var app = await azurite.OfficeAsync(sample: true);
        var before = await ValueAsync();
        Assert.Equal(552_790_000, (double)before["value"]!);
        var placeholder = (await app.CallAsync("POST", "/api/v1/exchange-rates", Rate("X-PLACEHOLDER", Foreign, 1000))).Is(201).Json;
        Assert.True(JToken.DeepEquals(before, await ValueAsync()));

        (await app.CallAsync("POST", "/api/v1/exchange-rates", Rate("X-ARTICLE", "ARTICLE", 1000))).Is(201);
        var after = await ValueAsync();
        Assert.NotEqual((double)before["value"]!, (double)after["value"]!);
        Assert.NotEqual((string?)before["rowsHash"], (string?)after["rowsHash"]);
        Assert.Equal((int)before["evidence"]!["office"]! + 1, (int)after["evidence"]!["office"]!);
        Assert.Contains((await app.GetAsync("/api/v1/kpis/K15/rows?view=article&measure=value&$top=all"))["value"]!,
            row => (string?)row["id"] == "X-ARTICLE" && (double)row["amount"]! == 0);
        var move = (await app.GetAsync(
            $"/api/v1/kpis/compare?view=article&kpi=K15&from=2024-03-25&to=2024-03-25&fromKnownAt={placeholder["changedAt"]}"))["value"]!
            .Single(each => (string?)each["dimensions"]!["measure"] == "value");
        Assert.Equal("entered", (string?)move["rows"]!.Single(row => (string?)row["id"] == "X-ARTICLE")["kind"]);

        async Task<JToken> ValueAsync() =>
            (await app.GetAsync("/api/v1/kpis/K15?view=article"))["values"]!.Single(value => (string?)value["dimensions"]!["measure"] == "value");
        static JObject Rate(string id, string scenario, int rate) =>
            new() { ["id"] = id, ["currency"] = "USD", ["rateToCny"] = rate, ["date"] = "2019-01-01", ["scenario"] = scenario };
    }

    [Fact]
    public async Task A_scope_that_changed_is_named_by_the_figures_it_moved()
    {
        await using var app = await azurite.OfficeAsync(sample: true);
        var scope = await app.GetAsync("/api/v1/scopes/SCO17_ARTICLE");
        var then = (await app.CallAsync("POST", "/api/v1/sources", new JObject { ["titleEn"] = "t", ["titleZh"] = "t", ["kind"] = "news" })).Json;
        var hash = (string?)(await app.GetAsync("/api/v1/kpis/K05?view=article"))["values"]![0]!["rowsHash"];
        (await app.CallAsync("PATCH", "/api/v1/scopes/SCO17_ARTICLE",
            new JObject { ["countryIds"] = new JArray(scope["countryIds"]!.Where(id => (string?)id != "NP")) }, "\"1\"", ApiClient.MergePatch))
                .Is(200);
        var value = (await app.GetAsync("/api/v1/kpis/K05?view=article"))["values"]![0]!;
        Assert.Equal((0.625, false), ((double)value["value"]!, hash == (string?)value["rowsHash"]));
        Assert.Contains((await app.GetAsync("/api/v1/kpis/K05/rows?view=article"))["reference"]!, row => (string?)row["id"] == "SCO17_ARTICLE");
        var move = (await app.GetAsync(
            $"/api/v1/kpis/compare?view=article&kpi=K04&from=2024-03-25&to=2024-03-25&fromKnownAt={then["changedAt"]}"))["value"]!.Single();
        Assert.Equal(["NP left", "SCO17_ARTICLE changed"], move["reference"]!.Select(each => $"{each["id"]} {each["kind"]}"));
    }

    /// <summary>
    /// A figure that reads the registry itself mixes evidence. What alerts say of references and of records that are alike is about existence,
    /// whatever the evidence.
    /// </summary>
    [Fact]
    public void Figures_read_records_through_their_question_only() => Assert.Equal(
        ["KpiContext.cs", "WhatIfRequest.cs"],
        Directory.EnumerateFiles(Repository.At("functions", "Kpis"), "*.cs", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file).Contains("Registry.Of(", StringComparison.Ordinal))
            .Select(Path.GetFileName).Order(StringComparer.Ordinal));

    private static KpiContext Ask(RegistrySnapshot registry, string scope, DateOnly day, IReadOnlyList<string> scenarios) =>
        new(registry, day, KpiScopes.Find(registry, scope, scenarios)!, scenarios, new DateOnly(2018, 6, 9));

    private static Dictionary<string, KpiValue> Figures(KpiContext context) => KpiCatalogue.Values(context).ToDictionary(Name);

    private static string Name(KpiValue value) => $"{value.Kpi.Id} {value.Figure.Dimension} {value.Figure.Measure}";

    /// <summary>A breakdown that does not occur counts none.</summary>
    private static (double, double, double, string) Value(KpiValue? value) =>
        (value?.Figure.Value ?? 0, value?.Figure.Numerator ?? 0, value?.Figure.Denominator ?? 0,
            string.Join(' ', (value?.Figure.Items ?? []).Order(StringComparer.Ordinal)));

    private static string Values(Kpi kpi, KpiContext context) =>
        string.Join('|', kpi.Values(context).Select(value => $"{Name(value)} {Value(value)}"));

    private static List<string> Told(Kpi kpi, KpiContext context) =>
    [
        .. kpi.Values(context).Select(value => FormattableString.Invariant(
            $"{Name(value)} {Value(value)} {value.RowsHash} {string.Join(' ', value.Evidence.Values)} {value.Figure.Reason?.En} ")
            + string.Join(' ', value.Figure.Behind.Select(row => row.Record.Id))),
    ];

    /// <summary>
    /// A copy of the record under another id, and the record itself with a copy of each entry that says otherwise: both of other evidence.
    /// </summary>
    private static IEnumerable<JObject> Strangers(JObject json)
    {
        var copy = (JObject)json.DeepClone();
        (copy["id"], copy["scenario"], copy["source"]) = ("X-" + (string)json["id"]!, Foreign, "illustrative");
        // Earlier than any other: at the same day it would stand behind the record it is a copy of.
        if (copy["rateToCny"] is not null)
            (copy["rateToCny"], copy["date"]) = (1000, "2010-01-01");
        if (copy["weightsVersion"] is not null)
            (copy["weightsVersion"], copy["industry"], copy["culture"]) = (9, copy["culture"]!.DeepClone(), copy["industry"]!.DeepClone());
        if (copy["instruments"] is not null)
            copy["countryIds"] = new JArray("AF", "KH", "MN", "TR");
        foreach (var entry in Entries(copy).SelectMany(list => list).Cast<JObject>())
            (entry["scenario"], entry["source"]) = (Foreign, "illustrative");
        yield return copy;

        var more = (JObject)json.DeepClone();
        foreach (var list in Entries(more).ToList())
            foreach (var entry in list.Cast<JObject>().ToList())
                list.Add(Otherwise((JObject)entry.DeepClone()));
        if (Entries(more).Any())
            yield return more;
    }

    private static JObject Otherwise(JObject entry)
    {
        (entry["scenario"], entry["source"]) = (Foreign, "illustrative");
        foreach (var (field, value) in new (string, JToken)[] { ("stage", "ENDED"), ("reason", "r"), ("cityId", "KZAAU"), ("sectorId", "TRADE"),
            ("strength", 3), ("datePrecision", "year"), ("validToExclusive", JValue.CreateNull()) })
            if (entry[field] is not null)
                entry[field] = value;
        if (entry["status"] is not null)
            entry["status"] = entry["validFrom"] is null ? "TERMINATED" : "dialogue_partner";
        return entry;
    }

    private static IEnumerable<JArray> Entries(JObject json) =>
        json.Properties().Select(property => property.Value).OfType<JArray>().Where(list => list.Any(item => item is JObject));

    /// <summary>A view with more records, or others in their place, at the same version: the hash shall tell rows apart, not versions.</summary>
    private static RegistrySnapshot With(RegistrySnapshot registry, string type, IEnumerable<JObject> rows)
    {
        var records = registry.Sets.ToDictionary(set => set.Key, set => Enumerable.Range(0, set.Value.Count)
            .Select(i => set.Value[i]).ToDictionary(record => record.Id));
        foreach (var json in rows)
        {
            var (fields, validation) = ((JObject)json.DeepClone(), new ValidationContext());
            fields.Remove("id");
            var record = RegistryTypes.All.Find(type)!.Read(fields, validation);
            Assert.Empty(validation.Violations);
            (record.Id, record.Version) = ((string)json["id"]!, 1);
            records[type][record.Id] = record;
        }

        return RegistrySnapshot.Empty(RegistryTypes.All).With(records.ToDictionary(set => set.Key, set => set.Value.Values.ToList()), registry.AsOf);
    }

    private static Record Deleted(string type, Record record)
    {
        var copy = RegistryTypes.All.Find(type)!.FromColumns(RegistryTypes.All.Find(type)!.ToColumns(record));
        (copy.Id, copy.Version, copy.Deleted) = (record.Id, record.Version + 1, true);
        return copy;
    }
}
