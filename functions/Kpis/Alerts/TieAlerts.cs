using FriendCity.Kpis.Definitions;
using FriendCity.Kpis.Facts;
using FriendCity.Kpis.Model;
using FriendCity.Records;
using FriendCity.Registry;

namespace FriendCity.Kpis.Alerts;

/// <summary>Cities that went silent, letters that led nowhere, and places where a tie is missing.</summary>
internal static class TieAlerts
{
    public static readonly AlertRule Dormant = new("dormant_city", "K13", new("Dormant city", "休眠友城"), context =>
    {
        var ties = CityRelationship.On(context, context.AsOf).ToDictionary(tie => tie.Relationship.Id);
        return Rows(context, DormancyKpis.Dormant).Select(row => ties[row.Record.Id]).Select(tie =>
        {
            var last = context.Of(Activity.Type).Where(activity => activity.Day <= context.AsOf && activity.CityIds.Contains(tie.City.Id))
                .Max(activity => activity.Date);
            // The day on which the figure began to count the city: it had to be silent, and in the circle.
            var tied = tie.Since(context);
            var since = last is { } held && Silence.Since(held, context.Window) is var silent && silent > tied ? silent : tied;
            return new Alert(!(last >= context.AsOf.PlusMonths(-2 * context.Window)) ? Severity.Critical : Severity.Warning, since, last is { } day
                ? new($"{tie.City.NameEn} has been silent since its last activity on {AlertRules.Day(day)}.",
                    $"{tie.City.NameZh}自 {AlertRules.Day(day)} 最后一次活动后再无往来。")
                : new($"No activity with {tie.City.NameEn} is on record.", $"{tie.City.NameZh}尚无任何活动记录。"), [tie.Row]);
        });
    });

    public static readonly AlertRule Stale = new("stale_intention", "K10", new("Stale intention", "久未转化意向"), context =>
    {
        var ties = CityRelationship.On(context, context.AsOf).ToDictionary(tie => tie.Relationship.Id);
        return Rows(context, IntentionKpis.Stale).Select(row => ties[row.Record.Id])
            .Select(tie => new Alert(Severity.Warning, tie.Stage.Day.PlusDays(IntentionKpis.StaleDays + 1),
            new($"{tie.City.NameEn} has been at intention since {AlertRules.Day(tie.Stage.Day)}.",
                $"{tie.City.NameZh}自 {AlertRules.Day(tie.Stage.Day)} 起停留在意向阶段。"), [tie.Row]));
    });

    public static readonly AlertRule Gap = new("coverage_gap", "K11", new("Country without a city", "覆盖缺口国家"), context =>
        Rows(context, TieKpis.Gaps).Select(row => (Row: row, Country: (Country)row.Record))
            .Select(gap => new Alert(Severity.Info, gap.Country.StatusOn(context.AsOf, context.Counts)?.From,
            new($"{gap.Country.NameEn} is in scope and has no city of the circle.", $"{gap.Country.NameZh}在统计范围内，尚无朋友圈城市。"), [gap.Row])));

    public static readonly AlertRule Hub = new("hub_without_tie", "K22", new("Hub node without a tie", "枢纽空白点"), context =>
        from figure in NetworkKpis.Blank.Figures(context)
        where figure.Dimension is not null
        let network = context.Get(Network.Type, figure.Dimension!.Value.Value)
        where network is not null
        from row in figure.Rows
        let city = (City)row.Record
        let node = network.Nodes.First(each => each.CityId == city.Id && context.Counts(each) && each.BelongsOn(context.AsOf))
        select new Alert(Severity.Warning, node.Since,
            new($"{city.NameEn}, a node of {network.NameEn}, has no tie.", $"{network.NameZh}节点{city.NameZh}尚无友好渠道。"),
            [row, new FigureRow("networks", network, Sources.Weakest(network.Source, row.Source), ["nodes"])]));

    public static readonly AlertRule Route = new("route_without_tie", "K23", new("Route without a tie", "通航/班列城市无友好渠道"), context =>
        from figure in ConnectionKpis.Routes.Figures(context)
        where figure.Dimension is null
        from id in figure.Items ?? []
        let city = context.City(id)
        where city is not null
        let links = figure.Rows.Where(row => row.Record is TransportLink link && link.CityId == id).ToList()
        select new Alert(Severity.Info, links.Min(row => ((TransportLink)row.Record).Since),
            new($"{city.NameEn} has a direct route and no tie.", $"{city.NameZh}已通航或开行班列，尚无友好渠道。"), links));

    private static IEnumerable<FigureRow> Rows(KpiContext context, Kpi kpi) => kpi.Figures(context).SelectMany(figure => figure.Rows);
}
