using System.Text;
using FriendCity.Kpis.Alerts;
using FriendCity.Snapshots.Pointers;
using FriendCity.Snapshots.Tables;
using FriendCity.Tests.Support;
using Microsoft.Azure.Functions.Worker;

namespace FriendCity.Tests.Integration.Snapshots;

/// <summary>A pointer that somebody deleted or spoilt is put right by the manifests in the container, says so, and sweeps nothing.</summary>
public sealed class PointerRepairTests
{
    private const string Pointer = "current.json";

    /// <summary>Made once for all; each case goes on from a copy.</summary>
    private static readonly Lazy<Task<SnapshotFixture>> Made = new(MakeThreeDaysAsync);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Faults { get; } =
    [
        "gone", "empty", "brace", "array", "null", "text", "half", "byte order mark", "other object", "no list", "list of null",
        "an entry without a day", "a day that is none",
        "wrong hash", "no hash", "names another manifest", "names a manifest that is gone", "manifest changed", "tables elsewhere",
    ];

    [Theory, MemberData(nameof(Faults))]
    public async Task Whatever_becomes_of_the_pointer_readers_go_on_the_next_run_publishes_and_nothing_is_forgotten(string fault)
    {
        var fixture = await ThreeDaysAsync();
        var before = await fixture.Store.PublishedAsync(Token);
        var folders = Folders(fixture);
        Spoil(fixture, fault, before[0].Id);
        var isManifest = fault is "names a manifest that is gone";

        // Before anybody mends it.
        Assert.Equal(200, (await SnapshotApiTests.AnswerAsync(fixture.Functions.Collection(SnapshotApiTests.Request("GET"), Token))).Status);
        Assert.Contains(before[1].Id, (await fixture.Store.PublishedAsync(Token)).Select(each => each.Id));
        Assert.Contains(await CodesAsync(fixture), code => code == ServiceAlerts.Pointer);

        fixture.Clock.Advance(TimeSpan.FromMinutes(1));
        var next = await fixture.PublishAsync(SnapshotFixture.Final(22));
        Assert.Equal(next.Id, fixture.CurrentId());
        Assert.Equal(before.Skip(isManifest ? 1 : 0).Select(each => (each.Id, each.SnapshotDate, each.Provisional, each.SupersededBy is null)),
            (await fixture.Store.PublishedAsync(Token)).Skip(1)
                .Select(each => (each.Id, each.SnapshotDate, each.Provisional, each.SupersededBy is null)));
        Assert.Equal([19, 20, 21, 22], fixture.Read(next.Id, KpiDaily.Table).Rows.Select(row => DailyFormats.DayOf(row).Day).Distinct());
        fixture.Audit();
        Assert.Equal(isManifest ? [ServiceAlerts.Damaged, ServiceAlerts.Pointer] : [ServiceAlerts.Pointer], await CodesAsync(fixture));

        // What the pointer forgot may be all there is: for a week nothing goes, and then the alert is over too.
        fixture.Clock.Advance(TimeSpan.FromDays(6.9));
        await fixture.PublishAsync(SnapshotFixture.Final(23));
        Assert.Empty(folders.Except(Folders(fixture)));
        fixture.Clock.Advance(TimeSpan.FromDays(0.2));
        await fixture.PublishAsync(SnapshotFixture.Final(24));
        Assert.Empty(await CodesAsync(fixture));
        fixture.Audit();
    }

    [Theory, MemberData(nameof(Faults))]
    public async Task The_minutes_timer_puts_it_right_without_any_run(string fault)
    {
        var fixture = await ThreeDaysAsync();
        var before = await fixture.Store.PublishedAsync(Token);
        Spoil(fixture, fault, before[0].Id);
        await fixture.OperationFunctions.Resume(new TimerInfo(), Token);
        Assert.Equal(before[fault == "names a manifest that is gone" ? 1 : 0].Id, fixture.CurrentId());
        fixture.Audit();
        var etag = (await fixture.Store.CurrentAsync(Token)).ETag;
        await fixture.OperationFunctions.Resume(new TimerInfo(), Token);
        Assert.Equal(etag, (await fixture.Store.CurrentAsync(Token)).ETag);
    }

    [Fact]
    public async Task Readers_are_sent_to_no_snapshot_whose_files_are_not_whole()
    {
        var fixture = await ThreeDaysAsync();
        var before = await fixture.Store.PublishedAsync(Token);
        var path = $"snapshots/{before[0].Id}/dim_city.csv";
        fixture.Blobs.Tamper(path, [.. fixture.Blobs.Bytes(path)!.Reverse()]);
        fixture.Blobs.Tamper($"snapshots/{before[1].Id}/dim_city.csv", null);
        fixture.Blobs.Tamper($"snapshots/{before[2].Id}/manifest.json", "{"u8.ToArray());
        fixture.Blobs.Tamper(Pointer, null);
        await fixture.OperationFunctions.Resume(new TimerInfo(), Token);
        Assert.Equal([before[3].Id], (await fixture.Store.PublishedAsync(Token)).Select(each => each.Id));
        var notices = await fixture.Notices.ReadAsync(Token);
        Assert.Equal(before.Take(3).Select(each => each.Id).Order(), notices.Where(each => each.Code == ServiceAlerts.Damaged)
            .Select(each => each.Message.En.Split(' ')[1]).Order());
        fixture.Audit();
    }

    [Fact]
    public async Task A_pointer_that_a_run_holds_is_left_to_the_run()
    {
        var fixture = await ThreeDaysAsync();
        Assert.NotNull(await fixture.Blobs.AcquireLeaseAsync(fixture.Store.Current, TimeSpan.FromSeconds(60), Token));
        fixture.Blobs.Tamper(Pointer, "{"u8.ToArray());
        await fixture.OperationFunctions.Resume(new TimerInfo(), Token);
        Assert.Equal("{"u8.ToArray(), fixture.Blobs.Bytes(Pointer));
        fixture.Clock.Advance(TimeSpan.FromSeconds(61));
        await fixture.OperationFunctions.Resume(new TimerInfo(), Token);
        fixture.Audit();
        Assert.NotNull(fixture.CurrentId());
    }

    [Fact]
    public async Task An_office_without_snapshots_has_nothing_to_put_right()
    {
        var fixture = await SnapshotFixture.OpenAsync();
        await fixture.OperationFunctions.Resume(new TimerInfo(), Token);
        Assert.Empty(await CodesAsync(fixture));
        Assert.Empty(fixture.Blobs.Paths);
    }

    [Fact]
    public async Task A_listed_snapshot_that_cannot_be_read_is_named_until_it_is_no_longer_listed()
    {
        var fixture = await ThreeDaysAsync();
        var before = await fixture.Store.PublishedAsync(Token);
        fixture.Blobs.Tamper($"snapshots/{before[0].Id}/kpi_daily.parquet", null);
        fixture.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal([before[0].Id], (await fixture.PublishAsync(SnapshotFixture.Final(22))).Damaged);
        Assert.Equal([ServiceAlerts.Damaged], await CodesAsync(fixture));
        fixture.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Empty((await fixture.PublishAsync(SnapshotFixture.Final(22))).Damaged);
        Assert.Empty(await CodesAsync(fixture));
    }

    internal static async Task<IEnumerable<string>> CodesAsync(SnapshotFixture fixture) =>
        (await fixture.Notices.ReadAsync(Token)).Select(each => each.Code).Distinct().Order(StringComparer.Ordinal);

    /// <summary>Finals of the 19th, 20th and 21st, and the provisional one that the last superseded.</summary>
    private static async Task<SnapshotFixture> ThreeDaysAsync()
    {
        var fixture = new SnapshotFixture(await SmallSample.LoadAsync());
        fixture.GoOnFrom(await Made.Value);
        return fixture;
    }

    private static async Task<SnapshotFixture> MakeThreeDaysAsync()
    {
        var fixture = new SnapshotFixture(await SmallSample.LoadAsync());
        foreach (var job in new[] { SnapshotFixture.Final(19), SnapshotFixture.Final(20), SnapshotFixture.Provisional(21),
            SnapshotFixture.Final(21) })
        {
            await fixture.PublishAsync(job);
            fixture.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        return fixture;
    }

    private static void Spoil(SnapshotFixture fixture, string fault, string current)
    {
        var (text, manifest) = (Encoding.UTF8.GetString(fixture.Blobs.Bytes(Pointer)!), $"snapshots/{current}/manifest.json");
        if (fault == "gone")
        {
            fixture.Blobs.Tamper(Pointer, null);
            return;
        }

        if (fault == "names a manifest that is gone")
            fixture.Blobs.Tamper(manifest, null);
        if (fault == "manifest changed")
            fixture.Blobs.Tamper(manifest, [.. fixture.Blobs.Bytes(manifest)!, (byte)'\n']);
        var hash = PointerJson.Read(fixture.Blobs.Bytes(Pointer)!).Sha256!;
        string spoilt = fault switch
        {
            "empty" => "",
            "brace" => "{",
            "array" => "[]",
            "null" => "null",
            "text" => "\"current\"",
            "half" => text[..(text.Length / 2)],
            "byte order mark" => "\uFEFF" + text,
            "other object" => "{\"snapshotId\":\"mine\"}",
            "no list" => text.Replace("\"published\"", "\"publlished\"", StringComparison.Ordinal),
            "list of null" => text[..text.IndexOf("\"published\":[", StringComparison.Ordinal)] + "\"published\":[null]}",
            "an entry without a day" => Once(text, "{\"id\":\"", "{\"key\":\""),
            "a day that is none" => text.Replace("2026-11-20\"", "2026-11-31\"", StringComparison.Ordinal),
            "wrong hash" => text.Replace(hash, new string('0', hash.Length), StringComparison.Ordinal),
            "no hash" => text.Replace($"\"{hash}\"", "null", StringComparison.Ordinal),
            "names another manifest" => text.Replace($"{current}/manifest.json", "none/manifest.json", StringComparison.Ordinal),
            "tables elsewhere" => text.Replace($"{current}/dim_city.parquet", "none/dim_city.parquet", StringComparison.Ordinal),
            _ => text,
        };
        if (fault is not ("names a manifest that is gone" or "manifest changed"))
            Assert.NotEqual(text, spoilt);
        fixture.Blobs.Tamper(Pointer, Encoding.UTF8.GetBytes(spoilt));
    }

    private static string Once(string text, string old, string by)
    {
        var at = text.IndexOf(old, StringComparison.Ordinal);
        return text[..at] + by + text[(at + old.Length)..];
    }

    private static List<string> Folders(SnapshotFixture fixture) =>
        [.. fixture.Blobs.Paths.Where(path => path.StartsWith("snapshots/", StringComparison.Ordinal)).Select(path => path.Split('/')[1]).Distinct()];
}
