using FriendCity.Kpis.Alerts;
using FriendCity.Records.Persistence;
using FriendCity.Snapshots.Publishing;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Integration.Snapshots;

/// <summary>What snapshots find that a hand has deleted is an alert as long as it is so.</summary>
public sealed class HandMadeRowNoticeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_hand_deleted_is_told_by_every_snapshot_until_it_is_put_back()
    {
        var fixture = new SnapshotFixture(await SmallSample.LoadAsync());
        var (gone, scans) = (Quarantined.Missing("cities", "KZALA"), 0);
        // The first scan meets it; the replica then reads its records anew, and from there on only history knows of it.
        fixture.Agree = () => new ConsistencyCheck(0, [gone])
        {
            Discord = ++scans == 1 ? "It is gone." : null,
            Missing = new(7, [.. Enumerable.Range(1, 7).Select(n => new MissingVersions("cities", $"C{n}", "2, 4-6"))]),
        };
        for (var day = 19; day <= 21; day++)
        {
            Assert.Equal(["KZALA"], (await fixture.PublishAsync(SnapshotFixture.Final(day))).Consistency.Quarantined.Select(row => row.Id));
            Assert.Equal([gone], fixture.Told.Distinct());
            fixture.Clock.Advance(TimeSpan.FromMinutes(1));
            var notices = await fixture.Notices.ReadAsync(Token);
            Assert.Equal(
            [
                (ServiceAlerts.LeftOut,
                    "Rows that are not in the current snapshot, 1 in all: "
                        + "cities/KZALA (Its row is gone from the table, deleted by a hand and not by this service.)"),
                (ServiceAlerts.Incomplete, "Records with versions gone from history, deleted by a hand and not by this service, 7 in all: "
                    + "cities/C1 (version 2, 4-6); cities/C2 (version 2, 4-6); cities/C3 (version 2, 4-6); cities/C4 (version 2, 4-6); "
                    + "cities/C5 (version 2, 4-6); …"),
            ], notices.Select(each => (each.Code, each.Message.En)));
        }

        fixture.Agree = () => new ConsistencyCheck(0, []);
        await fixture.PublishAsync(SnapshotFixture.Final(22));
        Assert.Empty(await fixture.Notices.ReadAsync(Token));
    }
}
