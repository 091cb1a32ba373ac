using System.Globalization;
using FriendCity.Tests.Support;
using FriendCity.Tests.Unit.PowerBi.OData;
using Microsoft.OData.Edm;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Integration.PowerBi.OData;

/// <summary>Random queries of all sets have the rows that a plain reading of the whole sets finds.</summary>
public sealed class DifferentialTests(Azurite azurite)
{
    private readonly Dictionary<string, List<JObject>> _rows = [];
    private readonly Dictionary<string, bool> _orders = [];

    [Fact]
    [Trait("Set", "slow")]
    public Task Two_hundred_random_queries_are_answered_as_worked_out_by_hand() => RunAsync(0, 200);

    [Fact]
    [Trait("Set", "long")]
    public Task Two_thousand_random_queries_are_answered_as_worked_out_by_hand() => RunAsync(1_000, 2_000);

    private async Task RunAsync(int seed, int queries)
    {
        var app = await azurite.StarOfficeAsync();
        var model = await FeedReader.ModelAsync(app);
        var sets = new List<IEdmEntitySet>();
        foreach (var set in model.EntityContainer.EntitySets())
            if ((await RowsAsync(app, set.Name)).Count > 0)
                sets.Add(set);
        var matched = 0;
        for (var n = 0; n < queries; n++)
            matched += await AskAsync(app, sets, new Random(seed + n), seed + n) ? 1 : 0;
        // Queries that find nothing prove little.
        Assert.True(matched > queries / 3, $"Only {matched} queries found anything.");
    }

    private async Task<bool> AskAsync(TestApp app, List<IEdmEntitySet> sets, Random random, int seed)
    {
        var set = sets[random.Next(sets.Count)];
        var (all, type) = (await RowsAsync(app, set.Name), set.EntityType);
        var properties = type.StructuralProperties().ToList();
        var filter = random.Next(5) == 0 ? null : new RandomQuery(random, properties, all).Filter(random.Next(4));
        var order = await OrderAsync(app, set, random);
        var shown = random.Next(2) == 0 ? null : properties.Where(_ => random.Next(3) == 0).Append(properties[0]).Distinct().ToList();
        var way = random.Next(3) == 0 && type.NavigationProperties().ToList() is { Count: > 0 } ways ? ways[random.Next(ways.Count)] : null;
        var (skip, top, count) = (random.Next(3) == 0 ? random.Next(20) : 0, random.Next(3) == 0 ? random.Next(40) : (int?)null, random.Next(2) == 0);

        var options = new List<string>();
        Add("$filter", filter?.Text);
        Add("$orderby", order.Count == 0 ? null : string.Join(',', order.Select(key => $"{key.Property.Name}{(key.Descending ? " desc" : "")}")));
        Add("$select", shown is null ? null : string.Join(',', shown.Select(property => property.Name)));
        Add("$expand", way?.Name);
        Add("$skip", skip == 0 ? null : $"{skip}");
        Add("$top", top is null ? null : $"{top}");
        Add("$count", count ? "true" : null);
        var path = $"/odata/{set.Name}?{string.Join('&', options)}";

        var matching = all.Where(row => filter?.Test(row) != false).ToList();
        var expected = Sorted(matching, order).Skip(skip).Take(top ?? int.MaxValue).ToList();
        var (rows, counted) = await ReadAsync(app, path, Math.Max(1 + random.Next(60), expected.Count / 6), seed);
        Assert.True(!count || counted == matching.Count, $"Seed {seed}: {Uri.UnescapeDataString(path)} counted {counted} of {matching.Count}.");
        Assert.True(rows.Count == expected.Count, $"Seed {seed}: {Uri.UnescapeDataString(path)} has {rows.Count} rows, not {expected.Count}.");
        for (var i = 0; i < rows.Count; i++)
        {
            var wanted = new JObject((shown ?? properties).OrderBy(properties.IndexOf)
                .Select(property => new JProperty(property.Name, expected[i][property.Name])));
            if (way is not null)
                wanted[way.Name] = await ReferredAsync(app, set, way, expected[i]);
            Assert.True(JToken.DeepEquals(wanted, rows[i]), $"Seed {seed}: {Uri.UnescapeDataString(path)}, row {i}: {rows[i]} is not {wanted}.");
        }

        if (filter is not null)
            Assert.Equal($"{matching.Count} {filter.Text}",
                $"{(await app.FeedAsync($"/odata/{set.Name}/$count?$filter={Uri.EscapeDataString(filter.Text)}")).Is(200).Text} {filter.Text}");
        return expected.Count > 0;

        void Add(string option, string? value)
        {
            if (value is not null)
                options.Add($"{option}={Uri.EscapeDataString(value)}");
        }
    }

    private static async Task<(List<JObject> Rows, long? Count)> ReadAsync(TestApp app, string path, int size, int seed)
    {
        var (rows, count) = (new List<JObject>(), (long?)null);
        for (string? next = path; next is not null;)
        {
            var reply = await app.FeedAsync(next, ("Prefer", string.Create(CultureInfo.InvariantCulture, $"maxpagesize={size}")));
            Assert.True(reply.Status == 200, $"Seed {seed}: {Uri.UnescapeDataString(next)}: {reply.Status} {reply.Text}");
            rows.AddRange(reply.Json["value"]!.Cast<JObject>());
            count ??= (long?)reply.Json["@odata.count"];
            next = (string?)reply.Json["@odata.nextLink"] is { } link ? new Uri(link).PathAndQuery : null;
        }

        return (rows, count);
    }

    /// <summary>Rows of one place keep the order of the whole set.</summary>
    private static IEnumerable<JObject> Sorted(IEnumerable<JObject> rows, List<(IEdmStructuralProperty Property, bool Descending)> order)
    {
        var by = Comparer<IComparable?>.Create(RandomQuery.Compare);
        var sorted = rows.Select((row, at) => (row, at)).OrderBy(_ => 0);
        foreach (var (property, descending) in order)
            sorted = descending ? sorted.ThenByDescending(each => RandomQuery.Value(property.Type, each.row[property.Name]!), by)
                : sorted.ThenBy(each => RandomQuery.Value(property.Type, each.row[property.Name]!), by);
        return sorted.ThenBy(each => each.at).Select(each => each.row);
    }

    private async Task<List<(IEdmStructuralProperty Property, bool Descending)>> OrderAsync(TestApp app, IEdmEntitySet set, Random random)
    {
        var properties = set.EntityType.StructuralProperties().ToList();
        var order = Enumerable.Range(0, random.Next(4)).Select(_ => properties[random.Next(properties.Count)]).Distinct()
            .Select(property => (Property: property, Descending: random.Next(2) == 0)).ToList();
        for (var i = order.Count - 1; i >= 0; i--)
            if (!await IsOrderAsync(app, set.Name, order[i].Property))
                order.RemoveAt(i);
        return order;
    }

    /// <summary>Lists and long text are no order, and refused.</summary>
    private async Task<bool> IsOrderAsync(TestApp app, string set, IEdmStructuralProperty property)
    {
        if (!_orders.TryGetValue($"{set}/{property.Name}", out var known))
            _orders[$"{set}/{property.Name}"] = known = (await app.FeedAsync($"/odata/{set}?$top=1&$orderby={property.Name}")).Status == 200;
        Assert.True(known || property.Type.IsCollection() || property.Type.IsString(), property.Name);
        return known;
    }

    private async Task<JToken> ReferredAsync(TestApp app, IEdmEntitySet set, IEdmNavigationProperty way, JObject row)
    {
        var others = await RowsAsync(app, set.FindNavigationTarget(way).Name);
        if (way.TargetMultiplicity() == EdmMultiplicity.Many)
        {
            var back = way.Partner.ReferentialConstraint.PropertyPairs.Single().DependentProperty.Name;
            return new JArray(others.Where(other => (string?)other[back] == (string?)row["Id"]));
        }

        var id = (string?)row[way.ReferentialConstraint.PropertyPairs.Single().DependentProperty.Name];
        return others.Find(other => id is not null && (string?)other["Id"] == id) ?? (JToken)JValue.CreateNull();
    }

    private async Task<List<JObject>> RowsAsync(TestApp app, string set) =>
        _rows.TryGetValue(set, out var known) ? known : _rows[set] = await app.CrawlAsync($"/odata/{set}", 5000);
}
