using FriendCity.Snapshots.Tables;
using FriendCity.Storage;
using FriendCity.Storage.TemporaryFiles;

namespace FriendCity.Tests.Snapshots;

/// <summary>Temporary files of a run, counted by what this process holds open: nothing else may run meanwhile.</summary>
[Collection<Alone>]
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
        var bench = await Bench.OpenAsync();
        var (before, during) = (Held(), 0);
        await Assert.ThrowsAsync<InvalidOperationException>(() => SnapshotCheckTests.StoreAsync(bench, "x", Rows()));
        Assert.Equal((before + 3, before), (during, Held()));

        IEnumerable<object?[]> Rows()
        {
            yield return CityTable.Table.Read(bench.View, Day).Rows[0];
            during = Held();
            throw new InvalidOperationException("No more rows.");
        }
    }

    [Fact]
    public async Task Runs_that_fail_anywhere_leave_nothing_open()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Open files are counted by /proc.");
        var bench = await Bench.OpenAsync();
        await bench.PublishAsync(Bench.Final(20));
        var (before, failed) = (Held(), 0);
        for (var call = 3; call < 100; call += 6)
        {
            bench.Blobs.Heal();
            bench.Blobs.Harm = (call, BlobFault.Die);
            try
            {
                await bench.Run.RunAsync(Bench.Final(21), Token);
            }
            catch (StorageException)
            {
                failed++;
            }

            Assert.Equal(before, Held());
            bench.Blobs.BreakLeases();
        }

        Assert.InRange(failed, 10, 17);
    }

    private static int Held() => Directory.EnumerateFileSystemEntries("/proc/self/fd")
        .Count(entry => new FileInfo(entry).LinkTarget is { } target && target.StartsWith(Path.GetTempPath(), StringComparison.Ordinal)
            && target.EndsWith(".tmp (deleted)", StringComparison.Ordinal));
}

/// <summary>Tests that measure the whole process.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class Alone;
