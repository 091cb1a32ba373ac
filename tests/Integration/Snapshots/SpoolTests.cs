using FriendCity.Snapshots.Tables;
using FriendCity.Storage;
using FriendCity.Storage.TemporaryFiles;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Integration.Snapshots;

/// <summary>Temporary files of a run, counted by what this process holds open: nothing else may run meanwhile.</summary>
[Collection<SequentialCollection>]
public sealed class SpoolTests
{
    private static readonly DateOnly Day = new(2026, 11, 21);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void A_spool_leaves_no_file_behind()
    {
        var folder = Directory.CreateTempSubdirectory("friendcity-spool").FullName;
        using (var spool = TempFiles.In(folder).Open())
        {
            spool.WriteByte(1);
            Assert.Equal(OperatingSystem.IsWindows() ? 1 : 0, Directory.GetFiles(folder).Length);
        }

        Assert.Empty(Directory.GetFiles(folder));
        Directory.Delete(folder);
    }

    [Fact]
    public async Task Rows_that_throw_leave_nothing_open()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Open files are counted by /proc.");
        var fixture = await SnapshotFixture.OpenAsync();
        var (before, during) = (Held(), 0);
        await Assert.ThrowsAsync<InvalidOperationException>(() => SnapshotCheckTests.StoreAsync(fixture, "x", Rows()));
        Assert.Equal((before + 3, before), (during, Held()));

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
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Open files are counted by /proc.");
        var fixture = await SnapshotFixture.OpenAsync();
        await fixture.PublishAsync(SnapshotFixture.Final(20));
        var (before, failed) = (Held(), 0);
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

            Assert.Equal(before, Held());
            fixture.Blobs.BreakLeases();
        }

        Assert.InRange(failed, 10, 17);
    }

    private static int Held() => Directory.EnumerateFileSystemEntries("/proc/self/fd")
        .Count(entry => new FileInfo(entry).LinkTarget is { } target && target.StartsWith(Path.GetTempPath(), StringComparison.Ordinal)
            && target.EndsWith(".tmp (deleted)", StringComparison.Ordinal));
}

/// <summary>Tests that measure the whole process.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class SequentialCollection;
