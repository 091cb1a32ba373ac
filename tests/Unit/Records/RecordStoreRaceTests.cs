using FriendCity.Records.Persistence;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Unit.Records;

public sealed class RecordStoreRaceTests
{
    private const int Writers = 32;
    private const int Increments = 10;

    [Fact]
    public async Task Of_many_writers_on_several_instances_none_loses_an_update()
    {
        var tables = new FakeTables(TimeProvider.System) { After = async _ => await Task.Yield() };
        using var first = new Instance(tables, TimeProvider.System);
        using var second = new Instance(new FakeTables(TimeProvider.System, tables.Data) { Before = async _ => await Task.Yield() },
            TimeProvider.System);
        await Task.WhenAll(first.Replica.ReadAsync(CancellationToken.None), second.Replica.ReadAsync(CancellationToken.None));
        await first.Store.WriteAsync(NoteRecord.Type, "a", "tests", _ => new WritePlan.Store(NoteRecord.Of("", 0)), CancellationToken.None);
        var stale = await Task.WhenAll(Enumerable.Range(0, Writers).Select(n => Task.Run(() => IncrementAsync(n % 2 == 0 ? first : second))));

        var memo = (await second.ReadAsync("a"))!;
        Assert.Equal((Writers * Increments, (Writers * Increments) + 1), (memo.Count, memo.Version));
        Assert.NotEqual(0, stale.Sum());
        var history = await first.Store.HistoryAsync(NoteRecord.Type, "a", CancellationToken.None);
        Assert.Equal(Enumerable.Range(0, (Writers * Increments) + 1).Select(n => (long?)n), history.Select(version => ((NoteRecord)version).Count));
        await Audit.HoldsAsync(tables, NoteRecord.Types);
    }

    /// <summary>As a client does: read, add one, write on condition that the version is still the one read; otherwise again.</summary>
    private static async Task<int> IncrementAsync(Instance instance)
    {
        var stale = 0;
        for (var done = 0; done < Increments;)
        {
            var read = (await instance.ReadAsync("a"))!;
            var outcome = await instance.Store.WriteAsync(NoteRecord.Type, "a", "tests", current => current!.Version == read.Version
                ? new WritePlan.Store(NoteRecord.Of("", read.Count + 1))
                : new WritePlan.Nothing(new WriteOutcome.Stale(current.Version)), CancellationToken.None);
            if (outcome is WriteOutcome.Stored)
            {
                done++;
                continue;
            }

            Assert.IsType<WriteOutcome.Stale>(outcome);
            // A writer that never gets to see the newest version would try for ever.
            Assert.InRange(++stale, 1, 20_000);
        }

        return stale;
    }
}
