using FriendCity.Kpis.Facts;
using FriendCity.Kpis.Model;
using FriendCity.Records;
using FriendCity.Registry;

namespace FriendCity.Kpis.Definitions;

/// <summary>Ties where there is a route, and which door opened them.</summary>
internal static class ConnectionKpis
{
    private static readonly string[] Direct = ["air", "rail"];

    public static readonly Kpi Routes = new("K23", new("Air and rail cities with a tie", "通航/班列城市结好率"),
        new("Cities in scope with a direct flight or block train on the day and a tie at intention or above / all such cities; those without a tie "
            + "are listed", "当日有直航或班列且阶段为意向及以上的范围内城市数 / 全部直航或班列城市数；并列出尚无关系的城市"),
        "ratio", "scope, mode", Better.Higher, "P6", 1, ["transport-links", "relationships", "cities"],
        CityRelationship.Explained(context =>
        {
            var links = context.Of(TransportLink.Type)
                .Where(link => Direct.Contains(link.Mode) && link.RunsOn(context.AsOf) && context.InScope(link.CityId)).ToList();
            return [Tied(context, links), .. Direct.Select(mode => Tied(context, [.. links.Where(link => link.Mode == mode)]).By("mode", mode))];
        }));

    public static readonly Kpi Channels = new("K38", new("Channel effectiveness", "渠道效能"),
        new("Ties of the day by the channel that opened them, and how many of the channel's intentions up to the day were followed by a formal stage",
            "当日友好关系按开启渠道统计，以及各渠道截至当日的意向转为正式关系的比例"),
        "relationships", "channel", Better.Neutral, "P2", 1, ["relationships", "cities"],
        CityRelationship.Explained(context =>
        {
            var ties = CityRelationship.On(context, context.AsOf).ToLookup(tie => Channel(tie.Relationship),
                tie => tie.Row with { Fields = [.. tie.Row.Fields, "openingChannel"] });
            var intentions = Intention.Cohort(context).ToLookup(intention => Channel(intention.Relationship));
            return Relationship.Channels.Append("unknown").SelectMany(channel => new[]
            {
                Figure.Count([.. ties[channel]]).As("relationships").By("channel", channel)
                    .RestingOn(Cities(context, ties[channel].Select(row => row.Record))),
                Figure.Ratio(intentions[channel].Count(each => each.Days is not null), intentions[channel].Count(),
                    [.. intentions[channel].Select(each => each.Row)],
                    new("There was no intention through this channel up to that day.", "截至该日没有经此渠道的意向。")).As("conversion", "ratio")
                        .By("channel", channel)
                    .RestingOn(Cities(context, intentions[channel].Select(each => each.Relationship))),
            });
        }));

    private static IEnumerable<FigureRow> Cities(KpiContext context, IEnumerable<Record> relationships) =>
        Inputs.Cities(context, relationships.Select(relationship => ((Relationship)relationship).CityId));

    private static string Channel(Relationship relationship) => relationship.OpeningChannel ?? "unknown";

    private static Figure Tied(KpiContext context, IReadOnlyList<TransportLink> links)
    {
        var cities = links.Select(link => link.CityId).Distinct().Order(StringComparer.Ordinal).ToList();
        var ties = CityRelationship.On(context, context.AsOf).Where(tie => cities.Contains(tie.City.Id)).ToList();
        var rows = links.Select(link => new FigureRow("transport-links", link, link.Source, ["cityId", "mode", "since", "until"]))
            .Concat(ties.Select(tie => tie.Row));
        return Figure.Ratio(ties.Count, cities.Count, [.. rows], new("No such route is in the registry on that day.", "该日登记中没有此类线路。"))
            .RestingOn(Inputs.Cities(context, cities)) with
        {
            Items = [.. cities.Where(city => !CityRelationship.Circle(context).Contains(city))],
        };
    }
}
