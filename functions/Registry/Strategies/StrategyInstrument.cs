using FriendCity.Records;
using FriendCity.Records.Schemas;

namespace FriendCity.Registry;

/// <summary>What a strategy works with; where it is a record of the registry, it names it.</summary>
public sealed class StrategyInstrument : Entry
{
    private static readonly Fields<StrategyInstrument> F = new();

    internal static readonly Schema<StrategyInstrument> Schema = new(() => new StrategyInstrument(),
    [
        F.Text("nameEn", "Name (English)", "英文名称", s => s.NameEn, (s, v) => s.NameEn = v!, required: true),
        F.Text("nameZh", "Name (Chinese)", "中文名称", s => s.NameZh, (s, v) => s.NameZh = v!, required: true),
        F.Reference("platformId", "Platform", "平台", "platforms", s => s.PlatformId, (s, v) => s.PlatformId = v),
        F.Reference("corridorId", "Corridor", "通道", "corridors", s => s.CorridorId, (s, v) => s.CorridorId = v),
        F.Reference("mechanismId", "Mechanism", "机制", "mechanisms", s => s.MechanismId, (s, v) => s.MechanismId = v),
    ]);

    public string NameEn { get; private set; } = "";

    public string NameZh { get; private set; } = "";

    public string? PlatformId { get; private set; }

    public string? CorridorId { get; private set; }

    public string? MechanismId { get; private set; }
}
