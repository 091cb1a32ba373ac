using FriendCity.Records;

namespace FriendCity.Tests.Unit.Records;

public sealed class UlidTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 9, 59, 59, 999, TimeSpan.Zero);

    [Fact]
    public void Ulids_sort_by_their_time()
    {
        var ulids = Enumerable.Range(0, 2000).Select(n => Ulid.New(Start.AddMilliseconds(n * 7919L * 7919))).ToList();
        Assert.Equal(ulids, ulids.Order(StringComparer.Ordinal));
        Assert.All(ulids, ulid => Assert.Matches("^[0-9A-HJKMNP-TV-Z]{26}$", ulid));
        Assert.Equal(ulids.Count, ulids.Distinct().Count());
    }

    [Fact]
    public void The_first_of_a_millisecond_is_a_lower_bound_of_it_and_above_the_one_before()
    {
        for (var n = 0; n < 500; n++)
        {
            // Ticks within the millisecond do not matter: a bound taken later in it still includes its beginning.
            var within = Start.AddMilliseconds(n).AddTicks(n * 19);
            var first = Ulid.First(within);
            Assert.True(string.CompareOrdinal(first, Ulid.New(Start.AddMilliseconds(n))) <= 0);
            Assert.True(string.CompareOrdinal(first, Ulid.New(Start.AddMilliseconds(n - 1))) > 0);
            Assert.True(string.CompareOrdinal(first, Ulid.New(Start.AddMilliseconds(n + 1))) < 0);
        }
    }

    [Fact]
    public void Two_ulids_of_one_instant_differ() => Assert.NotEqual(Ulid.New(Start), Ulid.New(Start));

    [Fact]
    public void A_known_instant_has_its_known_text() =>
        // 1469918176385 ms is the example of the ULID specification.
        Assert.StartsWith("01ARYZ6S41", Ulid.New(DateTimeOffset.FromUnixTimeMilliseconds(1469918176385)), StringComparison.Ordinal);
}
