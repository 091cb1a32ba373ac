using System.Globalization;
using FriendCity.Messages;
using FriendCity.Records;
using FriendCity.Registry;
using FriendCity.Snapshots.Contracts;

namespace FriendCity.Snapshots.Tables;

/// <summary>
/// The table <c>dim_date</c>: whole years, from the first in which anything is dated to that of the snapshot, or later if facts are.
/// </summary>
internal static class DateTable
{
    private static readonly Columns<DateOnly> C = new();

    /// <summary>Back-fills begin here, so the table reaches back to it whatever the records hold.</summary>
    private const int FirstYear = 2018;

    // A date far off is a slip of the pen; the table does not grow by centuries for it.
    private const int EarliestYear = 1949;
    private const int LatestYear = 2099;

    private static readonly Text[] Months =
    [
        new("January", "一月"), new("February", "二月"), new("March", "三月"), new("April", "四月"), new("May", "五月"), new("June", "六月"),
        new("July", "七月"), new("August", "八月"), new("September", "九月"), new("October", "十月"), new("November", "十一月"), new("December", "十二月"),
    ];

    public static readonly SnapshotTable Table = new SnapshotTable<DateOnly>("dim_date", new("Dates", "日期"), ["date"],
    [
        C.Date("date", "Day", "日期", d => d),
        C.Integer("year", "Year", "年", d => d.Year),
        C.Integer("quarter", "Quarter, 1 to 4", "季度(1–4)", d => ((d.Month - 1) / 3) + 1),
        C.Integer("month", "Month, 1 to 12", "月(1–12)", d => d.Month),
        C.Text("month_name_en", "Month in English", "月份(英文)", d => Months[d.Month - 1].En),
        C.Text("month_name_zh", "Month in Chinese", "月份(中文)", d => Months[d.Month - 1].Zh),
        C.Date("month_start", "First day of the month", "当月首日", d => new DateOnly(d.Year, d.Month, 1)),
        C.Integer("day_of_month", "Day of the month", "日", d => d.Day),
        C.Integer("weekday", "Day of the week, Monday is 1", "星期(星期一为 1)", d => d.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)d.DayOfWeek),
        C.Integer("iso_year", "Year of the ISO 8601 week", "ISO 周所属年", d => ISOWeek.GetYear(d.ToDateTime(default))),
        C.Integer("iso_week", "ISO 8601 week", "ISO 周", d => ISOWeek.GetWeekOfYear(d.ToDateTime(default))),
        C.Flag("is_month_end", "Last day of its month", "是否月末", d => Records.Days.IsMonthEnd(d)),
    ],
    Days);

    private static IEnumerable<DateOnly> Days(SnapshotDay day)
    {
        var years = Dated(day.Registry).OfType<DateOnly>().Select(date => date.Year).Where(year => year is >= EarliestYear and <= LatestYear)
            .Append(FirstYear).Append(day.Date.Year).ToList();
        var (from, to) = (new DateOnly(years.Min(), 1, 1), new DateOnly(years.Max(), 12, 31));
        return Enumerable.Range(from.DayNumber, to.DayNumber - from.DayNumber + 1).Select(DateOnly.FromDayNumber);
    }

    /// <summary>What the star's date columns can hold.</summary>
    private static IEnumerable<DateOnly?> Dated(RegistrySnapshot registry) =>
    [
        .. registry.Of(Relationship.Type).Live.SelectMany(relationship => relationship.Stages).Select(stage => stage.Date),
        .. registry.Of(Project.Type).Live.SelectMany(project => (DateOnly?[])[project.AgreementDate, project.StartDate, project.EndDate,
            .. project.StatusEvents.Select(each => each.Date)]),
        .. registry.Of(Activity.Type).Live.Select(activity => activity.Date),
        .. registry.Of(Platform.Type).Live.SelectMany(platform => platform.Embeddings)
            .SelectMany(each => (DateOnly?[])[each.Since, each.RenewedOn, each.Until]),
        .. registry.Of(Country.Type).Live.SelectMany(country => country.ScoStatus).Select(status => status.ValidFrom),
    ];
}
