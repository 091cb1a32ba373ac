using FriendCity.Messages;
using FriendCity.Records;
using FriendCity.Records.Schemas;

namespace FriendCity.Registry;

/// <summary>A network of hub cities. It names the directions it reaches for, so that one without a node stands there empty.</summary>
public sealed class Network : Record
{
    private static readonly Fields<Network> F = new();

    internal static readonly RecordType<Network> Type = new("networks", new("Hub networks", "枢纽网络"), () => new Network(),
    [
        F.Text("nameEn", "Name (English)", "英文名称", n => n.NameEn, (n, v) => n.NameEn = v!, required: true),
        F.Text("nameZh", "Name (Chinese)", "中文名称", n => n.NameZh, (n, v) => n.NameZh = v!, required: true),
        F.Codes("directions", "Directions", "方向", NetworkNode.Directions, n => n.Directions, (n, v) => n.Directions = v),
        F.Entries("nodes", "Nodes", "节点", NetworkNode.Schema, n => n.Nodes, (n, v) => n.Nodes = v),
        F.Note(n => n.Note, (n, v) => n.Note = v),
    ],
    NodesStandOnce, NodesHaveADirectionOfTheNetwork);

    public string NameEn { get; private set; } = "";

    public string NameZh { get; private set; } = "";

    public IReadOnlyList<string> Directions { get; private set; } = [];

    public IReadOnlyList<NetworkNode> Nodes { get; private set; } = [];

    public string? Note { get; private set; }

    private static void NodesStandOnce(Network network, RegistrySnapshot registry, ValidationContext validation)
    {
        for (var i = 0; i < network.Nodes.Count; i++)
        {
            var node = network.Nodes[i];
            Periods.Check(validation, $"/nodes/{i}/until", node.Since, node.Until);
            var together = network.Nodes.Take(i).Where(node.Overlaps).ToList();
            if (together.Exists(other => other.CityId == node.CityId))
                validation.Refuse($"/nodes/{i}/cityId", "duplicate", "The city stands in the network twice at the same time.", "该城市在同一时期重复列入网络。");
            if (together.Exists(other => other.Sequence == node.Sequence))
                validation.Refuse($"/nodes/{i}/sequence", "duplicate", "Two nodes have this place at the same time.", "同一时期有两个节点使用该序号。");
        }
    }

    private static void NodesHaveADirectionOfTheNetwork(Network network, RegistrySnapshot registry, ValidationContext validation)
    {
        for (var i = 0; i < network.Nodes.Count; i++)
            if (network.Nodes[i].Direction is { } direction && !network.Directions.Contains(direction))
                validation.Refuse($"/nodes/{i}/direction", "direction_unknown", $"The network does not name the direction {direction}.",
                    $"网络未列出方向 {direction}。");
    }
}
