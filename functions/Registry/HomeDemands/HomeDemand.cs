using FriendCity.Messages;
using FriendCity.Records;
using FriendCity.Records.Schemas;

namespace FriendCity.Registry;

/// <summary>How much the home city looks for partners in a sector, and what that weighs in the match score.</summary>
public sealed class HomeDemand : Record
{
    private static readonly Fields<HomeDemand> F = new();

    internal static readonly RecordType<HomeDemand> Type = new("home-demands", new("Home demand", "本市需求"), () => new HomeDemand(),
    [
        F.Reference("sectorId", "Sector", "领域", "sectors", h => h.SectorId, (h, v) => h.SectorId = v!, required: true),
        F.Integer("demand", "Demand, 0–3", "需求程度（0–3）", h => h.Demand, (h, v) => h.Demand = v, required: true, max: 3, unit: Units.Grade),
        F.Ratio("weight", "Weight, 0–1", "权重（0–1）", 0, 1, h => h.Weight, (h, v) => h.Weight = v, required: true, unit: Units.Share),
        F.Text("articleParagraph", "Paragraph in the article", "文章段落", h => h.ArticleParagraph, (h, v) => h.ArticleParagraph = v),
        F.Date("since", "Since", "起始日期", h => h.Since, (h, v) => h.Since = v),
        F.Date("until", "Until (that day excluded)", "截止日期（不含）", h => h.Until, (h, v) => h.Until = v),
        F.Note(h => h.Note, (h, v) => h.Note = v),
    ],
    OneAtATime);

    public string SectorId { get; private set; } = "";

    public long? Demand { get; private set; }

    public double? Weight { get; private set; }

    public string? ArticleParagraph { get; private set; }

    public DateOnly? Since { get; private set; }

    public DateOnly? Until { get; private set; }

    public string? Note { get; private set; }

    internal bool HoldsOn(DateOnly day) => Periods.Holds(Since, Until, day);

    private static void OneAtATime(HomeDemand demand, RegistrySnapshot registry, ValidationContext validation)
    {
        Periods.Check(validation, "/until", demand.Since, demand.Until);
        var other = registry.Of(Type).Live.FirstOrDefault(each => each.Id != demand.Id && each.SectorId == demand.SectorId
            && each.Scenario == demand.Scenario
            && Periods.Overlap(each.Since, each.Until, demand.Since, demand.Until));
        if (other is not null)
            validation.Refuse("/sectorId", "interval_overlap", $"{other.Id} rates this sector for the same time.", $"{other.Id} 已对同一时期的该领域评定。");
    }
}
