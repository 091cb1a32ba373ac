using System.Globalization;
using FriendCity.Kpis.Model;
using FriendCity.Registry;

namespace FriendCity.Kpis.Definitions;

/// <summary>Series from outside, as they were published.</summary>
internal static class TradeKpis
{
    public static readonly Kpi Trade = new("K44", new("SCODA trade with SCO countries", "示范区对上合贸易额"),
        new("As published for each year up to the day; the whole is the newest year", "截至当日各年度公布数；总数为最近年度"), "CNY 100 m", "scope, year",
        Better.Higher, "P10,P13", 1, ["reported-figures"],
        context =>
        {
            var years = context.Of(ReportedFigure.Type).Where(figure => figure.Indicator == "SCODA_SCO_TRADE" && figure.Date <= context.AsOf)
                .GroupBy(figure => figure.Date!.Value.Year).OrderBy(year => year.Key)
                    .Select(year => (Year: year.Key.ToString(CultureInfo.InvariantCulture), Newest: year.MaxBy(figure => figure.Date)!)).ToList();
            return years.Count == 0
                ? [Figure.Unknown(new("Nothing was published up to that day.", "截至该日没有公布数据。"))]
                : [Published(years[^1].Newest), .. years.Select(year => Published(year.Newest).By("year", year.Year))];
        },
        Scoped: false);

    private static Figure Published(ReportedFigure figure) =>
        new((double?)figure.Value,
            [new FigureRow("reported-figures", figure, figure.Source, ["indicator", "date", "value", "unit"]) { Amount = (double?)figure.Value
            ?? 0 }])
        { Unit = figure.Unit };
}
