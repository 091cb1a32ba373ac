using FriendCity.Kpis.Alerts;
using FriendCity.Operations;
using FriendCity.Snapshots.Tables;
using FriendCity.Storage.TemporaryFiles;
using FriendCity.Tests.Support;
using Microsoft.Azure.Functions.Worker;

namespace FriendCity.Tests.Integration.Snapshots;

/// <summary>A temporary folder that is full, or gone: each thing that needs it says so, and works again once there is room.</summary>
public sealed class RoomTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // Bytes that still fit: none, a part of the first tables, most of them; and a folder that is not there.
    public static TheoryData<long> Rooms { get; } = [0, 3_000, 40_000, -1];

    [Theory, MemberData(nameof(Rooms))]
    public async Task A_snapshot_without_room_says_so_is_tried_again_and_succeeds_once_there_is_some(long room)
    {
        var fixture = new SnapshotFixture(await SmallSample.LoadAsync());
        var before = (await fixture.PublishAsync(SnapshotFixture.Final(20))).Id;
        fixture.Clock.Advance(TimeSpan.FromMinutes(1));
        var enough = fixture.Room;
        fixture.Room = Little(room);
        var operation = await OlderDayTests.OrderAsync(fixture, "?date=2026-11-21");
        Assert.Equal(Operation.Queued, operation.GetProperty("state").GetString());
        Assert.StartsWith("Temporary files cannot be written: ", operation.GetProperty("note").GetString(), StringComparison.Ordinal);
        var notice = Assert.Single(await fixture.Notices.ReadAsync(Token));
        Assert.Equal(ServiceAlerts.Failed, notice.Code);
        Assert.Contains("The snapshot of 2026-11-21 failed and is not published; readers see the one before. Temporary files cannot be written: ",
            notice.Message.En, StringComparison.Ordinal);
        Assert.Equal(before, fixture.CurrentId());
        fixture.Audit();

        fixture.Room = enough;
        fixture.Clock.Advance(TimeSpan.FromMinutes(1));
        await fixture.OperationFunctions.Resume(new TimerInfo(), Token);
        operation = await OlderDayTests.OperationAsync(fixture, operation.GetProperty("id").GetString()!);
        Assert.Equal((Operation.Succeeded, fixture.CurrentId()),
            (operation.GetProperty("state").GetString(), operation.GetProperty("snapshot").GetString()));
        Assert.Empty(await fixture.Notices.ReadAsync(Token));
        fixture.Audit();
    }

    [Fact]
    public async Task One_that_never_finds_room_fails_with_a_code_of_its_own_and_the_next_publishes()
    {
        var fixture = new SnapshotFixture(await SmallSample.LoadAsync());
        var enough = fixture.Room;
        fixture.Room = Little(0);
        var id = (await OlderDayTests.OrderAsync(fixture, "?date=2026-11-21")).GetProperty("id").GetString()!;
        for (var minute = 0; minute < 6; minute++)
        {
            fixture.Clock.Advance(TimeSpan.FromMinutes(1));
            await fixture.OperationFunctions.Resume(new TimerInfo(), Token);
        }

        var error = (await OlderDayTests.OperationAsync(fixture, id)).GetProperty("error");
        Assert.Equal("no_temporary_space", error.GetProperty("code").GetString());
        Assert.StartsWith("Temporary files cannot be written: ", error.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal([ServiceAlerts.Operation, ServiceAlerts.Failed], await PointerRepairTests.CodesAsync(fixture));
        Assert.Empty(await fixture.Book.OpenAsync(Token));

        fixture.Room = enough;
        fixture.Clock.Advance(TimeSpan.FromMinutes(1));
        await fixture.Nightly.RunAsync(new TimerInfo(), Token);
        Assert.Equal([ServiceAlerts.Operation], await PointerRepairTests.CodesAsync(fixture));
        fixture.Audit();
    }

    [Fact]
    public async Task A_night_without_room_is_seen_to_fail_and_the_next_makes_up_for_it()
    {
        var fixture = new SnapshotFixture(await SmallSample.LoadAsync());
        await fixture.PublishAsync(SnapshotFixture.Final(20));
        fixture.Clock.Advance(TimeSpan.FromMinutes(1));
        var enough = fixture.Room;
        fixture.Room = Little(0);
        await Assert.ThrowsAsync<TempFileException>(() => fixture.Nightly.RunAsync(new TimerInfo(), Token));
        Assert.Equal([ServiceAlerts.Failed], await PointerRepairTests.CodesAsync(fixture));
        fixture.Room = enough;
        fixture.Clock.Advance(TimeSpan.FromDays(1));
        await fixture.Nightly.RunAsync(new TimerInfo(), Token);
        Assert.Equal([20, 21, 22], fixture.Read(fixture.CurrentId()!, KpiDaily.Table).Rows.Select(row => DailyFormats.DayOf(row).Day).Distinct());
        Assert.Empty(await fixture.Notices.ReadAsync(Token));
    }

    [Theory, MemberData(nameof(Rooms))]
    public async Task A_reader_is_told_that_there_is_no_room(long room)
    {
        var fixture = new SnapshotFixture(await SmallSample.LoadAsync());
        var (first, second) = ((await fixture.PublishAsync(SnapshotFixture.Final(20))).Id,
            (await fixture.PublishAsync(SnapshotFixture.Final(21))).Id);
        var enough = fixture.Room;
        fixture.Room = Little(Math.Min(room, 100));
        var (status, _, body) = await SnapshotApiTests.AnswerAsync(fixture.Functions.Compare(SnapshotApiTests.Request("GET"), first, second, Token));
        Assert.Equal((507, "no_temporary_space"), (status, SnapshotApiTests.Property(body, "code").GetString()));
        fixture.Room = enough;
        Assert.Equal(200, (await SnapshotApiTests.AnswerAsync(
            fixture.Functions.Compare(SnapshotApiTests.Request("GET"), first, second, Token))).Status);
    }

    /// <summary>Temporary files of so many bytes at most; with less than none, no such folder.</summary>
    internal static Func<Stream> Little(long room) => () => room < 0
        ? TempFiles.In(Path.Combine(Path.GetTempPath(), "friendcity-no-such-folder")).Open()
        : new LittleRoom(room);

    private sealed class LittleRoom(long room) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            Take(buffer.Length);
            base.Write(buffer);
        }

        public override void Write(byte[] buffer, int offset, int count)
        {
            Take(count);
            base.Write(buffer, offset, count);
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Take(buffer.Length);
            return base.WriteAsync(buffer, cancellationToken);
        }

        private void Take(int bytes)
        {
            if (Position + bytes > room)
                throw new IOException("No space left on device");
        }
    }
}
