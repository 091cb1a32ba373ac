using FriendCity.Messages;
using FriendCity.Records;
using FriendCity.Records.Schemas;

namespace FriendCity.Registry;

/// <summary>What each part of the match score weighs. A change is a new version: a new record from a new day on.</summary>
public sealed class MatchWeights : Record
{
    private const double Rounding = 1e-9;

    private static readonly Fields<MatchWeights> F = new();

    internal static readonly RecordType<MatchWeights> Type = new("match-weights", new("Weights of the match score", "匹配度权重"),
        () => new MatchWeights(),
    [
        F.Integer("weightsVersion", "Version of the weights", "权重版本", m => m.WeightsVersion, (m, v) => m.WeightsVersion = v, required: true,
            min: 1, unit: Units.Number),
        F.Ratio("industry", "Industry, 0–1", "产业（0–1）", 0, 1, m => m.Industry, (m, v) => m.Industry = v, required: true, unit: Units.Share),
        F.Ratio("culture", "Culture, 0–1", "文化（0–1）", 0, 1, m => m.Culture, (m, v) => m.Culture = v, required: true, unit: Units.Share),
        F.Ratio("logistics", "Logistics, 0–1", "物流（0–1）", 0, 1, m => m.Logistics, (m, v) => m.Logistics = v, required: true, unit: Units.Share),
        F.Ratio("trackRecord", "Track record, 0–1", "合作实绩（0–1）", 0, 1, m => m.TrackRecord, (m, v) => m.TrackRecord = v, required: true,
            unit: Units.Share),
        F.Ratio("platforms", "Platforms, 0–1", "平台（0–1）", 0, 1, m => m.Platforms, (m, v) => m.Platforms = v, required: true, unit: Units.Share),
        F.Date("since", "Since", "起始日期", m => m.Since, (m, v) => m.Since = v),
        F.Date("until", "Until (that day excluded)", "截止日期（不含）", m => m.Until, (m, v) => m.Until = v),
        F.Note(m => m.Note, (m, v) => m.Note = v),
    ],
    AddUpToOne, OneAtATime)
    {
        Keys = [new("weightsVersion", new("version of the weights", "权重版本"),
            m => UniqueKeys.Of(m.Scenario, FormattableString.Invariant($"{m.WeightsVersion}")))],
    };

    public long? WeightsVersion { get; private set; }

    public double? Industry { get; private set; }

    public double? Culture { get; private set; }

    public double? Logistics { get; private set; }

    public double? TrackRecord { get; private set; }

    public double? Platforms { get; private set; }

    public DateOnly? Since { get; private set; }

    public DateOnly? Until { get; private set; }

    public string? Note { get; private set; }

    internal bool HoldsOn(DateOnly day) => Periods.Holds(Since, Until, day);

    private static void AddUpToOne(MatchWeights weights, RegistrySnapshot registry, ValidationContext validation)
    {
        if (Math.Abs((weights.Industry + weights.Culture + weights.Logistics + weights.TrackRecord + weights.Platforms - 1) ?? 0) > Rounding)
            validation.Refuse("/industry", "weights_sum", "The five weights add up to 1.", "五项权重之和须为 1。");
    }

    private static void OneAtATime(MatchWeights weights, RegistrySnapshot registry, ValidationContext validation)
    {
        Periods.Check(validation, "/until", weights.Since, weights.Until);
        foreach (var other in registry.Of(Type).Live.Where(each => each.Id != weights.Id && each.Scenario == weights.Scenario))
            if (Periods.Overlap(other.Since, other.Until, weights.Since, weights.Until))
                validation.Refuse("/since", "interval_overlap", $"{other.Id} holds at the same time.", $"{other.Id} 在同一时期有效。");
    }
}
