using FriendCity.Records;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Unit.Records;

public sealed class RecordSetTests
{
    [Fact]
    public void Records_stand_in_the_order_of_their_ids()
    {
        var set = Set(("b", 1), ("a", 1), ("B", 1), ("_", 1), ("a-1", 1))
            .With([NoteRecord.Of("0", 1, ""), NoteRecord.Of("a0", 1, ""), NoteRecord.Of("z", 1, "")]);
        Assert.Equal(["0", "B", "_", "a", "a-1", "a0", "b", "z"], Ids(set));
        Assert.All(Ids(set), id => Assert.Equal(id, set.Find(id)!.Id));
    }

    [Fact]
    public void A_newer_version_replaces_an_older_one_and_never_the_other_way_round()
    {
        var set = Set(("a", 2), ("b", 5)).With([NoteRecord.Of("a", 3, "new"), NoteRecord.Of("b", 4, "old")]);
        Assert.Equal([3L, 5L], Enumerable.Range(0, set.Count).Select(i => set[i].Version));
    }

    [Fact]
    public void Of_several_versions_of_one_record_the_newest_wins()
    {
        var set = Set().With([NoteRecord.Of("a", 2, ""), NoteRecord.Of("a", 7, "newest"), NoteRecord.Of("a", 3, "")]);
        Assert.Equal(("newest", 1), (((NoteRecord)set[0]).Text, set.Count));
    }

    [Fact]
    public void The_same_version_again_changes_nothing()
    {
        var set = Set(("a", 1));
        Assert.Same(set, set.With([NoteRecord.Of("a", 1, "again")]));
    }

    [Fact]
    public void The_old_set_stays_as_it_was()
    {
        var set = Set(("a", 1));
        set.With([NoteRecord.Of("a", 2, ""), NoteRecord.Of("b", 1, "")]);
        Assert.Equal((1, 1L), (set.Count, set[0].Version));
    }

    [Fact]
    public void A_digest_is_the_same_by_whatever_way_a_set_came_to_be_and_another_for_another_set()
    {
        var set = Set(("a", 1), ("b", 5), ("c", 2));
        var digest = set.Digest;
        var changed = set.With([NoteRecord.Of("b", 6, ""), NoteRecord.Of("d", 1, "")]);
        Assert.Equal(Set(("d", 1), ("c", 2), ("b", 6), ("a", 1)).Digest, changed.Digest);
        Assert.Equal(digest, Set(("c", 2), ("b", 5), ("a", 1)).Digest);
        Assert.Equal(6, new[] { set, changed, Set(), Set(("a", 1)), Set(("a", 2)), Set(("a", 1), ("b", 6), ("c", 2)) }.Select(each => each.Digest)
            .Distinct().Count());
    }

    [Fact]
    public void What_changed_since_another_set_is_told()
    {
        var set = Set([.. Enumerable.Range(0, 1000).Select(n => ($"r{n:0000}", 1L))]);
        var changed = set.With([NoteRecord.Of("r0500", 2, ""), NoteRecord.Of("r0501x", 1, ""), NoteRecord.Of("z", 1, "")]);
        Assert.Equal(["r0500", "r0501x", "z"], changed.Since(set).Select(record => record.Id));
        Assert.Empty(set.Since(set));
        Assert.Equal(["r0500"], set.Since(changed).Select(record => record.Id));
        Assert.Equal(1000, set.Since(Set()).Count());
    }

    private static RecordSet Set(params (string Id, long Version)[] records) =>
        NoteRecord.Type.EmptySet.With([.. records.Select(record => NoteRecord.Of(record.Id, record.Version, ""))]);

    private static IEnumerable<string> Ids(RecordSet set) => Enumerable.Range(0, set.Count).Select(i => set[i].Id);
}
