using FriendCity.Records.Query.Filters;
using FriendCity.Serialization;
using FriendCity.Snapshots;
using FriendCity.Snapshots.Contracts;
using FriendCity.Snapshots.Publishing;
using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Integration.Snapshots;

/// <summary>A stored figure is the figure the service tells of that day, asked with what the registry held at the snapshot's cut.</summary>
[Trait("Set", "slow")]
public sealed class SnapshotFigureTests(Azurite azurite)
{
    private static readonly string[] Told = ["value", "numerator", "denominator", "rows", "rowsHash"];

    [Fact]
    public async Task Every_stored_figure_is_what_the_service_tells_as_known_at_the_cut()
    {
        await using var app = await azurite.OfficeAsync(sample: true,
            builder => builder.Services.AddSingleton(SnapshotOptions.Default with { Settle = TimeSpan.Zero }));
        var job = new SnapshotJob(new DateOnly(2026, 3, 1), Provisional: false, Once: true);
        var published = Assert.IsType<SnapshotOutcome.Published>(await app.Services.GetRequiredService<SnapshotRun>()
            .WaitAndRunAsync(job, default));
        foreach (var gone in new[] { "projects/P021", "projects/P023", "activities/A010" })
            Assert.Equal(204, (await app.SendAsync("DELETE", $"/api/v1/{gone}", ifMatch: "*")).Status);

        await AreToldAsync(app, published.Manifest);
    }

    /// <summary>Each figure of the manifest's own day, under each view.</summary>
    internal static async Task AreToldAsync(TestApp app, SnapshotManifest manifest)
    {
        var stored = (JArray)Json.Parse(await app.Client.GetStringAsync(
            new Uri($"/api/v1/snapshots/{manifest.Id}/files/kpi_daily.json", UriKind.Relative)));
        foreach (var view in new[] { "article", "now" })
        {
            var rows = stored.Where(row => (string?)row["view"] == view && (string?)row["snapshot_date"] == Cells.Format(manifest.SnapshotDate))
                .ToList();
            var asOf = (string)rows[0]["as_of"]!;
            var told = (await app.GetAsync(
                $"/api/v1/kpis?view={view}&asOf={asOf}&knownAt={Uri.EscapeDataString(ValueComparers.Instant.Key(manifest.PointInTimeRead.Watermark)!)}"))["values"]!.ToDictionary(Key);
            Assert.Equal(told.Count, rows.Count);
            Assert.All(rows, row => Assert.Equal(Told.Select(name => Number(told[StoredKey(row)][name])),
                new[] { "value", "numerator", "denominator", "rows", "rows_hash" }.Select(name => Number(row[name]))));
        }
    }

    private static string Key(JToken value) =>
        $"{value["kpi"]}|{string.Join('|', ((JObject)value["dimensions"]!).Properties().Select(each => $"{each.Name}={each.Value}"))}";

    private static string StoredKey(JToken row) => string.Join('|', new[]
    {
        (string?)row["kpi_id"],
        row["dimension"]!.Type == JTokenType.Null ? null : $"{row["dimension"]}={row["dimension_value"]}",
        row["measure"]!.Type == JTokenType.Null ? null : $"measure={row["measure"]}",
    }.OfType<string>()) is var key && key.Contains('|', StringComparison.Ordinal) ? key : $"{key}|";

    private static string Number(JToken? token) => token is null or { Type: JTokenType.Null }
        ? "null" : token.Type is JTokenType.Float or JTokenType.Raw or JTokenType.Integer ? ((double)token)
        .ToString("R", System.Globalization.CultureInfo.InvariantCulture) : (string)token!;
}
