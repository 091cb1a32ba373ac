using FriendCity.Kpis.Facts;
using FriendCity.Kpis.Model;
using FriendCity.Registry;

namespace FriendCity.Kpis.Definitions;

/// <summary>The hub networks: which nodes have a tie, and which are blank.</summary>
internal static class NetworkKpis
{
    public static readonly Kpi Broad = new("K20", new("Hub-network coverage, broad", "枢纽网络覆盖（广义）"),
        new("Nodes at intention or above / nodes in scope", "有意向及以上关系的节点 / 范围内节点"), "ratio", "scope, network", Better.Higher, "P10", 1,
        ["networks", "relationships", "cities"],
        context => Coverage(context, formal: false));

    public static readonly Kpi Formal = new("K21", new("Hub-network coverage, formal", "枢纽网络覆盖（正式）"),
        new("Nodes at a formal stage / nodes in scope", "有正式关系的节点 / 范围内节点"), "ratio", "scope, network", Better.Higher, "P10", 1,
        ["networks", "relationships", "cities"],
        context => Coverage(context, formal: true));

    public static readonly Kpi Blank = new("K22", new("Hub nodes without a tie", "枢纽空白点"),
        new("Nodes in scope below intention, in the network's order", "范围内尚无意向的节点（按网络顺序）"), "nodes", "network", Better.Lower, "P6,P10", 1,
        ["networks", "relationships", "cities"],
        context => Networks(context, (nodes, ties) =>
        {
            var blank = nodes.Where(node => !ties.ContainsKey(node.City.Id)).ToList();
            return new Figure(blank.Count, [.. blank.Select(node => new FigureRow("cities", node.City, node.Node.Source, ["countryId"]))])
            {
                Items = [.. blank.Select(node => node.City.Id)],
            }.RestingOn(Inputs.Ties([.. nodes.Select(node => ties.GetValueOrDefault(node.City.Id)).OfType<CityRelationship>()]));
        }));

    public static readonly Kpi ByDirection = new("hubs-by-direction", new("Hubs by direction", "各方向枢纽节点"),
        new("Nodes in scope by their direction, a city of two networks twice: how many, and how many have a tie at intention or above",
            "范围内各网络节点按方向计（一城属于两个网络的计两次）：节点数，及其中有意向及以上关系的节点数"),
        "nodes", "direction", Better.Neutral, "P10", 1, ["networks", "relationships", "cities"],
        context =>
        {
            var ties = CityRelationship.On(context, context.AsOf).ToDictionary(tie => tie.City.Id);
            return context.Of(Network.Type).SelectMany(network => Hubs(context, network)).Where(hub => hub.Node.Direction is not null)
                .GroupBy(hub => hub.Node.Direction!).OrderBy(hubs => hubs.Key, StringComparer.Ordinal).SelectMany(hubs => new[]
                {
                    Figure.Count([.. hubs.Select(hub => hub.Row)]).As("hubs"),
                    Figure.Count([.. hubs.Select(hub => ties.GetValueOrDefault(hub.City.Id)).OfType<CityRelationship>().Select(tie => tie.Row)])
                        .As("tied") with { Places = [.. hubs.Select(hub => hub.Row)] },
                }.Select(figure => figure.By("direction", hubs.Key).RestingOn(hubs.Select(hub => Inputs.Of(hub.City)))));
        });

    /// <summary>The network's nodes of the day whose country is in scope, in its order; a node whose city is missing is left out.</summary>
    public static IEnumerable<Hub> Hubs(KpiContext context, Network network) =>
        from each in network.Nodes.Select((node, index) => (Node: node, Index: index))
        where context.Counts(each.Node) && each.Node.BelongsOn(context.AsOf)
        orderby each.Node.Sequence
        let city = context.City(each.Node.CityId)
        where city is not null && context.Countries.ContainsKey(city.CountryId)
        select new Hub(network, each.Index, each.Node, city);

    /// <summary>Each network, and all of them together: a city in two networks is a node twice.</summary>
    private static IEnumerable<Figure> Coverage(KpiContext context, bool formal)
    {
        var networks = Networks(context, (nodes, ties) =>
        {
            var tied = nodes.Select(node => ties.GetValueOrDefault(node.City.Id)).OfType<CityRelationship>().Where(tie => !formal || tie.IsFormal)
                .ToList();
            return Covered(tied.Count, nodes.Count, [.. tied.Select(tie => tie.Row)]);
        }).ToList();
        return networks.Prepend(Covered(networks.Sum(each => each.Numerator!.Value), networks.Sum(each => each.Denominator!.Value),
            [.. networks.SelectMany(each => each.Rows)])
            .RestingOn(networks.SelectMany(each => each.Inputs.Concat(each.Places))));
    }

    private static Figure Covered(double tied, double nodes, IReadOnlyList<FigureRow> rows) =>
        Figure.Ratio(tied, nodes, rows, new("The network has no node in scope on that day.", "该日网络在统计范围内没有节点。"));

    /// <summary>A figure for each network.</summary>
    private static IEnumerable<Figure> Networks(KpiContext context, Func<IReadOnlyList<Hub>, IReadOnlyDictionary<string, CityRelationship>,
        Figure> figure)
    {
        var ties = CityRelationship.On(context, context.AsOf).ToDictionary(tie => tie.City.Id);
        foreach (var network in context.Of(Network.Type))
        {
            List<Hub> hubs = [.. Hubs(context, network)];
            yield return figure(hubs, ties).By("network", network.Id).RestingOn(
            [
                .. hubs.Select(hub => Inputs.Of(hub.City)),
                new FigureRow("networks", network, Sources.Weakest([network.Source, .. hubs.Select(hub => hub.Node.Source)]), ["nodes"]),
            ]);
        }
    }

    /// <param name="Index">The node's place in its network's record.</param>
    public sealed record Hub(Network Network, int Index, NetworkNode Node, City City)
    {
        public FigureRow Row => new("networks", Network, Sources.Weakest(Network.Source, Node.Source),
            [$"nodes/{Index}/cityId", $"nodes/{Index}/direction"]);
    }
}
