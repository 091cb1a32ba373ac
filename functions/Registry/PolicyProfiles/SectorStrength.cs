using FriendCity.Records;
using FriendCity.Records.Schemas;

namespace FriendCity.Registry;

/// <summary>How strong the partner is in a sector, from 0 (nothing) to 3.</summary>
public sealed class SectorStrength : Entry
{
    private static readonly Fields<SectorStrength> F = new();

    internal static readonly Schema<SectorStrength> Schema = new(() => new SectorStrength(),
    [
        F.Reference("sectorId", "Sector", "领域", "sectors", s => s.SectorId, (s, v) => s.SectorId = v!, required: true),
        F.Integer("strength", "Strength, 0–3", "实力（0–3）", s => s.Strength, (s, v) => s.Strength = v, required: true, max: 3, unit: Units.Grade),
    ]);

    public string SectorId { get; private set; } = "";

    public long? Strength { get; private set; }
}
