using System.Text.Json;
using FriendCity.Snapshots.Publishing;
using FriendCity.Snapshots.Tables;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Integration.Snapshots;

/// <summary>Parts of files, and differences between snapshots.</summary>
public sealed class SnapshotReadingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("bytes=0-3", 206, 0, 4)]
    [InlineData("bytes=4-", 206, 4, -1)]
    [InlineData("bytes=-8", 206, -8, 8)]
    [InlineData("bytes=-999999999", 206, 0, -1)]
    [InlineData("bytes=4-999999999", 206, 4, -1)]
    [InlineData("bytes=999999999-", 416, 0, 0)]
    [InlineData("bytes=0-1,4-5", 200, 0, -1)]
    [InlineData("lines=0-1", 200, 0, -1)]
    [InlineData("bytes=x", 200, 0, -1)]
    public async Task A_part_of_a_file_is_sent_as_the_range_says(string range, int expected, int from, int length)
    {
        var (fixture, manifest) = await PublishedAsync();
        var name = "kpi_daily.parquet";
        var whole = fixture.Blobs.Bytes($"snapshots/{manifest.Id}/{name}")!;
        var begin = from < 0 ? whole.Length + from : from;
        var count = length < 0 ? whole.Length - begin : length;
        var (status, headers, body) = await FileAsync(fixture, manifest.Id, name, ("Range", range));
        Assert.Equal(expected, status);
        if (expected == 416)
        {
            Assert.Equal(($"bytes */{whole.Length}", "range_not_satisfiable"),
                (headers.ContentRange.ToString(), SnapshotApiTests.Property(body, "code").GetString()));
            return;
        }

        Assert.Equal(whole[begin..(begin + count)], body);
        Assert.Equal(expected == 206 ? $"bytes {begin}-{begin + count - 1}/{whole.Length}" : "", headers.ContentRange.ToString());
        Assert.Equal(("bytes", count), (headers.AcceptRanges.ToString(), headers.ContentLength));
    }

    [Theory, InlineData(true, 206), InlineData(false, 200)]
    public async Task A_part_is_sent_only_of_the_file_that_the_reader_has(bool same, int expected)
    {
        var (fixture, manifest) = await PublishedAsync();
        var file = manifest.Files.Single(each => each.Name == "dim_city.csv");
        Assert.Equal(expected, (
            await FileAsync(fixture, manifest.Id, file.Name, ("Range", "bytes=0-3"),
                ("If-Range", same ? $"\"{file.Sha256}\"" : "\"other\""))).Status);
    }

    [Fact]
    public async Task Two_snapshots_are_compared_row_by_row()
    {
        var (fixture, first) = await PublishedAsync();
        fixture.Registry = await SnapshotRunTests.WithoutCityAsync();
        var second = await fixture.PublishAsync(SnapshotFixture.Final(22));
        var tables = await CompareAsync(fixture, first.Id, second.Id, "?top=1000");
        var stages = tables.GetProperty("fact_relationship_stage");
        Assert.True(stages.GetProperty("removed").GetInt32() > 0);
        Assert.All(stages.GetProperty("differences").EnumerateArray(),
            each => Assert.Equal("R01", each.GetProperty("key").GetProperty("relationship_id").GetString()));
        Assert.Equal((0, 0), (tables.GetProperty("dim_city").GetProperty("changed").GetInt32(), tables.GetProperty("dim_city").GetProperty("removed")
            .GetInt32()));
        Assert.Equal(KpiDaily.Table.Read(fixture.Registry, new DateOnly(2026, 11, 22)).Rows.Count, tables.GetProperty("kpi_daily")
            .GetProperty("added")
            .GetInt32());

        var back = await CompareAsync(fixture, second.Id, first.Id, "?top=1");
        Assert.Equal(stages.GetProperty("removed").GetInt32(), back.GetProperty("fact_relationship_stage").GetProperty("added").GetInt32());
        Assert.Equal(1, back.GetProperty("kpi_daily").GetProperty("differences").GetArrayLength());
    }

    [Fact]
    public async Task A_changed_cell_is_shown_as_it_was_and_as_it_is()
    {
        var (fixture, first) = await PublishedAsync();
        fixture.Registry = await SnapshotRunTests.WithoutCityAsync();
        var second = await fixture.PublishAsync(SnapshotFixture.Final(21));
        var change = (await CompareAsync(fixture, first.Id, second.Id, "?top=1000")).GetProperty("kpi_daily").GetProperty("differences")
            .EnumerateArray()
            .Single(each => each.GetProperty("key").GetProperty("kpi_id").GetString() == "K03" && each.GetProperty("key").GetProperty("view")
                .GetString() == "article");
        Assert.Equal(("changed", 13.0, 12.0), (change.GetProperty("change").GetString(),
            change.GetProperty("columns").GetProperty("value").GetProperty("from").GetDouble(), change.GetProperty("columns").GetProperty("value")
                .GetProperty("to").GetDouble()));
        Assert.False(change.GetProperty("columns").TryGetProperty("unit", out _));
    }

    [Theory]
    [InlineData("none", true, "", 404)]
    [InlineData("none", false, "", 404)]
    [InlineData(null, true, "?top=10001", 400)]
    [InlineData(null, true, "?limit=1", 400)]
    public async Task What_cannot_be_compared_is_refused(string? other, bool first, string query, int expected)
    {
        var (fixture, manifest) = await PublishedAsync();
        var (a, b) = first ? (other ?? manifest.Id, manifest.Id) : (manifest.Id, other ?? manifest.Id);
        Assert.Equal(expected, (
            await SnapshotApiTests.AnswerAsync(fixture.Functions.Compare(SnapshotApiTests.Request("GET", query), a, b, Token))).Status);
    }

    internal static async Task<(SnapshotFixture Bench, SnapshotManifest Manifest)> PublishedAsync()
    {
        var fixture = await SnapshotFixture.OpenAsync();
        return (fixture, await fixture.PublishAsync(SnapshotFixture.Final(21)));
    }

    private static async Task<(int Status, IHeaderDictionary Headers, byte[] Body)> FileAsync(SnapshotFixture fixture, string id, string name,
        params (string Name, string Value)[] headers)
    {
        var request = SnapshotApiTests.Request("GET");
        foreach (var (header, value) in headers)
            request.Headers[header] = value;
        return await SnapshotApiTests.AnswerAsync(fixture.Functions.File(request, id, name, Token));
    }

    private static async Task<JsonElement> CompareAsync(SnapshotFixture fixture, string a, string b, string query)
    {
        var (status, _, body) = await SnapshotApiTests.AnswerAsync(fixture.Functions.Compare(SnapshotApiTests.Request("GET", query), a, b, Token));
        Assert.Equal(200, status);
        return SnapshotApiTests.Property(body, "tables");
    }
}
