using FriendCity.Records.Query;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Unit.Records.Query;

/// <summary>Instants are compared to their last digit (RFC 3339 §5.6): none is cut to what a clock holds.</summary>
public sealed class InstantTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 25, 8, 0, 0, 123, TimeSpan.Zero);

    [Theory]
    [InlineData("eq 2026-03-25T08:00:00.123Z", true)]
    [InlineData("eq 2026-03-25T08:00:00.123000000000Z", true)]
    [InlineData("eq 2026-03-25T16:00:00.1230+08:00", true)]
    [InlineData("eq 2026-03-25t08:00:00.123z", true)]
    [InlineData("eq 2026-03-25T08:00:00.1230000001Z", false)]
    [InlineData("ne 2026-03-25T08:00:00.1230000001Z", true)]
    [InlineData("lt 2026-03-25T08:00:00.123000000001Z", true)]
    [InlineData("le 2026-03-25T08:00:00.123000000001Z", true)]
    [InlineData("ge 2026-03-25T08:00:00.123000000001Z", false)]
    [InlineData("gt 2026-03-25T08:00:00.122999999999Z", true)]
    [InlineData("in (2026-03-25T08:00:00.123000000001Z)", false)]
    [InlineData("in (2026-03-25T08:00:00.123000000001Z,2026-03-25T08:00:00.123Z)", true)]
    [InlineData("gt 2026-03-25T07:59Z", true)]
    public void A_literal_matches_its_own_instant_alone(string test, bool matches)
    {
        var memo = NoteRecord.Of("m", 1, "x");
        memo.ChangedAt = At;
        Assert.Equal(matches, NoteRecord.Type.Query(new("memos", $"changedAt {test}", null, null, null))
            .Run(NoteRecord.Type.EmptySet.With([memo]), null, 1, false)!.Records.Count == 1);
    }

    [Theory]
    [InlineData("2026-03-25T08:00:00.1234567Z", 1234567, 0)]
    [InlineData("2026-03-25T08:00:00.12345670Z", 1234567, 0)]
    [InlineData("2026-03-25T08:00:00.12345674999Z", 1234567, 1)]
    [InlineData("2026-03-25T08:00:00.123456700001Z", 1234567, 1)]
    [InlineData("2026-03-25T08:00:00.9Z", 9000000, 0)]
    public void What_a_clock_does_not_hold_is_told(string text, int ticks, int side)
    {
        var parsed = Instants.Parse(text)!.Value;
        Assert.Equal((ticks, side), ((int)(parsed.Value.Ticks % TimeSpan.TicksPerSecond), parsed.Side));
        Assert.Equal(parsed.Value, Instants.Parse(Instants.Format(parsed.Value))!.Value.Value);
    }
}
