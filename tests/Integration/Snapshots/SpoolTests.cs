using FriendCity.Snapshots.Tables;
using FriendCity.Storage;
using FriendCity.Storage.TemporaryFiles;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Integration.Snapshots;

/// <summary>Temporary files of a run, in a folder of their own: what else this process holds open does not count.</summary>
public sealed class SpoolTests : IDisposable
{
    private static readonly DateOnly Day = new(2026, 11, 21);

    private readonly string _folder = Directory.CreateTempSubdirectory("friendcity-spool").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void A_spool_leaves_no_file_behind()
    {
        using (var spool = TempFiles.In(_folder).Open())
        {
            spool.WriteByte(1);
            Assert.Equal(OperatingSystem.IsWindows() ? 1 : 0, Directory.GetFiles(_folder).Length);
        }

        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task Rows_that_throw_leave_nothing_open()
    {
        var fixture = await OpenAsync();
        var during = 0;
        await Assert.ThrowsAsync<InvalidOperationException>(() => SnapshotCheckTests.StoreAsync(fixture, "x", Rows()));
        Assert.Equal((3, 0), (during, Held()));

        IEnumerable<object?[]> Rows()
        {
            yield return CityTable.Table.Read(fixture.Registry, Day).Rows[0];
            during = Held();
            throw new InvalidOperationException("No more rows.");
        }
    }

    [Fact]
    public async Task Runs_that_fail_anywhere_leave_nothing_open()
    {
        var fixture = await OpenAsync();
        await fixture.PublishAsync(SnapshotFixture.Final(20));
        var failed = 0;
        for (var call = 3; call < 100; call += 6)
        {
            fixture.Blobs.Heal();
            fixture.Blobs.Harm = (call, BlobFault.Die);
            try
            {
                await fixture.Run.RunAsync(SnapshotFixture.Final(21), Token);
            }
            catch (StorageException)
            {
                failed++;
            }

            Assert.Equal(0, Held());
            fixture.Blobs.BreakLeases();
        }

        Assert.InRange(failed, 10, 17);
    }

    public void Dispose() => Directory.Delete(_folder);

    private async Task<SnapshotFixture> OpenAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Open files are counted by /proc.");
        var fixture = await SnapshotFixture.OpenAsync();
        fixture.Room = () => TempFiles.In(_folder).Open();
        return fixture;
    }

    private int Held() => Directory.EnumerateFileSystemEntries("/proc/self/fd")
        .Count(entry => new FileInfo(entry).LinkTarget is { } target && target.StartsWith(_folder, StringComparison.Ordinal));
}
