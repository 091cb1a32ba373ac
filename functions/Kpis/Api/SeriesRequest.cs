using FriendCity.Http;
using FriendCity.Http.Errors;
using FriendCity.Records;

namespace FriendCity.Kpis.Api;

/// <summary>The days of a series: <c>to</c>, and back from it by steps as long as <c>from</c> is not passed. The oldest comes first.</summary>
internal static class SeriesRequest
{
    public const int MaxPoints = 500;

    private static readonly Dictionary<string, Func<DateOnly, int, DateOnly?>> Steps = new()
    {
        ["day"] = (day, n) => Records.Days.TryPlusDays(day, n),
        ["month"] = (day, n) => Records.Days.TryPlusMonths(day, n),
        ["quarter"] = (day, n) => Records.Days.TryPlusMonths(day, 3 * n),
        ["year"] = (day, n) => Records.Days.TryPlusMonths(day, 12 * n),
    };

    /// <exception cref="ProblemException">A parameter that cannot be understood, or too many points.</exception>
    public static (KpiRequest Request, IReadOnlyList<DateOnly> Days) Read(HttpRequest request, KpiReads reads)
    {
        var asked = reads.Read(request, "from", "to", "step");
        var to = KpiRequest.Day(request, "to", asked.AsOf);
        var from = KpiRequest.Day(request, "from", to.PlusYears(-1));
        if (from > to)
            throw Parameters.Wrong("from", "not later than 'to'.", "不得晚于 to。");
        if (!Steps.TryGetValue(Parameters.Text(request, "step") ?? "month", out var step))
            throw Parameters.Wrong("step", $"one of {string.Join(", ", Steps.Keys)}.", $"可选：{string.Join("、", Steps.Keys)}。");

        var days = Days(from, to, step);
        return days.Count <= MaxPoints
            ? (asked with { AsOf = to }, days)
            : throw Parameters.Wrong("step", $"a series has at most {MaxPoints} points; take a longer step or a shorter time.",
                $"一个序列最多 {MaxPoints} 个点；请加大步长或缩短时间范围。");
    }

    /// <summary>
    /// One more than allowed at most, none before the calendar begins. Each is counted from the end, so that a month's last day stays one.
    /// </summary>
    private static List<DateOnly> Days(DateOnly from, DateOnly to, Func<DateOnly, int, DateOnly?> step)
    {
        var days = new List<DateOnly>();
        for (var n = 0; days.Count <= MaxPoints && step(to, -n) is { } day && day >= from; n++)
            days.Add(day);
        days.Reverse();
        return days;
    }
}
