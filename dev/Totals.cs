namespace FriendCity.Dev;

internal sealed record Totals(int Passed, int Failed, int Skipped)
{
    public static Totals None { get; } = new(0, 0, 0);

    /// <summary>The names of the tests that failed.</summary>
    public IReadOnlyList<string> Failures { get; init; } = [];

    public static Totals operator +(Totals one, Totals other) =>
        new(one.Passed + other.Passed, one.Failed + other.Failed, one.Skipped + other.Skipped)
    {
        Failures = [.. one.Failures, .. other.Failures],
    };

    /// <summary>The last line of a test run, which continuous integration reads.</summary>
    public override string ToString() => $"{Passed} passed, {Failed} failed" + (Skipped > 0 ? $", {Skipped} skipped" : "");
}
