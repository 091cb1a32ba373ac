using FriendCity.Records.Persistence;

namespace FriendCity.Tests.Unit.Records;

public sealed class RecordKeysTests
{
    [Fact]
    public void Ids_spread_over_all_sixteen_partitions()
    {
        var counts = Enumerable.Range(0, 4000).CountBy(n => RecordKeys.Partition($"id-{n}")).ToDictionary();
        Assert.Equal(RecordKeys.Partitions.Order(StringComparer.Ordinal), counts.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(16, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, 150, 350));
    }

    [Theory]
    [InlineData("CNTAO", "a")]
    [InlineData("abc", "b")]
    public void A_partition_is_the_first_digit_of_the_hash_for_ever(string id, string partition) => Assert.Equal(partition, RecordKeys.Partition(id));

    [Fact]
    public void Versions_sort_as_numbers_and_stay_within_their_record()
    {
        long[] versions = [1, 2, 9, 10, 11, 99, 100, 12_345, 9_999_999_999];
        var keys = versions.Select(version => RecordKeys.History("a", version)).ToList();
        Assert.Equal(keys, keys.Order(StringComparer.Ordinal));
        Assert.All(keys, key => Assert.True(IsIn(key, RecordKeys.HistoryFrom("a"), RecordKeys.HistoryBefore("a"))));
    }

    [Theory]
    [InlineData("a-")]
    [InlineData("a_")]
    [InlineData("a0")]
    [InlineData("aa")]
    [InlineData("aA")]
    [InlineData("aZ9")]
    [InlineData("A")]
    public void The_history_of_one_record_holds_no_rows_of_another(string other) =>
        Assert.False(IsIn(RecordKeys.History(other, 1), RecordKeys.HistoryFrom("a"), RecordKeys.HistoryBefore("a")));

    [Theory]
    [InlineData("-")]
    [InlineData("zzz")]
    [InlineData("Z_9")]
    public void Current_rows_stand_apart_from_history(string id)
    {
        Assert.True(IsIn(RecordKeys.Current(id), RecordKeys.CurrentFrom, RecordKeys.CurrentBefore));
        Assert.False(IsIn(RecordKeys.History(id, 1), RecordKeys.CurrentFrom, RecordKeys.CurrentBefore));
    }

    private static bool IsIn(string key, string from, string before) =>
        string.CompareOrdinal(key, from) >= 0 && string.CompareOrdinal(key, before) < 0;
}
