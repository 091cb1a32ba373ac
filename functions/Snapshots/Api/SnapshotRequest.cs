using FriendCity.Http;
using FriendCity.Http.Errors;
using FriendCity.Records;
using FriendCity.Records.Schemas;
using FriendCity.Snapshots.Contracts;

namespace FriendCity.Snapshots.Api;

/// <summary>
/// What a caller asks to be made: nothing is today's provisional snapshot, <c>date</c> that of another day, <c>from</c> (with <c>to</c> and
/// <c>step</c>) a back-fill of the days in between.
/// </summary>
internal static class SnapshotRequest
{
    private const string Month = "month";
    private const string EachDay = "day";

    /// <summary>Eleven years of days: more is a slip of the pen.</summary>
    private const int MaxDays = 4_000;

    /// <exception cref="ProblemException">A parameter that cannot be understood.</exception>
    public static (DateOnly Day, IReadOnlyList<DateOnly> Days) Read(HttpRequest request, DateOnly today)
    {
        Parameters.Check(request, "date", "from", "to", "step");
        if (Parameters.Text(request, "from") is null)
        {
            if ((string[])["to", "step"] is var others && others.FirstOrDefault(name => Parameters.Text(request, name) is not null) is { } other)
                throw Parameters.Wrong(other, "goes with from.", "须与 from 一同使用。");
            return (Day(request, "date", today, today), []);
        }

        if (Parameters.Text(request, "date") is not null)
            throw Parameters.Wrong("date", "a back-fill makes a snapshot of today; leave it out.", "回填生成当日快照，请勿指定。");
        var yesterday = today.PlusDays(-1);
        var to = Day(request, "to", yesterday, yesterday);
        var from = Day(request, "from", default, to);
        var step = Parameters.Text(request, "step") ?? Month;
        if (step is not (Month or EachDay))
            throw Parameters.Wrong("step", "month or day.", "应为 month 或 day。");
        return to.DayNumber - from.DayNumber < MaxDays || step == Month && to.Year - from.Year < MaxDays / 12
            ? (today, [.. step == Month ? Records.Days.MonthEnds(from, to) : Records.Days.Each(from, to)])
            : throw Parameters.Wrong("from", $"at most {MaxDays} days.", $"至多 {MaxDays} 天。");
    }

    private static DateOnly Day(HttpRequest request, string name, DateOnly standard, DateOnly latest) =>
        Parameters.Text(request, name) is not { } text ? standard
        : DateFieldType.TryParse(text, out var day) && day >= Records.Days.First && day <= latest ? day
        : throw Parameters.Wrong(name, $"a day as yyyy-MM-dd, not before {Cells.Format(Records.Days.First)} and not after {Cells.Format(latest)}.",
            $"日期格式为 yyyy-MM-dd，且不早于 {Cells.Format(Records.Days.First)}、不晚于 {Cells.Format(latest)}。");
}
